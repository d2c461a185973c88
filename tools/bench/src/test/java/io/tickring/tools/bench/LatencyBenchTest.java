package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ladder with its real peers, whose tables are checked against what the ticks make, and with some that break. */
class LatencyBenchTest {
    private static final int TICKS_A_RUN = 50;

    @TempDir
    private Path parent;

    private final StringWriter progress = new StringWriter();

    @Test
    void shouldMeasureEachTickOfEachPointAndLeaveNothingBehind() throws IOException {
        LatencyResult result;
        try (WorkFolder folder = WorkFolder.create(parent)) {
            List<LatencyPeer> peers = LatencyPeer.all();
            result = bench(folder, tiny(1_000, 5_000), peers, LatencyPeer::run).run();
            try (Stream<Path> left = Files.list(folder.path())) {
                assertThat(left).isEmpty();
            }
        }
        assertThat(result.series().stream().map(LatencySeries::name))
                .containsExactly(
                        LatencyPeer.TICKRING,
                        LatencyPeer.JOURNALED,
                        LatencyPeer.VISIBLE_JOURNALED,
                        LatencyPeer.CHRONICLE,
                        LatencyPeer.AERON);
        assertThat(result.series()).allSatisfy(series -> {
            assertThat(series.rows()).isNotEmpty();
            LatencyRow row = series.rows().get(0);
            assertThat(row.busyThreads()).isEqualTo(2);
            assertThat(row.rounds()).hasSize(2);
            assertThat(row.rounds()).allMatch(round -> round.getTotalCount() == TICKS_A_RUN);
            assertThat(row.micros(50).min()).isPositive();
        });
        LatencyRow readable = result.series().get(0).rows().get(0);
        LatencyRow journaled = result.series().get(1).rows().get(0);
        assertThat(journaled.micros(100).min())
                .isGreaterThanOrEqualTo(readable.micros(100).min());
        assertThat(progress.toString()).contains("latency warm-up", "latency round 2/2");
    }

    @Test
    void shouldLetAPeerThatBreaksClimbNoFurther() throws IOException {
        List<String> order = new ArrayList<>();
        LatencyBench.Runner holding = (peer, fresh, set, rung) -> {
            order.add(peer.name() + Math.round(rung.ticksPerSecond()));
            boolean late = peer.name().equals("B") && rung.ticksPerSecond() > 150;
            return new LatencyRun(List.of(latency()), late ? 200 : 100, 100, 2);
        };
        LatencyResult result;
        try (WorkFolder folder = WorkFolder.create(parent)) {
            result = bench(folder, tiny(100, 200, 400), List.of(peer("A"), peer("B")), holding)
                    .run();
        }
        assertThat(order)
                .containsExactly(
                        "A500000", "B500000", "A100", "B100", "B100", "A100", "A200", "B200", "B200", "A200", "A400",
                        "A400");
        assertThat(result.rates()).containsExactly(100.0, 200.0, 400.0);
        LatencySeries broken = result.series().get(1);
        assertThat(broken.rows().stream().map(LatencyRow::isBroken)).containsExactly(false, true);
        assertThat(broken.end()).isEqualTo("breaks at 200 a second: the sender ended 100 % late");
        assertThat(result.series().get(0).end()).isEqualTo("the ladder's last rate");
    }

    @Test
    void shouldClimbInRisingRatesUntilItBreaksUnlessTold() {
        assertThat(new BenchContext().rates()).startsWith(1e4, 5e4, 1e5, 2.5e5, 5e5, 1e6, 2e6, 4e6);
        assertThat(new BenchContext().quick().rates()).containsExactly(1e4, 1e5, 1e6);
        assertThat(new BenchContext().rates(List.of(3.0, 1.0, 3.0)).rates()).containsExactly(1.0, 3.0);
    }

    private static Histogram latency() {
        Histogram latency = new Histogram(3);
        latency.recordValue(1_000);
        return latency;
    }

    private static LatencyPeer peer(String name) {
        return new LatencyPeer(name, List.of(name), null);
    }

    private LatencyBench bench(
            WorkFolder folder, BenchContext context, List<LatencyPeer> peers, LatencyBench.Runner runner) {
        return new LatencyBench(folder, context, peers, runner, new PrintWriter(progress));
    }

    private static BenchContext tiny(double... rates) {
        return new BenchContext()
                .rates(DoubleStream.of(rates).boxed().toList())
                .rungSeconds(0.05)
                .rungRounds(2)
                .restSeconds(0);
    }
}
