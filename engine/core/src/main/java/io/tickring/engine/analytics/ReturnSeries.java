package io.tickring.engine.analytics;

import java.util.Arrays;

/**
 * The log returns of one instrument on the grid, one for each step from the second that it has a mid in, or before it, to its newest.
 * One thread at a time.
 */
public final class ReturnSeries {
    /** 194 days of seconds, 128 MiB. */
    private static final int MAX_STEPS = 1 << 24;

    private static final double[] NONE = {};

    private double[] returns = NONE;
    private int count;
    private long firstStep;

    /** Steps between the one before and {@code step} had no other mid: their return is 0. */
    void add(long first, long step, double logReturn) {
        if (count == 0) {
            firstStep = first;
        }
        long index = step - firstStep;
        if (index >= MAX_STEPS) {
            throw new IllegalStateException("the returns span more than " + MAX_STEPS
                    + " steps of the grid; say a longer interval, or a shorter range");
        }
        if (index >= returns.length) {
            returns = Arrays.copyOf(returns, (int) Math.min(MAX_STEPS, Math.max(64, 2 * (index + 1))));
        }
        returns[(int) index] = logReturn;
        count = (int) index + 1;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The first step with a return. */
    long firstStep() {
        return firstStep;
    }

    /** Behind the last step with a return. */
    long endStep() {
        return firstStep + count;
    }

    /** Of a step between the two. */
    double at(long step) {
        return returns[(int) (step - firstStep)];
    }
}
