package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLinesTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void shouldShowWhatHappenedSinceTheLastLine() {
        try (Engine engine = Engine.launch(new EngineContext())) {
            RateLines rates = new RateLines(engine, null, 0);
            engine.counters().quotes.setRelease(1_500_000);
            String first = rates.line(SECOND_NS);
            engine.counters().trades.setRelease(500_000);
            String second = rates.line(3 * SECOND_NS);

            assertThat(first.lines()).hasSize(3).allMatch(line -> line.length() <= 110);
            assertThat(first.lines().skip(1).findFirst().orElseThrow())
                    .containsSubsequence("seconds", "ticks/s", "ticks", "ring %", "MB/s", "p50", "p99", "max");
            assertThat(columns(first.lines().skip(2).findFirst().orElseThrow()))
                    .containsExactly("1", "1,500,000", "1,500,000", "0.0", "0.0", "|", "-", "-", "-");
            assertThat(columns(second)).containsExactly("3", "250,000", "2,000,000", "0.0", "0.0", "|", "-", "-", "-");
        }
    }

    @Test
    void shouldSayAtOnceThatTheEngineIsDegraded(@TempDir Path data) {
        StringWriter said = new StringWriter();
        try (Engine engine = Engine.launch(new EngineContext().dataDirectory(data))) {
            RateLines rates = new RateLines(engine, new PrintWriter(said, true), 0);
            rates.next(SECOND_NS);
            assertThat(said.toString()).doesNotContain("degraded", "running");
        }
        try (Engine engine =
                Engine.launch(new EngineContext().dataDirectory(data).watermarkBytes(Long.MAX_VALUE >> 1))) {
            RateLines rates = new RateLines(engine, new PrintWriter(said, true), 0);
            rates.next(SECOND_NS);
            rates.next(2 * SECOND_NS);
            assertThat(said.toString()).containsOnlyOnce("degraded: DISK_LOW: folder=" + data);
        }
    }

    private static List<String> columns(String line) {
        return List.of(line.strip().split(" +"));
    }
}
