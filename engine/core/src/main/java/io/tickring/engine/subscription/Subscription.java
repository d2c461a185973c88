package io.tickring.engine.subscription;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * One subscriber's stream. Its thread polls, and in the poll its {@link TickListener} is called; a slow or throwing one hurts nobody
 * else. All but {@link #poll}, {@link #pollUntilEnd} and {@link #done} may be called by any thread.
 */
public final class Subscription implements AutoCloseable {
    /** Nothing more will be given: {@link #endReason()} says why. */
    public static final int ENDED = -1;

    /** The lag is shown no more often: to tell it is to read what the engine writes with each batch, and that costs both. */
    private static final long SHOW_NS = 1_000_000;

    private final String name;
    private final LongSupplier nanoClock;
    private final SparseClock pollClock;
    private final Consumer<Subscription> ended;
    private final Delivery delivery;
    private final SubscriptionCounters counters;
    private final Source source;
    private volatile long delivered;
    private volatile long missed;
    private volatile long folded;
    private volatile EndReason asked;
    private volatile EndReason end;
    private volatile Throwable failure;
    /** Counted, for whoever watches to read the clock: most polls of a subscriber that spins or yields bring nothing. */
    private final AtomicLong polls = new AtomicLong();

    private long seenPolls;
    private long seenNs;
    private volatile long caughtUpNs;
    private long shownNs;
    private boolean isShownBehind;
    private long polledPosition;
    private boolean movesOn;
    private final ReentrantLock polling = new ReentrantLock();

    /** @param ended told once, on the thread on which it ends */
    Subscription(
            String name,
            Source source,
            Delivery delivery,
            SubscriptionCounters counters,
            LongSupplier nanoClock,
            Consumer<Subscription> ended) {
        this.ended = ended;
        this.name = name;
        this.source = source;
        this.delivery = delivery;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.pollClock = new SparseClock(nanoClock);
        this.seenNs = pollClock.nanoTime();
        this.caughtUpNs = seenNs;
        this.shownNs = seenNs - SHOW_NS;
    }

    /** The one it asked for, or was given. */
    public String name() {
        return name;
    }

    /**
     * Gives what there is, at most about {@code limit} ticks or rows, without waiting: but for the name of an instrument whose
     * definition was missed, a second at most. Looks at a bounded number of records, however few of them were asked for.
     *
     * @param limit at least 1
     * @return how many were given, 0 where there was nothing to give, or {@link #ENDED}
     */
    public int poll(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit + " must be at least 1");
        }
        polling.lock();
        try {
            return end == null ? pollOpen(limit) : ENDED;
        } finally {
            polling.unlock();
            if (asked == EndReason.CLOSED && end == null) {
                close();
            }
        }
    }

    private int pollOpen(int limit) {
        polls.setRelease(polls.getPlain() + 1);
        noteRead();
        // Asked before all is given that there is: what comes in between the two is given too.
        EndReason wanted = asked;
        boolean gives = wanted == null || wanted == EndReason.ENGINE_CLOSED;
        int given = gives ? give(limit) : 0;
        showFigures();
        boolean goesOn = given > 0 || gives && failure == null && source.hasMore();
        EndReason over = goesOn ? null : reasonToEnd(wanted);
        if (over == null) {
            return given;
        }
        end(over);
        return ENDED;
    }

    /** What was given at once; the lag now and then, and when it may be none any more. */
    private void showFigures() {
        if (delivery.delivered() != delivered || delivery.missed() != missed) {
            delivered = delivery.delivered();
            missed = delivery.missed();
            folded = delivery.folded();
            counters.show(delivered, missed, folded);
        }
        long nowNs = pollClock.nanoTime();
        if (hasCaughtUp() && isShownBehind || nowNs - shownNs >= SHOW_NS) {
            shownNs = nowNs;
            isShownBehind = showLag() > 0;
        }
    }

    /** Whether this is the first poll that found nothing, behind others that did. */
    private boolean hasCaughtUp() {
        boolean moved = movesOn;
        long position = source.position();
        movesOn = position != polledPosition;
        polledPosition = position;
        return moved && !movesOn;
    }

    private void noteRead() {
        long read = source.position();
        if (read >= 0) {
            counters.readUpTo(read);
        }
    }

    private int give(int limit) {
        try {
            return source.poll(delivery, limit);
        } catch (Throwable e) {
            failure = e;
            return 0;
        }
    }

    private EndReason reasonToEnd(EndReason wanted) {
        if (failure != null) {
            return delivery.isListening() ? EndReason.LISTENER_THREW : EndReason.SOURCE_FAILED;
        }
        EndReason own = source.end();
        return wanted == null || wanted == EndReason.ENGINE_CLOSED && own != null ? own : wanted;
    }

    /** Polls again and again until the end; waits as {@code idle} does while there is nothing. */
    public void pollUntilEnd(IdleStrategy idle, int limit) {
        for (int given = poll(limit); given != ENDED; given = poll(limit)) {
            idle.idle(given);
        }
    }

    /** Why it ended; null while it has not. */
    public EndReason endReason() {
        return end;
    }

    /** What the listener threw, or what the source failed with; null for neither. */
    public Throwable failure() {
        return failure;
    }

    /** Ticks and rows that were given. */
    public long delivered() {
        return delivered;
    }

    /** Records that were not given and of which the listener was told. */
    public long missed() {
        return missed;
    }

    /** Ticks that stand in rows which were given, behind newer ones. */
    public long folded() {
        return folded;
    }

    /** The newest sequence that was looked at; -1 before the first. */
    public long position() {
        return source.position();
    }

    /** Records that are there, what is no tick among them, behind where it began, and were not looked at. */
    public long lagRecords() {
        return Math.max(0, source.head() - Math.max(source.begunBehind(), source.position()));
    }

    /**
     * What was given so far is done with: a place that is kept moves behind it. The next poll says so too. The subscriber's thread; of no
     * effect behind the end.
     */
    public void done() {
        polling.lock();
        try {
            if (end == null) {
                noteRead();
            }
        } finally {
            polling.unlock();
        }
    }

    /** Ends it: at once, or, while it is polled, when that poll is over. What was given last does not count as done with. Idempotent. */
    @Override
    public void close() {
        ask(EndReason.CLOSED);
        delivery.stop();
        if (!polling.isHeldByCurrentThread() && polling.tryLock()) {
            try {
                end(asked);
            } finally {
                polling.unlock();
            }
        }
    }

    /** Lets the next poll end it for this reason; the first one stands. With ENGINE_CLOSED what is still there is given first. */
    synchronized void ask(EndReason reason) {
        if (asked == null || asked == EndReason.ENGINE_CLOSED) {
            asked = reason;
        }
    }

    /** Its thread may never come back: what it holds is let go, but for what only that thread may touch. */
    void abandon() {
        source.letGo();
        counters.close();
    }

    private void end(EndReason reason) {
        if (end != null) {
            return;
        }
        end = reason;
        try {
            source.close();
        } finally {
            counters.close();
            ended.accept(this);
        }
    }

    /** The time since a look first saw its newest poll; 0 for that look. Any thread. */
    synchronized long unpolledNs(long nowNs) {
        long newest = polls.getAcquire();
        if (newest != seenPolls) {
            seenPolls = newest;
            seenNs = nowNs;
        }
        return nowNs - seenNs;
    }

    /** Shows the lag as it is now, and answers it in records. Any thread. */
    long showLag() {
        long lag = lagRecords();
        long nowNs = nanoClock.getAsLong();
        if (lag == 0) {
            caughtUpNs = nowNs;
        }
        counters.showLag(lag, nowNs - caughtUpNs);
        return lag;
    }
}
