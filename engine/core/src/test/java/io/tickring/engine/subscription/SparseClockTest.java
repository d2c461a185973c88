package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparseClockTest {
    private static final int CALLS = 16;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000);
    private final AtomicInteger readings = new AtomicInteger();
    private final SparseClock clock = new SparseClock(() -> {
        readings.incrementAndGet();
        return nowNs.get();
    });

    @Test
    void shouldReadForOneCallOfSixteenWhereTheyAreFast() {
        call(10 * CALLS, 100);
        assertThat(readings).hasValue(1 + 10);
    }

    @Test
    void shouldReadForEachCallWhereTheyAreSlow() {
        call(CALLS, 100);
        call(CALLS, 1_000_000);
        readings.set(0);
        for (int i = 0; i < 5; i++) {
            nowNs.addAndGet(1_000_000);
            assertThat(clock.nanoTime()).isEqualTo(nowNs.get());
        }
        assertThat(readings).hasValue(5);
    }

    @Test
    void shouldBeLateByFifteenCallsWhereAFastLoopBecomesSlow() {
        call(CALLS, 100);
        long last = clock.nanoTime();
        call(CALLS - 1, 1_000_000);
        assertThat(clock.nanoTime()).isGreaterThanOrEqualTo(last + 15_000_000).isEqualTo(nowNs.get());
    }

    private void call(int calls, long eachNs) {
        for (int i = 0; i < calls; i++) {
            nowNs.addAndGet(eachNs);
            clock.nanoTime();
        }
    }
}
