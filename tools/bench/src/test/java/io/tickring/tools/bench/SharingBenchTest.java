package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickring.engine.analytics.WorkSharing;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SharingBenchTest {
    private static final int TICKS = 8_192;
    private static final int PAIRS = TickSet.INSTRUMENTS * (TickSet.INSTRUMENTS + 1) / 2;

    private final StringWriter progress = new StringWriter();

    @Test
    void shouldFindTheSameByEachWay() {
        TickSet set = TickSet.slowMarket(1, TICKS, false);
        SharedWork.Outcome expected = new SharedWork(WorkSharing.STATIC, 1).analyze(set);
        assertThat(expected.ticks()).isEqualTo(TICKS);
        assertThat(expected.pairs()).isEqualTo(PAIRS);
        for (SharedWork way : SharingBench.ways(3)) {
            assertThat(way.analyze(set).digest()).as(way.name()).isEqualTo(expected.digest());
        }
        assertThat(new SharedWork(WorkSharing.STATIC, 1)
                        .analyze(TickSet.slowMarket(2, TICKS, false))
                        .digest())
                .isNotEqualTo(expected.digest());
    }

    @Test
    void shouldHaveEachWayOnOneWorkerFirst() {
        assertThat(SharingBench.ways(8))
                .extracting(SharedWork::name)
                .startsWith("static, 1 worker", "static, 2 workers", "static, 8 workers", "dynamic, 1 worker")
                .hasSize(9);
        assertThat(SharingBench.ways(1)).hasSize(6);
        assertThat(SharingBench.ways(2)).hasSize(6);
    }

    @Test
    void shouldMeasureEachWayOverEvenAndSkewedInstruments() {
        MeasuresResult result = bench(SharedWork::analyze).run();
        assertThat(result.name()).isEqualTo("designs-sharing");
        assertThat(result.verdicts()).isEmpty();
        assertThat(result.rows())
                .extracting(MeasuresResult.Row::name)
                .hasSize(4 * (6 + 3))
                .contains(
                        "figures, even: static, 1 worker",
                        "figures, skewed: stealing, 2 workers",
                        "figures, skewed: dynamic, 2 workers / 1",
                        "correlation, even: static, 2 workers",
                        "correlation, skewed: stealing, 2 workers / 1");
        assertThat(result.rows()).allSatisfy(row -> {
            assertThat(row.figures().byRound()).hasSize(2);
            assertThat(row.figures().min()).isPositive().isFinite();
        });
        assertThat(result.notes()).anyMatch(note -> note.startsWith("All ways found the same, skewed instruments"));
        assertThat(progress.toString().lines()).hasSize(3 * 2 * 6);
    }

    @Test
    void shouldSetEachWayAgainstItsOwnOneWorker() {
        MeasuresResult result = bench((way, set) -> made(way.workers(), 7)).run();
        assertThat(median(result, "figures, even: static, 2 workers")).isCloseTo(20, within(1e-9));
        assertThat(median(result, "figures, even: static, 2 workers / 1")).isCloseTo(2, within(1e-9));
        assertThat(median(result, "correlation, even: dynamic, 1 worker")).isCloseTo(50, within(1e-9));
        assertThat(median(result, "correlation, skewed: stealing, 2 workers / 1"))
                .isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldGiveNoFigureWhenAWayFindsSomethingElse() {
        SharingBench bench = bench((way, set) -> made(way.workers(), way.sharing() == WorkSharing.STEALING ? 8 : 7));
        assertThatThrownBy(bench::run)
                .isInstanceOf(BenchException.class)
                .hasMessage("bench=designs-sharing instruments=even way=\"stealing, 1 worker\""
                        + " digest=0000000000000008 expected=0000000000000007: it found something else");
    }

    @Test
    void shouldGiveNoFigureWhenATickIsInNoFigure() {
        TickSet unsequenced = TickSet.market(1, TICKS);
        assertThatThrownBy(() -> new SharedWork(WorkSharing.DYNAMIC, 1).analyze(unsequenced))
                .isInstanceOf(BenchException.class)
                .hasMessage("analysis=\"dynamic, 1 worker\" ticks=0 expected=8192: not each tick is in the figures");
    }

    @Test
    void shouldSkewByZipf() {
        long[] ticks = new long[TickSet.INSTRUMENTS];
        TickSet set = TickSet.slowMarket(1, 1 << 16, true);
        for (int number = 0; number < set.capacity(); number++) {
            ticks[set.tick(number).instrumentId()]++;
        }
        assertThat((double) ticks[0] / ticks[1]).isCloseTo(2, within(0.1));
        assertThat((double) ticks[0] / ticks[9]).isCloseTo(10, within(0.7));
        assertThat((double) ticks[0] / ticks[63]).isCloseTo(64, within(12.0));
    }

    private SharingBench bench(SharingBench.Runner runner) {
        return new SharingBench(SharingBench.ways(2), TICKS, runner, 2, 1e-6, new PrintWriter(progress));
    }

    /** 10 million ticks and 50 thousand pairs a second and worker. */
    private static SharedWork.Outcome made(int workers, long digest) {
        return new SharedWork.Outcome(1_000, 100_000 / workers, 100, 2_000_000 / workers, digest);
    }

    private static double median(MeasuresResult result, String name) {
        return result.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .figures()
                .median();
    }
}
