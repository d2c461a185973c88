package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CountersBenchTest {
    private static final double SECONDS = 0.02;

    static List<CounterDesign> designs() {
        return CounterDesign.all();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldCountWhatEachThreadAdds(CounterDesign design) {
        CounterDesign.Counter counter = design.fresh().apply(2);
        Runnable first = counter.steps().apply(0);
        Runnable second = counter.steps().apply(1);
        assertThat(counter.sum().getAsLong()).isZero();
        first.run();
        second.run();
        second.run();
        assertThat(counter.sum().getAsLong()).isEqualTo(3);
        assertThat(design.fresh().apply(2).sum().getAsLong())
                .as("another counter")
                .isZero();
    }

    @Test
    void shouldMeasureEachDesignInEachCompany() {
        StringWriter progress = new StringWriter();
        MeasuresResult result = new CountersBench(CounterDesign.all(), 2, SECONDS, new PrintWriter(progress)).run();
        assertThat(result.name()).isEqualTo("designs-counters");
        assertThat(result.verdicts()).isEmpty();
        for (CounterDesign design : CounterDesign.all()) {
            assertThat(result.rows())
                    .extracting(MeasuresResult.Row::name)
                    .contains(design.name() + ", 1 thread", design.name() + ", 2 threads");
            if (design.isShown()) {
                assertThat(result.rows())
                        .extracting(MeasuresResult.Row::name)
                        .contains(design.name() + ", 1 and a reader", design.name() + ", a read");
            }
        }
        assertThat(result.rows()).hasSize(20 + 6 + 17).allSatisfy(row -> {
            assertThat(row.figures().byRound()).hasSize(2);
            assertThat(row.figures().min()).isPositive().isFinite();
        });
        assertThat(figures(result, "1st / AtomicLong, 2 threads").byRound()[1])
                .isCloseTo(
                        figures(result, "AtomicCounter a thread, 2 threads").byRound()[1]
                                / figures(result, "AtomicLong, 2 threads").byRound()[1],
                        within(1e-9));
        assertThat(progress.toString().lines()).hasSize(3 * 20);
    }

    @Test
    void shouldGiveNoFigureWhenAnIncrementIsLost() {
        CounterDesign losing = new CounterDesign(
                "losing", threads -> new CounterDesign.Counter(thread -> Thread::onSpinWait, () -> 0), true);
        assertThatThrownBy(() -> CounterRun.of(losing, 1, false, SECONDS))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("counter=losing count=0 expected=");
    }

    @Test
    void shouldGiveNoFigureWhenAReadingGoesBack() {
        AtomicLong count = new AtomicLong();
        AtomicLong looks = new AtomicLong();
        CounterDesign unsteady = new CounterDesign(
                "unsteady",
                threads -> new CounterDesign.Counter(
                        thread -> count::incrementAndGet,
                        () -> looks.incrementAndGet() % 2 == 0
                                        && Thread.currentThread().getName().startsWith("reader")
                                ? -1
                                : count.get()),
                true);
        assertThatThrownBy(() -> CounterRun.of(unsteady, 1, true, SECONDS))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("counter=unsteady")
                .hasMessageMatching(".*readingsBack=[1-9].*");
    }

    @Test
    void shouldSayThatAThreadFailed() {
        CounterDesign failing = new CounterDesign(
                "failing",
                threads -> new CounterDesign.Counter(
                        thread -> () -> {
                            throw new IllegalStateException("no counter");
                        },
                        () -> 0),
                true);
        assertThatThrownBy(() -> CounterRun.of(failing, 1, true, SECONDS))
                .isInstanceOf(BenchException.class)
                .hasMessage("counter=failing: a thread failed: java.lang.IllegalStateException: no counter");
    }

    private static Figures figures(MeasuresResult result, String name) {
        return result.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .figures();
    }
}
