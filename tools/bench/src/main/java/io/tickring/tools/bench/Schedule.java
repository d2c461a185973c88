package io.tickring.tools.bench;

import java.util.function.LongSupplier;

/**
 * When each of some ticks is due, at a fixed rate from a start: what a latency is counted from, so that a tick which was sent late
 * because the one before it held the sender up is late by that.
 *
 * @param first number of the first tick
 * @param startNs when it is due, by {@link System#nanoTime}
 */
record Schedule(long first, long count, long startNs, double ticksPerSecond) {
    private static final double NS_PER_S = 1e9;

    /** One after the last number. */
    long end() {
        return first + count;
    }

    long dueNs(long number) {
        return startNs + (long) ((number - first) * (NS_PER_S / ticksPerSecond));
    }

    /** From the first tick's time until the one after the last would be due. */
    long lengthNs() {
        return dueNs(end()) - startNs;
    }

    /**
     * Sends every tick when it is due, one by one, and those that are overdue without a wait; none is left out. Takes the calling
     * thread, which spins.
     *
     * @return how long it took from the start, in ns
     */
    long send(Inlet inlet, LongSupplier nanoTime) {
        return send(inlet, nanoTime, Thread::onSpinWait);
    }

    /** As the other, but runs {@code waiting} again and again while nothing is due. */
    long send(Inlet inlet, LongSupplier nanoTime, Runnable waiting) {
        long number = first;
        while (number < end()) {
            long nowNs = nanoTime.getAsLong();
            if (dueNs(number) - nowNs > 0) {
                waiting.run();
                continue;
            }
            do {
                inlet.publish(number, 1);
                number++;
            } while (number < end() && dueNs(number) - nowNs <= 0);
        }
        return nanoTime.getAsLong() - startNs;
    }
}
