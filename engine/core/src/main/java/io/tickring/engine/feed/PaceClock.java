package io.tickring.engine.feed;

import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.util.List;

/**
 * When a recorded tick is due: as fast as possible, or its receive time's distance from the origin divided by the speed. All
 * feeds of a run share one, so that recordings keep their order in time. The origin is set before the feeds start; any thread may
 * pause and resume.
 */
public final class PaceClock {
    /** As fast as possible. */
    public static final double MAX = Double.POSITIVE_INFINITY;

    private final double speed;
    private long originReceiveTimeNs = TickDescriptor.NO_TIME;
    private volatile long originNanoTime;
    private volatile boolean paused;
    private long pausedNanoTime;

    /** @param speed times the recorded speed, above 0, or {@link #MAX} */
    public PaceClock(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("pace=" + speed + " must be above 0");
        }
        this.speed = speed;
    }

    public boolean isMax() {
        return speed == MAX;
    }

    /**
     * Starts the clock now, with the first tick of all {@code feeds}.
     *
     * @throws IOException if one cannot be read at its beginning
     */
    public void start(List<Feed> feeds) throws IOException {
        long origin = TickDescriptor.NO_TIME;
        for (Feed feed : feeds) {
            long first = isMax() ? TickDescriptor.NO_TIME : feed.firstReceiveTimeNs();
            origin = origin == TickDescriptor.NO_TIME || first == TickDescriptor.NO_TIME
                    ? Math.max(origin, first)
                    : Math.min(origin, first);
        }
        start(origin, System.nanoTime());
    }

    /** Starts the clock: a tick received at {@code receiveTimeNs} is due at {@code nanoTime}. */
    public synchronized void start(long receiveTimeNs, long nanoTime) {
        pausedNanoTime = nanoTime;
        originReceiveTimeNs = receiveTimeNs;
        originNanoTime = nanoTime;
    }

    /** From now on no recorded tick is due, at full pace neither. */
    public synchronized void pause(long nanoTime) {
        if (!paused) {
            pausedNanoTime = nanoTime;
            paused = true;
        }
    }

    /** Goes on where it paused: everything is due later by the length of the pause. */
    public synchronized void resume(long nanoTime) {
        if (paused) {
            originNanoTime += nanoTime - pausedNanoTime;
            paused = false;
        }
    }

    public boolean isPaused() {
        return paused;
    }

    /** {@link System#nanoTime} at which the tick is due. */
    public long dueNanoTime(long receiveTimeNs) {
        if (isMax() || originReceiveTimeNs == TickDescriptor.NO_TIME || receiveTimeNs == TickDescriptor.NO_TIME) {
            return originNanoTime;
        }
        return originNanoTime + (long) ((receiveTimeNs - originReceiveTimeNs) / speed);
    }
}
