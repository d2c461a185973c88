package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** Prices that grow old, and what is wrong with ticks, through the real jars: in a live run, after it, and in a replay. */
class StalenessIT {
    private static final List<String> FIELDS =
            List.of("state", "crossed", "locked", "timeBack", "repeatedIds", "idGaps");
    private static final String HEADER = "ts_recv,symbol,type,side,bid_px,ask_px,bid_sz,ask_sz,price,size,trade_id\n";

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

    /** At its own speed: BUSY ticks ten times a second for minutes, the others only at the beginning. */
    private Path recording() throws IOException {
        StringBuilder csv = new StringBuilder(HEADER);
        add(csv, 10, "QUIET,quote,,11,10,1,1,,,");
        add(csv, 11, "QUIET,quote,,10,10,1,1,,,");
        add(csv, 12, "KEPT,quote,,9,10,1,1,,,");
        add(csv, 14, "OLD,trade,buy,,,,,10,1,5");
        add(csv, 13, "OLD,trade,buy,,,,,10,1,7");
        add(csv, 13, "OLD,trade,buy,,,,,10,1,7");
        for (int i = 0; i < 2_000; i++) {
            add(csv, 15 + i * 100_000_000L, "BUSY,quote,,9,10,1,1,,,");
        }
        return Files.writeString(jar.work().resolve("a.csv"), csv);
    }

    private static void add(StringBuilder csv, long ns, String rest) {
        csv.append(1_700_000_000_000_000_000L + ns).append(',').append(rest).append('\n');
    }

    private Map<String, List<Object>> prices(String data) {
        Run run = jar.tools("prices", "--json", "--data", data);
        assertThat(run.exitCode()).as(run.talk()).isZero();
        Map<String, List<Object>> rows = new LinkedHashMap<>();
        for (JsonText row : JsonText.parse(run.data()).elements()) {
            rows.put(
                    row.text("symbol"),
                    FIELDS.stream().map(field -> row.field(field).value()).toList());
        }
        return rows;
    }

    private static List<Object> row(String state, long... counts) {
        return List.of(state, counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private long stale(String data) {
        return JsonText.parse(
                        jar.tools("stat", "--once", "--json", "--data", data).data())
                .field("counters")
                .integer("instruments stale");
    }

    @Test
    void shouldShowStaleAndExpiredPricesLiveAfterARestartAndInAReplay() throws IOException {
        Jar.Running engine = jar.startEngine(
                "--feed",
                "csv:" + recording(),
                "--pace",
                "1x",
                "--ttl",
                "2s/1h",
                "--ttl",
                "OLD=100ms/300ms",
                "--ttl",
                "KEPT=off",
                "--data",
                "live");
        engine.awaitRunning(jar.work().resolve("live"));
        Map<String, List<Object>> expected = Map.of(
                "QUIET", row("STALE", 1, 1, 0, 0, 0),
                "KEPT", row("LIVE", 0, 0, 0, 0, 0),
                "OLD", row("EXPIRED", 0, 0, 1, 1, 1),
                "BUSY", row("LIVE", 0, 0, 0, 0, 0));
        Jar.await("the prices to grow old", () -> prices("live").equals(expected));
        assertThat(stale("live")).isEqualTo(2);
        assertThat(jar.tools("prices", "--data", "live", "--symbol", "OLD").data())
                .contains("state", "age")
                .contains("EXPIRED");
        engine.interrupt();
        assertThat(engine.await().exitCode()).isZero();
        assertThat(prices("live")).isEqualTo(expected);
        assertThat(stale("live")).isEqualTo(2);

        Path empty = Files.writeString(jar.work().resolve("empty.csv"), HEADER);
        for (List<String> how : List.of(List.<String>of(), List.of("--rebuild"))) {
            List<Object> arguments = new ArrayList<>(List.of("--feed", "csv:" + empty, "--data", "live", "--quiet"));
            arguments.addAll(how);
            Run again = jar.engine(arguments.toArray());
            assertThat(again.exitCode()).as(again.talk()).isZero();
            assertThat(prices("live")).as("after a restart %s", how).isEqualTo(expected);
        }
        assertThat(stale("live")).isEqualTo(2);

        jar.engine("--feed", "journal:live", "--data", "other", "--quiet");
        assertThat(prices("other")).as("republished").isEqualTo(expected);
        assertThat(stale("other")).isEqualTo(2);
        Run described = jar.tools("describe", "--json", "--data", "live");
        assertThat(JsonText.parse(described.data()).integer("stale")).isEqualTo(3);
        assertThat(JsonText.parse(described.data()).integer("unknownTypes")).isZero();
        RunLaws.sound(jar.tools("verify", "--json", "--data", "live"));
    }

    @Test
    void shouldSayThatARecordingAtFullPaceHasNoAge() throws IOException {
        Run run = jar.engine("--feed", "csv:" + recording(), "--ttl", "1ms", "--data", "fast");
        assertThat(run.exitCode()).as(run.talk()).isZero();
        assertThat(run.talkLines())
                .containsOnlyOnce(
                        "tickring: --ttl is off: recordings at --pace max have no age; give them a pace, as --pace 1x");
        assertThat(prices("fast").values())
                .allSatisfy(row -> assertThat(row.get(0)).isEqualTo("LIVE"));
    }
}
