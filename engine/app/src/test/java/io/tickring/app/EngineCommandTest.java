package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickring.app.view.Figures;
import io.tickring.engine.TimeToLive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EngineCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Options that share a group of the help text must not forget one another when a feed comes again. */
    @Test
    void shouldKeepWhatStandsBetweenTwoFeeds() {
        CommandLine commandLine = EngineCommand.commandLine(new EngineCommand(OrderlyEnd.onSignals()));
        commandLine.parseArgs("--feed", "a=sim", "--pace", "10x", "--feed", "b=sim");
        EngineOptions options = ((EngineCommand) commandLine.getCommand()).options();
        assertThat(options.feeds()).hasSize(2);
        assertThat(options.input.pace).isEqualTo(10);
    }

    @Test
    void shouldSayWhenAPaceHoldsOtherFeedsForStandardInput() {
        assertThat(parsed("--feed", "csv:-", "--feed", "sim", "--pace", "1x").holdsForStandardInput())
                .isTrue();
        assertThat(parsed("--feed", "csv:-", "--feed", "sim").holdsForStandardInput())
                .isFalse();
        assertThat(parsed("--feed", "binance:-", "--pace", "1x").holdsForStandardInput())
                .isFalse();
        assertThat(parsed("--feed", "csv:a", "--feed", "sim", "--pace", "1x").holdsForStandardInput())
                .isFalse();
    }

    @Test
    void shouldTakeAnIdleLimitAndNone() {
        assertThat(parsed("--idle-limit", "3s").folders.idleLimit).isEqualTo(Duration.ofSeconds(3));
        assertThat(parsed("--idle-limit", "off").context().idleLimit()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void shouldTakeManyTimesToLiveButNoneForRecordingsWithoutAPace() {
        EngineOptions many = parsed("--ttl", "5s", "--ring", "1024", "--ttl=BTC*=500ms/1m", "--ttl", "SIM*=off");
        assertThat(many.machine.ttl).hasSize(3);
        assertThat(many.machine.ring).isEqualTo(1024);
        assertThat(many.timeToLive()).isNotSameAs(TimeToLive.FOREVER);
        assertThat(many.refusesTimeToLive()).isFalse();
        assertThat(parsed("--ttl", "5s", "--feed", "csv:a", "--pace", "1x").refusesTimeToLive())
                .isFalse();
        EngineOptions recording = parsed("--ttl", "5s", "--feed", "sim", "--feed", "csv:a");
        assertThat(recording.refusesTimeToLive()).isTrue();
        assertThat(recording.timeToLive()).isSameAs(TimeToLive.FOREVER);
        assertThat(parsed("--feed", "csv:a").refusesTimeToLive()).isFalse();
    }

    private static EngineOptions parsed(String... arguments) {
        CommandLine commandLine = EngineCommand.commandLine(new EngineCommand(OrderlyEnd.onSignals()));
        commandLine.parseArgs(arguments);
        return ((EngineCommand) commandLine.getCommand()).options();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--ttl 5                        | --ttl: '5' is no time to live: '5' is no duration: digits and one of ns, us, ms, s, m, h, d; as 5s, 5s/60s, 'BTC*=500ms' or off; try --help",
                "--ttl BTC*=5s/1s               | --ttl: 'BTC*=5s/1s': the time to STALE must be above 0, that to EXPIRED above that, as in 5s/60s; try --help",
                "--dat DIR                      | there is no option '--dat', did you mean --data?; try --help",
                "--ticks 5 --json --ticks=6     | --ticks is given 2 times: say it once; try --help",
                "--tick 5                       | there is no option '--tick', did you mean --ticks?; try --help",
                "now                            | there is no option or argument 'now'; try --help",
                "@file                          | there is no option or argument '@file'; try --help",
                "--feed                         | missing required parameter for option '--feed' ([NAME=]KIND[:ARG]); try --help",
                "--wait spin                    | --wait: 'spin' is none of auto, busy-spin, yield, sleep, block; try --help",
                "--wait BLOCK                   | --wait: 'BLOCK' is none of auto, busy-spin, yield, sleep, block; try --help",
                "--threads both                 | --threads: 'both' is none of auto, dedicated, shared; try --help",
                "--overflow no                  | --overflow: 'no' is none of wait, drop; try --help",
                "--roll weekly                  | --roll: 'weekly' is none of hourly, daily, minutely, secondly; try --help",
                "--durability disk              | --durability: 'disk' is none of process, interval:TIME as interval:10ms, block; try --help",
                "--durability interval:0ms      | --durability: 'interval:0ms': the time must be above 0; try --help",
                "--durability interval:10       | --durability: '10' is no duration: digits and one of ns, us, ms, s, m, h, d; try --help",
                "--pace 2                       | --pace: '2' is no pace: max, or N times the recorded speed as 1x, 0.5x, 10x; try --help",
                "--duration 30                  | --duration: '30' is no duration: digits and one of ns, us, ms, s, m, h, d; try --help",
                "--idle-limit offf              | --idle-limit: 'offf' is no duration: digits and one of ns, us, ms, s, m, h, d; or off; try --help",
                "--ticks many                   | --ticks: 'many' is no count: digits, and k, m or g for 10^3, 10^6 or 10^9; try --help",
                "--ring 1k                      | ring=1000 must be a power of two from 8 to 16777216",
                "--broadcast 32MiB              | --broadcast: '32MiB' must be 64MiB, 128MiB, 256MiB, 512MiB or 1GiB; or off; try --help",
                "--broadcast 64                 | --broadcast: '64' must be 64MiB, 128MiB, 256MiB, 512MiB or 1GiB; or off; try --help",
                "--broadcast many               | --broadcast: 'many' is no size: digits and kB, MB, GB, KiB, MiB or GiB, as 512MiB; or off; try --help",
                "--instruments 0                | instruments=0 must be from 1 to 1048576",
                "--feed a=sim --feed a=sim      | two feeds are called 'a'; give one another name: NAME=KIND[:ARG]",
                "--feed binance:-,-             | standard input (-) can be read by one feed, once",
                "--feed binance:- --feed csv:-  | standard input (-) can be read by one feed, once",
                "--feed csv:DIR/no.csv          | feed csv: cannot read path=DIR/no.csv: no such file",
                "--feed csv:FILE?tim=x          | --feed: csv argument 'tim=x': there is no 'tim', did you mean 'time'? Keys are time, time-unit, exchange-time, symbol, bid, ask, bid-size, ask-size, price, size, side, trade-id, sep, header, instrument; try --help",
                "--feed journal:DIR             | journal:DIR is the data folder itself; give another --data",
                "--feed journal:DIR/../data     | journal:DIR/../data is the data folder itself; give another --data",
                "--feed binance:DIR/no.gz       | feed binance: cannot read path=DIR/no.gz: no such file",
                "--live FILE                    | live=FILE cannot be written: it is a file"
            })
    void shouldRefuseAWrongUseInOneLineAndTouchNothing(String arguments, String said) throws IOException {
        Path data = folder.resolve("data");
        Path file = Files.createFile(folder.resolve("file"));

        int exitCode = execute(data, arguments.replace("DIR", data.toString()).replace("FILE", file.toString()));

        String expected = said.replace("DIR", data.toString()).replace("FILE", file.toString());
        assertThat(err.toString()).isEqualTo("tickring: " + expected + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(2);
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldRefuseADataFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(execute(file, "--ticks 1")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("tickring: data=" + file + " cannot be written: it is a file" + System.lineSeparator());
    }

    @Test
    void shouldRefuseAJournalThatIsNotThere() {
        assertThat(execute(folder.resolve("data"), "--feed journal:" + folder.resolve("none")))
                .isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains(folder.resolve("none").toString());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldExplainItself() {
        assertThat(execute(folder, "--help")).isZero();

        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 110);
        assertThat(out.toString())
                .containsSubsequence(
                        "--feed",
                        "--pace",
                        "--data",
                        "--live",
                        "--broadcast",
                        "--duration",
                        "--ticks",
                        "--ring",
                        "--threads",
                        "--wait",
                        "--overflow",
                        "--instruments",
                        "--roll",
                        "--durability",
                        "--visible",
                        "--snapshot",
                        "--rebuild",
                        "--watermark",
                        "--on-degraded",
                        "--crash-loop",
                        "--no-journal",
                        "--json",
                        "--quiet",
                        "--version",
                        "--help",
                        "sim[:",
                        "binance:",
                        "csv:",
                        "journal:",
                        "Examples",
                        "Exit codes");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(execute(folder, "--version")).isZero();

        assertThat(out.toString()).startsWith("tickring ").hasLineCount(1);
    }

    @Test
    void shouldRunFeedsToTheirTicksAndReportInJsonAlone() throws IOException {
        Path data = folder.resolve("data");

        int exitCode = execute(data, "--feed sim:rate=max --feed b=sim:rate=max,seed=2 --ticks 10k --json --quiet");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).hasLineCount(1);
        Map<String, Long> counts = topLevelNumbers(out.toString());
        assertThat(counts).containsEntry("published", 10_000L).containsEntry("journaled", 10_000L);
        assertThat(counts).containsEntry("applied", 10_000L).containsEntry("definitions", 128L);
        assertThat(counts.get("published")
                        + counts.get("definitions")
                        + counts.get("padding")
                        + counts.get("control")
                        + counts.get("skipped"))
                .isEqualTo(counts.get("lastSequence") - counts.get("firstSequence") + 1);
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("native"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auto, auto, hourly, wait",
        "shared, busy-spin, daily, wait",
        "dedicated, yield, minutely, drop",
        "shared, sleep, secondly, drop",
        "dedicated, block, hourly, wait"
    })
    void shouldTakeEveryWordOfAChoice(String threads, String wait, String roll, String overflow) {
        String flags = "--threads " + threads + " --wait=" + wait + " --roll " + roll + " --overflow " + overflow;

        int exitCode = execute(folder, flags + " --ring 1024 --feed sim:rate=10k --ticks 500 --json --quiet");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("\"published\":500,");
        if (!threads.equals("auto")) {
            assertThat(out.toString()).contains("\"threads\":\"" + threads + "\",\"wait\":\"" + wait + "\"");
        }
    }

    @Test
    void shouldContinueOnTheSameFolderAndSaySo() throws IOException {
        Path data = folder.resolve("data");
        execute(data, "--feed sim:rate=max --ticks 5k --json --quiet");
        long last = topLevelNumbers(out.toString()).get("lastSequence");
        out.getBuffer().setLength(0);

        assertThat(execute(data, "--feed sim:rate=max --ticks 5k --json")).isZero();

        assertThat(topLevelNumbers(out.toString())).containsEntry("firstSequence", last + 1);
        assertThat(err.toString().lines().limit(3))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("tickring: cores ")
                                .endsWith("journal " + data + "/journal from sequence " + Figures.count(last + 1)),
                        line -> assertThat(line).startsWith("tickring: checked: lock, module opens, "),
                        line -> assertThat(line)
                                .startsWith("tickring: running after ")
                                .endsWith(" ms), from the snapshot at sequence " + Figures.count(last)
                                        + " and 0 records behind it"));
        assertThat(err.toString().lines().skip(3).findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("tickring: all ticks asked for after ")
                        .contains(": 5,000 ticks, "));
    }

    @Test
    void shouldRebuildWithoutASnapshotWhenToldSo() throws IOException {
        execute(folder, "--feed sim:rate=max --ticks 5k --json --quiet");
        long last = topLevelNumbers(out.toString()).get("lastSequence");

        assertThat(execute(folder, "--feed sim:rate=max --ticks 5k --rebuild")).isZero();

        assertThat(err.toString().lines())
                .anyMatch(line -> line.endsWith(", from " + Figures.count(last) + " records of the journal"));
    }

    @Test
    void shouldNotRunOnADamagedJournal() throws IOException {
        execute(folder, "--feed sim:rate=max --ticks 5k --quiet");
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        flipSymbol(file, "SIM003");

        assertThat(execute(folder, "--feed sim:rate=max --ticks 5k --quiet --rebuild"))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tickring: the journal is damaged: file=" + file.getFileName() + " block=");
    }

    @Test
    void shouldEndAtTheDuration() {
        assertThat(execute(folder, "--no-journal --duration 50ms")).isZero();

        assertThat(err.toString()).contains("no journal").contains("tickring: the time is over after");
        assertThat(folder.resolve("journal")).doesNotExist();
    }

    @Test
    void shouldNameTheFeedThatFailed() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        Path gone = Files.createFile(folder.resolve("gone"));
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        Thread remover = new Thread(() -> {
            try (OutputStream writer = Files.newOutputStream(fifo)) {
                Files.delete(gone);
                writer.write("no tick\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        remover.start();

        int exitCode = execute(folder, "--no-journal --json --feed x=binance:" + fifo + "," + gone);

        remover.join();
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines().reduce((earlier, later) -> later))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("tickring: failed: ")
                        .contains(gone.toString())
                        .contains("no such file"));
        assertThat(out.toString()).contains("\"rejected\":{\"MALFORMED_LINE\":1}");
    }

    @Test
    void shouldEndWhenASignalCameBefore() {
        OrderlyEnd end = new OrderlyEnd();
        end.ask();

        assertThat(execute(end, folder, "--no-journal")).isZero();

        assertThat(err.toString()).contains("tickring: stopped after");
    }

    private int execute(Path data, String arguments) {
        return execute(new OrderlyEnd(), data, arguments);
    }

    private int execute(OrderlyEnd end, Path data, String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" +")));
        if (!words.contains("--data")) {
            words.addAll(0, List.of("--data", data.toString()));
        }
        return EngineCommand.run(
                end, new PrintWriter(out, true), new PrintWriter(err, true), Map.of(), words.toArray(String[]::new));
    }

    /** Changes a bit of the first record in which the symbol stands. */
    private static void flipSymbol(Path file, String symbol) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] start = new byte[1 << 20];
            channel.read(ByteBuffer.wrap(start));
            int at = new String(start, StandardCharsets.ISO_8859_1).indexOf(symbol);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (start[at] ^ 1)}), at);
        }
    }

    private static Map<String, Long> topLevelNumbers(String json) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                    numbers.put(name, parser.getLongValue());
                }
                parser.skipChildren();
            }
        }
        return numbers;
    }
}
