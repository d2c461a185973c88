package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV through the real jars: what a replay writes the engine reads into the same prices; and what it says where it cannot. */
class CsvFeedIT {
    @TempDir
    Path folder;

    private Jar jar;

    @BeforeEach
    void prepare() {
        jar = new Jar(folder);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @Test
    void shouldReadWhatAReplayWritesIntoTheSamePrices() throws IOException {
        Path recordings = RecordingsIT.find();
        assumeTrue(recordings != null, "no shared/data/binance-20240808 above this module");
        JsonText first = RunLaws.hold(jar.engine(
                "--feed",
                "spot=binance:" + recordings.resolve("spot_btcusdt_20240808.gz"),
                "--feed",
                "cm=binance:" + recordings.resolve("cm_ethusd_perp_20240808.gz"),
                "--data",
                "first",
                "--json"));
        List<Map<Object, Object>> expected = prices("first");
        assertThat(expected).hasSize(2);

        Path csv = replayed("first");
        Path gzip = jar.work().resolve("gzip");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(csv, out);
        }
        Path zstd = jar.work().resolve("zstd");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            Files.copy(csv, out);
        }
        for (Path file : List.of(csv, gzip, zstd)) {
            String data = "from-" + file.getFileName();
            requireSame(jar.engine("--feed", "csv:" + file, "--data", data, "--json"), data, first, expected);
        }
        requireSame(jar.engineReading(zstd, "--feed", "csv:-", "--data", "stdin", "--json"), "stdin", first, expected);
        assertThat(replayed("stdin")).hasSameTextualContentAs(csv);
    }

    @Test
    void shouldReadOtherColumnsAsTheQuerySays() throws IOException {
        Path file = Files.writeString(
                jar.work().resolve("a?b=c.csv"),
                "when;px;qty;taker\n1723161600.000000001;61800.5;0,006;buy\n1723161600.5;61800.25;2;SELL\n");
        Run run = jar.engine(
                "--feed",
                "x=csv:" + file + "?time=when&time-unit=s&price=px&size=qty&side=taker&sep=;" + "&instrument=BTC",
                "--json");
        JsonText summary = RunLaws.hold(run);
        assertThat(summary.field("rejected").integer("NOT_A_NUMBER")).isEqualTo(1);
        assertThat(jar.tools("replay", "--csv").dataLines())
                .last()
                .asString()
                .endsWith(",,1723161600500000000,BTC.x,trade,sell,,,,,61800.25,2,");
    }

    @Test
    void shouldRefuseInOneLineAndTouchNothing() throws IOException {
        Path file = Files.writeString(jar.work().resolve("x.csv"), "time,symbol,bid,ask,bid_size\n1,A,1,2,3\n");
        Path noSymbol = Files.writeString(jar.work().resolve("y.csv"), "time,bid,ask\n1,1,2\n");
        refused("csv:no-such-file", "cannot read path=no-such-file: no such file");
        refused("csv:x.csv?bidsize=b", "there is no 'bidsize', did you mean 'bid-size'?");
        refused("csv:x.csv?bid=bid&bid=ask", "it is given twice");
        refused("csv:x.csv?time-unit=min", "it must be one of ns, us, ms, s, iso");
        refused("csv:x.csv?header=maybe", "it must be yes or no");
        refused("csv:x.csv?sep=ab", "it must be one character, or tab");
        refused(
                "csv:x.csv?bid=biid",
                "path=x.csv has no column 'biid', did you mean 'bid'? Its columns are time, symbol, bid");
        refused("csv:x.csv?instrument=B", "path=x.csv has a column for the symbol");
        refused("csv:y.csv", "path=y.csv tells no column for a symbol; name it: ?symbol=COL or instrument=NAME");
        refused("csv:x.csv?sep=;", "path=x.csv tells no column for a time; name it: ?time=COL");
        try (Stream<Path> all = Files.list(jar.work())) {
            assertThat(all).containsExactlyInAnyOrder(file, noSymbol);
        }
        assertThat(jar.leftOutside()).isEmpty();
    }

    @Test
    void shouldFailInOneLineOnStandardInputThatTellsNoColumns() throws IOException {
        Path file = Files.writeString(jar.work().resolve("y.csv"), "time,bid,ask\n1,1,2\n");
        Run run = jar.engineReading(file, "--feed", "csv:-", "--quiet");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.talk()).contains("path=- tells no column for a symbol; name it: ?symbol=COL or instrument=NAME");
    }

    private void requireSame(Run run, String data, JsonText first, List<Map<Object, Object>> expected) {
        JsonText summary = RunLaws.hold(run);
        assertThat(summary.integer("published")).isEqualTo(first.integer("published"));
        assertThat(((Map<?, ?>) summary.field("rejected").value())).isEmpty();
        assertThat(prices(data)).isEqualTo(expected);
    }

    private List<Map<Object, Object>> prices(String data) {
        List<Map<Object, Object>> rows = new ArrayList<>();
        for (JsonText row : JsonText.parse(
                        jar.tools("prices", "--json", "--data", data).data())
                .elements()) {
            Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) row.value());
            assertThat(fields.remove("sequence")).isNotNull();
            rows.add(fields);
        }
        // Which of two feeds is first to define its symbol is a matter of chance.
        rows.sort(Comparator.comparing(fields -> fields.get("symbol").toString()));
        return rows;
    }

    /** The file that holds what {@code replay --csv} wrote, but for its sequences. */
    private Path replayed(String data) throws IOException {
        Run replay = jar.tools("replay", "--csv", "--data", data);
        assertThat(replay.exitCode()).as(replay.talk()).isZero();
        Path file = folder.resolve(data + ".csv");
        return Files.write(
                file,
                replay.dataLines().stream()
                        .map(line -> line.replaceFirst("^[0-9]+", "0"))
                        .toList());
    }

    private void refused(String feed, String said) {
        Run run = jar.engine("--feed", feed);
        List<String> talk = run.talkLines().stream()
                .filter(line ->
                        !line.startsWith("WARNING: ") || Runtime.version().feature() < 24)
                .toList();
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(talk).singleElement().asString().startsWith("tickring: ").contains(said);
    }
}
