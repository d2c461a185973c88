package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final String HEADER =
            "sequence,ts_event,ts_recv,symbol,type,side,bid_px,ask_px,bid_sz,ask_sz,price,size,trade_id";
    private static final String THIRD =
            "3,1723161255088168167,1723161255088169167,BTC,quote,none,61800.2,61800.3,2.507,0,,,";
    private static final String FOURTH = "4,,1723161255088169168,BTC,trade,buy,,,,,61800.3,0.006,5266583935";
    private static final String FIFTH = "5,,1723161256088169167,\"A,\"\"B\",quote,none,-37.63,0,1000,0.00000001,,,";
    private static final String SIXTH = "6,1723161255088169167,1723161257088169167,BTC,trade,sell,,,,,61800,1.5,";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeMarket() {
        Market.write(data);
    }

    @Test
    void shouldPrintEveryTickAsCsv() {
        Run run = replay();
        assertThat(run.exitCode()).isZero();
        assertThat(run.data()).isEqualTo(String.join("\n", HEADER, THIRD, FOURTH, FIFTH, SIXTH) + "\n");
    }

    @Test
    void shouldSumUpOnStderrWithTheDigestThatVerifyFinds() {
        String digest = Run.tools("verify", "--json", "--data", data)
                .data()
                .replaceAll("(?s).*\"digest\":\"(\\w{16})\".*", "$1");
        Run run = replay("--none");
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines())
                .singleElement()
                .asString()
                .matches(
                        "replayed 2 quotes, 2 trades and 4 other records, sequences 1 to 8, in [0-9.]+ s, [0-9,]+ ticks/s, digest "
                                + digest);
    }

    @Test
    void shouldPrintJsonWithNullForWhatIsAbsent() {
        assertThat(replay("--json").dataLines())
                .startsWith(
                        "{\"sequence\":3,\"ts_event\":1723161255088168167,\"ts_recv\":1723161255088169167,\"symbol\":\"BTC\","
                                + "\"type\":\"quote\",\"side\":\"none\",\"bid_px\":\"61800.2\",\"ask_px\":\"61800.3\","
                                + "\"bid_sz\":\"2.507\",\"ask_sz\":\"0\",\"price\":null,\"size\":null,\"trade_id\":null}",
                        "{\"sequence\":4,\"ts_event\":null,\"ts_recv\":1723161255088169168,\"symbol\":\"BTC\","
                                + "\"type\":\"trade\",\"side\":\"buy\",\"bid_px\":null,\"ask_px\":null,\"bid_sz\":null,"
                                + "\"ask_sz\":null,\"price\":\"61800.3\",\"size\":\"0.006\",\"trade_id\":5266583935}")
                .hasSize(4);
    }

    @Test
    void shouldEndFollowingWhereItsRangeEnds() {
        for (String[] end : new String[][] {{"--to", "8"}, {"--limit", "4"}}) {
            Run run = replay("--follow", end[0], end[1]);
            assertThat(run.exitCode()).isZero();
            assertThat(run.dataLines()).containsExactly(HEADER, THIRD, FOURTH, FIFTH, SIXTH);
            assertThat(run.talkLines()).singleElement().asString().startsWith("replayed 2 quotes, 2 trades");
        }
    }

    @Test
    void shouldRefuseToFollowWhereThereWouldBeNoEnd() {
        Run paced = replay("--follow", "--pace", "2x");
        assertThat(paced.exitCode()).isEqualTo(2);
        assertThat(paced.talk()).contains("--follow with --pace");
        Run intoFile = replay("--follow", "-o", folder.resolve("ticks.csv").toString());
        assertThat(intoFile.exitCode()).isEqualTo(2);
        assertThat(intoFile.talk()).contains("--to or --limit");
        assertThat(folder.resolve("ticks.csv")).doesNotExist();
    }

    @Test
    void shouldTakeBothEndsOfARange() {
        assertThat(replay("--from", "4", "--to", "5").dataLines()).containsExactly(HEADER, FOURTH, FIFTH);
        assertThat(replay("--from", "0", "--to", "3").dataLines()).containsExactly(HEADER, THIRD);
        assertThat(replay("--from", "2024-08-08T23:54:15.088169168Z", "--to", "2024-08-08T23:54:16.088169167Z")
                        .dataLines())
                .containsExactly(HEADER, FOURTH, FIFTH);
        assertThat(replay("--from", "2024-08-08T23:54:15.088169169Z").dataLines())
                .containsExactly(HEADER, FIFTH, SIXTH);
        assertThat(replay("--to", "2024-08-08T23:54:16.088169166Z").dataLines()).containsExactly(HEADER, THIRD, FOURTH);
    }

    @Test
    void shouldSayPartialUnlessTheWholeJournalWasReplayed() {
        List<String[]> partial = List.of(
                new String[] {"--from", "1"},
                new String[] {"--to", "99"},
                new String[] {"--symbol", "*"},
                new String[] {"--limit", "99"},
                new String[] {"--from", "99"});
        for (String[] arguments : partial) {
            assertThat(replay((Object[]) arguments).talkLines())
                    .singleElement()
                    .asString()
                    .endsWith(", partial");
        }
        assertThat(replay().talk()).doesNotContain("partial");
    }

    @Test
    void shouldPrintNothingForARangeBehindTheEnd() {
        assertThat(replay("--from", "99").data()).isEmpty();
        assertThat(replay("--from", "2025-01-01T00:00:00Z").data()).isEmpty();
        assertThat(replay("--to", "2023-01-01T00:00:00Z").data()).isEmpty();
        assertThat(replay("--limit", "0").data()).isEmpty();
    }

    @Test
    void shouldTakeOnlyMatchingSymbolsAndAtMostTheLimit() {
        assertThat(replay("--symbol", "A*").dataLines()).containsExactly(HEADER, FIFTH);
        assertThat(replay("--symbol", "B?C", "--limit", "2").dataLines()).containsExactly(HEADER, THIRD, FOURTH);
        assertThat(replay("--from", "5", "--symbol", "BTC").dataLines()).containsExactly(HEADER, SIXTH);
    }

    @Test
    void shouldShowTimesForPeople() {
        assertThat(replay("--csv", "--pretty", "--limit", "1").dataLines().get(1))
                .startsWith("3,2024-08-08T23:54:15.088168167Z,2024-08-08T23:54:15.088169167Z,BTC,quote");
        assertThat(replay("--pretty", "--limit", "1").dataLines().get(1).strip().split(" +"))
                .containsExactly(
                        ("3 2024-08-08T23:54:15.088168167Z 2024-08-08T23:54:15.088169167Z BTC quote none 61800.2 61800.3"
                                        + " 2.507 0")
                                .split(" "));
    }

    @Test
    void shouldKeepTheRecordedPace() {
        long startNs = System.nanoTime();
        assertThat(replay("--pace", "10x").dataLines()).hasSize(5);
        assertThat(System.nanoTime() - startNs).isGreaterThan(200_000_000L);
    }

    @Test
    void shouldWriteAFileWholeAndOverwriteOnlyWhenTold() throws IOException {
        Path file = folder.resolve("ticks.csv");
        assertThat(replay("-o", file).exitCode()).isZero();
        assertThat(Files.readAllLines(file)).containsExactly(HEADER, THIRD, FOURTH, FIFTH, SIXTH);
        Run refused = replay("-o", file, "--limit", "1");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.talkLines()).containsExactly("tickring: file=" + file + " exists: -f overwrites it");
        assertThat(Files.readAllLines(file)).hasSize(5);
        assertThat(replay("-o", file, "-f", "--limit", "1").exitCode()).isZero();
        assertThat(Files.readAllLines(file)).containsExactly(HEADER, THIRD);
        assertThat(entries(folder)).containsExactly("ticks.csv");
    }

    @Test
    void shouldFailInOneLineWhereNoFileCanBe() {
        Run run = replay("-o", folder.resolve("none/ticks.csv"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.talkLines()).singleElement().asString().contains("cannot be written", "no such file or folder");
        assertThat(replay("-o", folder).exitCode()).isEqualTo(2);
    }

    @Test
    void shouldPrintNothingAtAllOfAJournalWithoutTicks(@TempDir Path empty) {
        Market.writeWithoutTicks(empty);
        for (String format : List.of("--csv", "--json", "--none", "--pretty")) {
            Run run = Run.tools("replay", format, "--data", empty);
            assertThat(run.exitCode()).isZero();
            assertThat(run.data()).isEmpty();
            assertThat(run.talkLines()).singleElement().asString().startsWith("replayed 0 quotes, 0 trades and");
        }
        assertThat(Run.tools("verify", "--data", empty).exitCode()).isZero();
    }

    @Test
    void shouldPrintWhatIsSoundOfADamagedJournalAndNameTheDamage(@TempDir Path damaged) throws IOException {
        Journals.writeManyBlocks(damaged, 200);
        Journals.flipBit(damaged, 150);
        Path file = folder.resolve("ticks.csv");
        Run run = Run.tools("replay", "--data", damaged);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.dataLines()).hasSizeBetween(100, 160);
        assertThat(run.talkLines()).singleElement().asString().startsWith("tickring: the journal is damaged: file=");
        Run verify = Run.tools("verify", "--data", damaged);
        assertThat(verify).isEqualTo(new Run(1, "", run.talk()));
        Run json = Run.tools("verify", "--json", "--data", damaged);
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.data())
                .startsWith("{\"ok\":false,\"blocks\":")
                .contains("\"error\":\"the journal is damaged: file=");
        assertThat(Run.tools("replay", "--data", damaged, "-o", file).exitCode())
                .isEqualTo(1);
        assertThat(entries(folder)).isEmpty();
    }

    private static Run replay(Object... arguments) {
        return Run.tools(Stream.concat(Stream.of("replay", "--data", data), Stream.of(arguments))
                .toArray());
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
