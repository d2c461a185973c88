package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparseClockTest {
    private static final long FAST_NS = 100;
    private static final long SLOW_NS = 1_000_000;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000);
    private final AtomicInteger readings = new AtomicInteger();
    private final SparseClock clock = new SparseClock(() -> {
        readings.incrementAndGet();
        return nowNs.get();
    });

    @Test
    void shouldReadForOneCallOfFourWhereTheyAreFast() {
        call(100, FAST_NS);
        readings.set(0);
        call(400, FAST_NS);
        assertThat(readings).hasValue(100);
    }

    @Test
    void shouldReadForEachCallWhereTheyAreSlow() {
        for (int i = 0; i < 5; i++) {
            assertThat(latenessAfter(SLOW_NS)).isZero();
        }
    }

    @Test
    void shouldBeLateByThreeCallsWhereAFastLoopBecomesSlow() {
        call(100, FAST_NS);
        for (int late = 0; latenessAfter(SLOW_NS) > 0; late++) {
            assertThat(late).isLessThan(3);
        }
        assertThat(latenessAfter(SLOW_NS)).isZero();
    }

    @Test
    void shouldBeLateByOneCallAtMostWhereTwoFastOnesStandBetweenSlowOnes() {
        for (int i = 0; i < 20; i++) {
            latenessAfter(SLOW_NS);
            call(2, FAST_NS);
            assertThat(latenessAfter(SLOW_NS) == 0 || latenessAfter(SLOW_NS) == 0)
                    .isTrue();
        }
    }

    private long latenessAfter(long ns) {
        nowNs.addAndGet(ns);
        return nowNs.get() - clock.nanoTime();
    }

    private void call(int calls, long eachNs) {
        for (int i = 0; i < calls; i++) {
            latenessAfter(eachNs);
        }
    }
}
