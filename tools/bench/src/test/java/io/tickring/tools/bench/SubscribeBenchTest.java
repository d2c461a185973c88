package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubscribeBenchTest {
    private static final TickSet SET = TickSet.market(1, 1_024);

    @TempDir
    private Path folder;

    static List<SubscribeWay> ways() {
        return SubscribeWay.all();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldReceiveEachTickByEachWay(SubscribeWay way) throws IOException {
        LatencyRung rung = new LatencyRung(20_000, 0.05);
        LatencyRun run = way.run(folder, SET, rung);
        assertThat(run.latenciesNs()).hasSize(1);
        assertThat(run.latenciesNs().get(0).getTotalCount())
                .as("each tick, or for rows that fold ticks the newest")
                .isBetween(way.kind().isConflating() ? 1 : rung.ticks(), rung.ticks());
        assertThat(run.latenciesNs().get(0).getMinValue()).isPositive();
        assertThat(run.latenciesNs().get(0).getMaxValue())
                .as("both processes read one clock")
                .isLessThan(30_000_000_000L);
        assertThat(Files.exists(folder.resolve(SubscribeWay.DATA).resolve("journal")))
                .as("journals where the subscriber reads the journal, and there alone")
                .isEqualTo(way.name().equals("lossless, another process"));
    }

    @Test
    void shouldSetEveryAgainstItsPeersOfTheSamePlaceAndRound() throws IOException {
        BenchContext context = new BenchContext()
                .subscribeRates(List.of(1e3, 2e6))
                .rungSeconds(0.01)
                .rungRounds(3);
        StringWriter progress = new StringWriter();
        MeasuresResult result = new SubscribeBench(
                        new Runs(folder, 0),
                        context,
                        ways(),
                        (way, fresh, set, rung) -> made(way),
                        new PrintWriter(progress))
                .run();
        assertThat(result.name()).isEqualTo("subscribe");
        assertThat(result.rows()).hasSize(2 * 2 * (10 + 12));
        assertThat(row(result, "every, this process, 1k/s", "p50 µs")).isCloseTo(100, within(0.5));
        assertThat(row(result, "Chronicle, another process, 2m/s", "p99 µs")).isCloseTo(600, within(0.5));
        assertThat(row(result, "every / Aeron IPC, this process, 2m/s", "p50 ratio"))
                .isCloseTo(0.5, within(0.01));
        assertThat(row(result, "every / Chronicle, another process, 1k/s", "p99 ratio"))
                .isCloseTo(0.667, within(0.01));
        assertThat(result.verdicts())
                .hasSize(8)
                .contains("MET        every / Aeron IPC, this process, 2m/s, p50: 0.50 (mark: at most 1.00)")
                .contains("MET        every / Aeron IPC, another process, 1k/s, p99: 0.80 (mark: at most 1.00)");
        assertThat(progress.toString().lines()).hasSize(10 + 2 * 3 * 10);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsSlowerAndWhatDidNotHoldTheRate() throws IOException {
        BenchContext context = new BenchContext()
                .subscribeRates(List.of(1e3))
                .rungSeconds(0.01)
                .rungRounds(1);
        MeasuresResult result = new SubscribeBench(
                        new Runs(folder, 0),
                        context,
                        ways(),
                        (way, fresh, set, rung) -> made(way.kind() == SubscribeKind.EVERY ? 20_000_000 : 10_000_000, 2),
                        new PrintWriter(new StringWriter()))
                .run();
        assertThat(result.verdicts())
                .anyMatch(verdict -> verdict.startsWith("NOT MET    every / Aeron IPC, this process, 1k/s, p50: 2.00"))
                .anyMatch(verdict -> verdict.startsWith("NOT HELD   every, this process, 1k/s: the sender ended 100"));
    }

    @Test
    void shouldCountFromTheTimeATickWasDueAndLeaveTheWarmUpOut() {
        Arrivals arrivals = new Arrivals(2, () -> 1_000);
        arrivals.take(records(1, 3, 400), 0, 3);
        arrivals.miss(4);
        arrivals.take(records(8, 1, 700), 0, 1);
        assertThat(arrivals.through()).isEqualTo(8);
        assertThat(arrivals.missed()).isEqualTo(4);
        assertThat(arrivals.latenciesNs().getTotalCount()).isEqualTo(2);
        assertThat(arrivals.latenciesNs().getMinValue()).isEqualTo(300);
        assertThat(arrivals.latenciesNs().getMaxValue()).isEqualTo(600);
    }

    @Test
    void shouldNotTakeAHoleThatNothingTold() {
        Arrivals arrivals = new Arrivals(0, System::nanoTime);
        arrivals.take(records(1, 1, 0), 0, 1);
        assertThatThrownBy(() -> arrivals.take(records(3, 1, 0), 0, 1))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("sequence=3 expected=2");
    }

    @Test
    void shouldCarryAResultFromOneProcessToTheOther() {
        Histogram histogram = made(12_345, 1).latenciesNs().get(0);
        Subscriber.Received received = Subscriber.Received.parse(new Subscriber.Received(7, histogram).format());
        assertThat(received.missed()).isEqualTo(7);
        assertThat(received.latenciesNs()).isEqualTo(histogram);
    }

    private static UnsafeBuffer records(long firstSequence, int count, long dueNs) {
        UnsafeBuffer records = new UnsafeBuffer(new byte[count * TickDescriptor.LENGTH]);
        for (int i = 0; i < count; i++) {
            int offset = i * TickDescriptor.LENGTH;
            new MutableTick().wrap(records, offset).quote(0, TickDescriptor.NO_TIME, dueNs, 1, 2, 3, 4);
            records.putLong(offset, firstSequence + i, ByteOrder.LITTLE_ENDIAN);
        }
        return records;
    }

    private static LatencyRun made(SubscribeWay way) {
        return made(
                (100_000L
                                * (1
                                        + List.of(
                                                        SubscribeKind.EVERY,
                                                        SubscribeKind.AERON,
                                                        SubscribeKind.CHRONICLE,
                                                        SubscribeKind.LATEST,
                                                        SubscribeKind.LOSSLESS)
                                                .indexOf(way.kind())))
                        + (way.otherProcess() ? 300_000 : 0),
                1);
    }

    private static LatencyRun made(long latencyNs, int late) {
        Histogram histogram = new Histogram(3_600_000_000_000L, 3);
        histogram.recordValue(latencyNs);
        return new LatencyRun(List.of(histogram), late * 10, 10, SubscribeWay.BUSY_THREADS);
    }

    private static double row(MeasuresResult result, String name, String unit) {
        return result.rows().stream()
                .filter(row -> row.name().equals(name) && row.unit().equals(unit))
                .mapToDouble(row -> row.figures().median())
                .findFirst()
                .orElseThrow();
    }
}
