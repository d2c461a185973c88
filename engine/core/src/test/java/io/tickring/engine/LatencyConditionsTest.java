package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyConditionsTest {
    @TempDir
    Path data;

    @Test
    void shouldStateTheConditionsOfTheRunAtTheHeadOfItsLatencyLog() throws IOException {
        Path log = run(settings().pace(10).feeds(1, "spot=binance:é.gz,\nx"));
        assertThat(comments(log))
                .contains("#[Run: threads shared, wait yield, ring 1024, journal on, overflow wait, pace 10x,"
                        + " feeds spot=binance:é.gz, x]")
                .anyMatch(line -> line.matches("#\\[Machine: \\d+ cores?.*" + System.getProperty("os.arch") + "]"))
                .anyMatch(line -> line.matches("#\\[JVM: .*, heap at most \\d+ MiB]"))
                .anyMatch(line -> line.startsWith("#[Folder: " + data + " on "));
    }

    @Test
    void shouldStateTheNumberOfFeedsWhereNoneIsDescribed() throws IOException {
        assertThat(comments(run(settings().journaling(false).feeds(3, null))))
                .contains(
                        "#[Run: threads shared, wait yield, ring 1024, journal off, overflow wait, pace max, feeds 3]");
    }

    @Test
    void shouldLeaveALogThatTheLibraryReads() throws IOException {
        Path log = run(settings().feeds(1, "\u20ac"));
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            EncodableHistogram interval =
                    reader.nextIntervalHistogram(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            assertThat(interval.getTag()).isEqualTo("price");
            assertThat(reader.getStartTimeSec()).isPositive();
        }
    }

    private EngineContext settings() {
        return new EngineContext()
                .dataDirectory(data)
                .ringCapacity(1_024)
                .instruments(16)
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.YIELD);
    }

    private Path run(EngineContext context) throws IOException {
        try (Engine engine = Engine.launch(context)) {
            TickPublisher publisher = engine.newPublisher("test");
            int id = publisher.define("A");
            if (publisher.awaitClaim(1) > 0) {
                publisher.claim().tick(0).quote(id, 1, 2, 3, 4, 5, 6);
                publisher.claim().commit();
            }
        }
        try (Stream<Path> entries = Files.list(data)) {
            return entries.filter(file -> file.toString().endsWith(".hlog"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> comments(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("#"))
                .toList();
    }
}
