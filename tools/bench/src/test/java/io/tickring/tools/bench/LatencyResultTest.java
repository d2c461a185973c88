package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ladder's figures are called, shown as, and set against. */
class LatencyResultTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBreakWhereTheSenderIsLateOrHalfOfTheTicksAre() {
        assertThat(run(104, 1_000).broken()).isNull();
        assertThat(run(106, 1_000).broken()).isEqualTo("the sender ended 6 % late");
        assertThat(run(100, 9_900_000).broken()).isNull();
        assertThat(run(100, 11_000_000).broken()).startsWith("half of the ticks took more than 11.0 ms");
    }

    @Test
    void shouldBreakByMostOfTheRounds() {
        LatencyRun good = run(100, 1_000);
        LatencyRun late = run(150, 1_000);
        assertThat(LatencyBench.broken(List.of(good, late, good))).isEmpty();
        assertThat(LatencyBench.broken(List.of(good, late))).isEmpty();
        assertThat(LatencyBench.broken(List.of(late, good, late))).isEqualTo("the sender ended 50 % late");
    }

    @Test
    void shouldJudgeBothPercentilesAtAMillion() {
        assertThat(result(1, 2, 4, 8).verdicts())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("MET ").contains("0.25x at p50", "at most 0.50x"),
                        second -> assertThat(second).startsWith("MET ").contains("0.50x at p50", "at most 1.00x"));
        assertThat(result(3, 5, 4, 8).verdicts()).allMatch(verdict -> verdict.startsWith("NOT MET "));
    }

    @Test
    void shouldNotMeetAMarkByTheMedianAlone() {
        LatencyRow tickring = new LatencyRow(1e6, List.of(histogram(1_000, 9_000)), 2, "");
        LatencyRow other = new LatencyRow(1e6, List.of(histogram(4_000, 10_000)), 2, "");
        LatencyResult result = new LatencyResult(
                List.of(series(LatencyPeer.TICKRING, tickring), series(LatencyPeer.CHRONICLE, other)), 1, 2, 2);
        assertThat(result.verdicts().get(0)).startsWith("NOT MET ").contains("0.25x at p50, 0.90x at p99");
        assertThat(result.verdicts().get(1)).startsWith("NO VERDICT ").contains("not measured");
    }

    @Test
    void shouldNotMeetAMarkBelowWhoseRateItBroke() {
        LatencyResult result = new LatencyResult(
                List.of(
                        series(LatencyPeer.TICKRING, row(1e5, 1, "late")),
                        series(LatencyPeer.CHRONICLE, row(1e5, 4, ""), row(1e6, 4, ""))),
                2,
                2,
                2);
        assertThat(result.verdicts().get(0)).startsWith("NOT MET ").contains("it broke at a lower rate");
    }

    @Test
    void shouldNotJudgeWhatIsOversubscribed() {
        LatencyResult result = result(1, 1, 4, 8);
        LatencyResult few = new LatencyResult(result.series(), result.rounds(), result.seconds(), 1);
        assertThat(few.verdicts())
                .allMatch(verdict -> verdict.startsWith("NO VERDICT ") && verdict.endsWith(", oversubscribed"));
        assertThat(text(few)).contains("oversubscribed");
    }

    @Test
    void shouldPrintATableForEachPointWithTheRatesItCameTo() {
        assertThat(text(result(1, 2, 4, 8)).lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsSubsequence(
                        "Tickring, readable",
                        "ticks/s 50 90 99 99.9 99.99 worst 99: min - max 1st is (p50, p99)",
                        "100,000 1.00 1.00 1.00 1.00 1.00 1.00 1.00 - 1.00 1.00x 1.00x",
                        "1,000,000 1.00 1.00 1.00 1.00 1.00 1.00 1.00 - 1.00 1.00x 1.00x",
                        "ends: as told",
                        "Chronicle Queue appender to tailer",
                        "1,000,000 4.00 4.00 4.00 4.00 4.00 4.00 4.00 - 4.00 4.00x 4.00x broken",
                        "Aeron IPC",
                        "1,000,000 8.00 8.00 8.00 8.00 8.00 8.00 8.00 - 8.00 8.00x 8.00x");
    }

    @Test
    void shouldShowLadderOverlayAndJitterOnThePage() throws IOException {
        String page = SessionHtml.page(session(result(1, 2, 4, 8)));
        assertThat(page)
                .contains("Ladder: ", "Overlay: all percentiles at 1,000,000 ticks a second", "OS jitter")
                .contains("class=\"s0 tail\"", "class=\"s3\"", "class=\"jitter\"", "<th class=\"number\">99.99</th>")
                .doesNotContain("{{", "NaN", "Infinity", "http:", "https:", "<script");
        assertThat(page.split("class=\"chart\"", -1)).hasSize(3);
    }

    @Test
    void shouldBeComparedWithAnEarlierRun() throws IOException {
        Path file = folder.resolve("then.json");
        try (ByteArrayOutputStream json = new ByteArrayOutputStream()) {
            SessionJson.write(session(result(1, 2, 4, 8)), json);
            Files.writeString(file, json.toString(StandardCharsets.UTF_8));
        }
        assertThat(file).content().contains("\"ticksPerSecond\" : 1000000.0", "\"99.99\"", "\"broken\" : \"late\"");
        Baseline then = Baseline.read(file);
        assertThat(then.benches()).contains("latency-100000-p50", "latency-1000000-p99");
        assertThat(then.rows()
                        .get(new Baseline.Key("latency-1000000-p50", LatencyPeer.CHRONICLE))
                        .ratio())
                .isEqualTo(4, within(0.01));
        assertThat(new Comparison(then, session(result(1, 2, 4, 8))).fell()).isFalse();
        Comparison slower = new Comparison(then, session(result(2, 2, 4, 8)));
        assertThat(slower.fell()).isTrue();
        assertThat(slower.rows()).hasSize(12);
    }

    @Test
    void shouldKnowTheFloorThatTheSystemSets() {
        Histogram gaps = new Histogram(3);
        gaps.recordValue(20_000);
        OsJitter jitter = new OsJitter(1_000_000, gaps);
        assertThat(jitter.atPercentileNs(97)).isZero();
        assertThat(jitter.atPercentileNs(99)).isBetween(9_900L, 10_100L);
        assertThat(jitter.atPercentileNs(100)).isBetween(19_900L, 20_100L);
        assertThat(new OsJitter(1, new Histogram(3)).atPercentileNs(100)).isZero();
    }

    /** Latencies in µs of Tickring, Tickring where the journal comes first, Chronicle Queue and Aeron, at two rates. */
    private static LatencyResult result(double tickring, double journaled, double chronicle, double aeron) {
        return new LatencyResult(
                List.of(
                        series(LatencyPeer.TICKRING, row(1e5, tickring, ""), row(1e6, tickring, "")),
                        series(LatencyPeer.VISIBLE_JOURNALED, row(1e5, journaled, ""), row(1e6, journaled, "")),
                        series(LatencyPeer.CHRONICLE, row(1e5, chronicle, ""), row(1e6, chronicle, "late")),
                        series(LatencyPeer.AERON, row(1e5, aeron, ""), row(1e6, aeron, ""))),
                2,
                0.5,
                2);
    }

    private static LatencySeries series(String name, LatencyRow... rows) {
        return new LatencySeries(name, List.of(rows), "as told");
    }

    private static LatencyRow row(double rate, double micros, String broken) {
        long ns = (long) (micros * 1e3);
        return new LatencyRow(rate, List.of(histogram(ns), histogram(ns)), 2, broken);
    }

    private static Histogram histogram(long... ns) {
        Histogram histogram = new Histogram(3);
        Arrays.stream(ns).forEach(histogram::recordValue);
        return histogram;
    }

    private static LatencyRun run(long tookNs, long latencyNs) {
        return new LatencyRun(List.of(histogram(latencyNs)), tookNs, 100, 2);
    }

    private static String text(LatencyResult result) {
        StringWriter text = new StringWriter();
        new LatencyText(new PrintWriter(text)).print(result, jitter());
        return text.toString();
    }

    private static OsJitter jitter() {
        return new OsJitter(1_000_000, histogram(20_000));
    }

    private static BenchSession session(LatencyResult latency) {
        return new BenchSession(
                new Conditions("a machine", "a JVM", "a folder", "today", 2, 0, jitter(), 3),
                List.of(),
                List.of(),
                latency);
    }
}
