package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tickring.engine.tick.TickDescriptor;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** No garbage a tick, whatever it is: bars that begin and end, late trades, steps of the grid. Definitions stand in the first part. */
class FiguresAllocationTest {
    private static final int INSTRUMENTS = 4;
    private static final int TICKS = 200_000;
    private static final int WINDOWS = 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothing() {
        RandomTicks ticks = new RandomTicks(8, INSTRUMENTS, TICKS);
        FiguresFile file = LiveFigures.empty(ticks.context, 2, INSTRUMENTS);
        FiguresHandler one = file.handler(0);
        FiguresHandler other = file.handler(1);
        int window = ticks.count / WINDOWS;
        long[] allocated = new long[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            int first = i * window;
            long before = threads.getCurrentThreadAllocatedBytes();
            one.onBatch(ticks.records, first * TickDescriptor.LENGTH, first + 1, window);
            other.onBatch(ticks.records, first * TickDescriptor.LENGTH, first + 1, window);
            allocated[i] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        // The first holds the definitions; what the JVM itself allocates while it compiles is not in every other.
        assertThat(allocated[0]).isPositive();
        long least = Long.MAX_VALUE;
        for (int i = 1; i < WINDOWS; i++) {
            least = Math.min(least, allocated[i]);
        }
        assertThat(least).isZero();
        assertThat(file.reader().digest()).isNotZero();
    }
}
