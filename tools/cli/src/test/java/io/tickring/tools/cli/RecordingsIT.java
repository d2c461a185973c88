package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings of a real market, against what an independent decoder made of them. Only where they are found. */
class RecordingsIT {
    private static final List<String> DECIMALS =
            List.of("open", "high", "low", "last", "volume", "notional", "bid", "bidSize", "ask", "askSize");

    @TempDir
    Path folder;

    private Jar jar;
    private Path recordings;
    private JsonText expected;

    @BeforeEach
    void prepare() throws IOException {
        recordings = find();
        assumeTrue(recordings != null, "no shared/data/binance-20240808 above this module");
        expected = JsonText.parse(Files.readString(recordings.resolve("expected.json")));
        jar = new Jar(folder);
    }

    @AfterEach
    void endAll() {
        if (jar != null) {
            jar.close();
        }
    }

    @Test
    void shouldBeExactForEachRecordingAlone() {
        for (String file : expected.names()) {
            JsonText summary =
                    RunLaws.hold(jar.engine("--feed", "binance:" + recordings.resolve(file), "--data", file, "--json"));
            requireFeed(summary.field("feeds").elements().get(0), expected.field(file));
            assertThat(((Map<?, ?>) summary.field("rejected").value())).isEmpty();
            List<JsonText> rows = JsonText.parse(
                            jar.tools("prices", "--json", "--data", file).data())
                    .elements();
            assertThat(rows).hasSize(1);
            requireRow(rows.get(0), expected.field(file));
        }
    }

    @Test
    void shouldBeExactForAllTogetherHoweverThreadsAndWaitsAreChosen() {
        List<Object> feeds = new ArrayList<>();
        Map<String, String> suffixes = new LinkedHashMap<>();
        for (String file : expected.names()) {
            String name = file.substring(0, file.indexOf("_2024"));
            suffixes.put(name, file);
            feeds.addAll(List.of("--feed", name + "=binance:" + recordings.resolve(file)));
        }
        for (String threads : List.of("shared", "dedicated")) {
            for (String wait : List.of("yield", "block")) {
                String data = threads + "-" + wait;
                List<Object> arguments = new ArrayList<>(feeds);
                arguments.addAll(List.of("--threads", threads, "--wait", wait, "--data", data, "--json", "--quiet"));
                JsonText summary = RunLaws.hold(jar.engine(arguments.toArray()));
                assertThat(summary.text("threads")).isEqualTo(threads);
                assertThat(summary.text("wait")).isEqualTo(wait);
                assertThat(summary.integer("dropped")).isZero();
                assertThat(summary.integer("padding")).isZero();
                for (JsonText feed : summary.field("feeds").elements()) {
                    requireFeed(feed, expected.field(suffixes.get(feed.text("name"))));
                }
                List<JsonText> rows = JsonText.parse(
                                jar.tools("prices", "--json", "--data", data).data())
                        .elements();
                assertThat(rows).hasSize(suffixes.size());
                for (JsonText row : rows) {
                    String symbol = row.text("symbol");
                    requireRow(row, expected.field(suffixes.get(symbol.substring(symbol.indexOf('.') + 1))));
                }
                assertThat(RunLaws.digestOf(jar.tools("replay", "--none", "--data", data)))
                        .isEqualTo(summary.text("digest"));
            }
        }
    }

    private static void requireFeed(JsonText feed, JsonText wanted) {
        assertThat(feed.text("kind")).isEqualTo("binance");
        assertThat(feed.integer("lines")).isEqualTo(wanted.integer("lines"));
        assertThat(feed.integer("quotes")).isEqualTo(wanted.integer("quotes"));
        assertThat(feed.integer("trades")).isEqualTo(wanted.integer("trades"));
        assertThat(feed.integer("ignored")).isEqualTo(wanted.integer("otherFrames"));
        assertThat(feed.integer("rejected")).isZero();
    }

    private static void requireRow(JsonText row, JsonText wanted) {
        assertThat(row.names())
                .containsExactly(
                        ("symbol bid bidSize ask askSize last lastSize open high low volume notional vwap quotes trades "
                                        + "exchangeTime receiveTime sequence state crossed locked timeBack repeatedIds "
                                        + "idGaps")
                                .split(" "));
        for (String field : DECIMALS) {
            assertThat(row.text(field)).as(field).matches("-?[0-9]+(\\.[0-9]*[1-9])?");
            assertThat(new BigDecimal(row.text(field))).as(field).isEqualByComparingTo(wanted.text(field));
        }
        assertThat(row.integer("quotes")).isEqualTo(wanted.integer("quotes"));
        assertThat(row.integer("trades")).isEqualTo(wanted.integer("trades"));
        assertThat(row.text("state")).isEqualTo("LIVE");
        assertThat(List.of("crossed", "locked", "timeBack", "repeatedIds", "idGaps"))
                .allSatisfy(count -> assertThat(row.integer(count)).isZero());
        assertThat(row.integer("receiveTime")).isLessThanOrEqualTo(wanted.integer("lastReceiveNs"));
    }

    /** The folder of the recordings, or null. */
    static Path find() {
        for (Path each = Path.of("").toAbsolutePath(); each != null; each = each.getParent()) {
            Path found = each.resolve("shared/data/binance-20240808");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return null;
    }
}
