package io.tickring.engine.ring;

import io.tickring.engine.tick.PriceState;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A producer's door to the ring. One thread at a time may use it; make one for each thread. Nothing here throws on the path:
 * what cannot be done is a negative code.
 *
 * <pre>{@code
 * if (publisher.tryClaim(1) > 0) {
 *     publisher.claim().tick(0).quote(id, NO_TIME, now, bid, ask, bidSize, askSize);
 *     publisher.claim().commit();
 * }
 * }</pre>
 */
public final class TickPublisher {
    /** The ring has no room now. */
    public static final long BACK_PRESSURED = -1;

    /** The ring takes no more records. */
    public static final long CLOSED = -2;

    /** The ring had no room and this publisher drops: the ticks are counted as dropped. */
    public static final long DROPPED = -3;

    /** This publisher still holds a claim that was neither committed nor aborted. */
    public static final long CLAIM_HELD = -4;

    /** A claim is at least 1 slot and at most the whole ring. */
    public static final long BAD_COUNT = -5;

    /** {@link #define} answers: not 1 to 32 printable ASCII characters. */
    public static final int SYMBOL_INVALID = -6;

    /** {@link #define} answers: no room for another instrument. */
    public static final int INSTRUMENT_TABLE_FULL = -7;

    /** {@link #tryDefine} answers: the symbol has an id already. */
    public static final long KNOWN = 0;

    private final TickRing ring;
    private final String name;
    private final int source;
    private final OverflowPolicy overflow;
    private final AtomicCounter dropped;
    private final IdleStrategy idle;
    private final TickClaim claim;
    private final HeldClaim held = new HeldClaim();

    TickPublisher(TickRing ring, String name, int number, OverflowPolicy overflow, AtomicCounter dropped) {
        this.ring = ring;
        this.name = name;
        this.source = number & 0xFF;
        this.overflow = overflow;
        this.dropped = dropped;
        this.idle = ring.waitMode().publisherStrategy();
        this.claim = new TickClaim(this, ring);
    }

    public String name() {
        return name;
    }

    /** Whether the ring takes no more records. */
    public boolean isClosed() {
        return ring.isClosed();
    }

    /** The most slots that one claim may have. */
    public int maxClaim() {
        return ring.capacity();
    }

    /**
     * Claims {@code count} slots without waiting; they are reached through {@link #claim()}.
     *
     * @return the first sequence, above 0, or BACK_PRESSURED, CLOSED, CLAIM_HELD, BAD_COUNT.
     */
    public long tryClaim(int count) {
        return fill(claimOnce(count, System.nanoTime(), false));
    }

    /**
     * Claims {@code count} slots; when the ring is full it waits for room or drops, as the publisher's policy says.
     *
     * @return the first sequence, above 0, or DROPPED, CLOSED, CLAIM_HELD, BAD_COUNT.
     */
    public long awaitClaim(int count) {
        return fill(claim(count, System.nanoTime(), overflow));
    }

    /** The slots of the last successful claim, until they are committed or aborted. */
    public TickClaim claim() {
        return claim;
    }

    /**
     * Publishes {@code count} whole records at once, as {@link #awaitClaim} claims.
     *
     * @return the first sequence, above 0, or DROPPED, CLOSED, CLAIM_HELD, BAD_COUNT.
     */
    public long publish(DirectBuffer records, int offset, int count) {
        return publish(records, offset, count, System.nanoTime(), overflow);
    }

    /**
     * As {@link #publish} for records of another journal that keep their sequences and sources; always waits. Equal sequences are the caller's
     * promise: it is the only publisher of a ring that begins with the journal's first sequence.
     *
     * @param ticks how many of the records are quotes and trades
     */
    public long republish(DirectBuffer records, int offset, int count, int ticks) {
        long sequence = claim(count, System.nanoTime(), OverflowPolicy.WAIT);
        if (sequence > 0) {
            claim.put(records, offset);
            if (ticks < count) {
                ring.stampTicksOnly(held.firstRingSequence(), count);
            }
            ring.publishAsTheyAre(held.firstRingSequence(), count);
            held.release();
        }
        return sequence;
    }

    /**
     * The id of {@code symbol}; a new symbol gets the next one, and its DEFINITION is published before anyone can see it. Waits
     * for room whatever the policy. Allocates for a new symbol.
     *
     * @return the id, or SYMBOL_INVALID, INSTRUMENT_TABLE_FULL, CLOSED, CLAIM_HELD.
     */
    public int define(String symbol) {
        int known = find(symbol);
        if (known != InstrumentRegistry.UNKNOWN) {
            return known;
        }
        long defined = ring.instruments().define(symbol, id -> publishDefinition(id, symbol, true));
        return defined < 0 ? (int) defined : find(symbol);
    }

    /**
     * As {@link #define} without waiting: neither for room nor for another thread that defines.
     *
     * @return the sequence of the DEFINITION, above 0, or KNOWN when there is one already, or SYMBOL_INVALID, INSTRUMENT_TABLE_FULL,
     *     BACK_PRESSURED, CLOSED, CLAIM_HELD; with the first two {@link #find} answers the id.
     */
    public long tryDefine(String symbol) {
        return find(symbol) != InstrumentRegistry.UNKNOWN
                ? KNOWN
                : ring.instruments().tryDefine(symbol, id -> publishDefinition(id, symbol, false));
    }

    /** The symbol's id, or {@link InstrumentRegistry#UNKNOWN}. */
    public int find(String symbol) {
        return ring.instruments().find(symbol);
    }

    /**
     * Publishes a CHECKPOINT without waiting, also after the ring was closed.
     *
     * @return its sequence, or BACK_PRESSURED, CLAIM_HELD.
     */
    public long tryPublishCheckpoint(long sequence, long digest) {
        long claimed = claimOnce(1, TickRing.NOT_MEASURED, true);
        if (claimed > 0) {
            claim.tick(0).checkpoint(sequence, digest);
            claim.commit();
        }
        return claimed;
    }

    /**
     * Publishes a STALE without waiting.
     *
     * @param timeNs since the epoch, when it was judged
     * @return its sequence, or BACK_PRESSURED, CLOSED, CLAIM_HELD.
     */
    public long tryPublishStale(int instrumentId, long judgedSequence, PriceState state, long ageNs, long timeNs) {
        long claimed = claimOnce(1, TickRing.NOT_MEASURED, false);
        if (claimed > 0) {
            claim.tick(0).stale(instrumentId, judgedSequence, state, ageNs, timeNs);
            claim.commit();
        }
        return claimed;
    }

    /** The thread that holds a claim for longer than {@code limitNs}, or null. Any thread may ask. */
    public Thread heldBy(long nowNs, long limitNs) {
        return held.count() > 0 && nowNs - held.sinceNs() > limitNs ? held.owner() : null;
    }

    /** Pads what a thread that has ended still holds; answers how many slots. The supervisor's. */
    public int padIfOwnerDied() {
        int count = held.count();
        Thread owner = held.owner();
        if (count == 0 || owner.isAlive()) {
            return 0;
        }
        ring.pad(held.firstRingSequence(), count);
        held.release();
        return count;
    }

    void release(boolean abort) {
        int count = held.count();
        if (count == 0) {
            throw new IllegalStateException("publisher=" + name + " holds no claim");
        }
        if (abort) {
            ring.pad(held.firstRingSequence(), count);
        } else {
            ring.publish(held.firstRingSequence(), count, source);
        }
        held.release();
    }

    private long publish(DirectBuffer records, int offset, int count, long stampNs, OverflowPolicy whenFull) {
        long sequence = claim(count, stampNs, whenFull);
        if (sequence > 0) {
            claim.put(records, offset);
            ring.publish(held.firstRingSequence(), count, source);
            held.release();
        }
        return sequence;
    }

    private long publishDefinition(int id, String symbol, boolean waits) {
        long sequence = waits
                ? claim(1, TickRing.NOT_MEASURED, OverflowPolicy.WAIT)
                : claimOnce(1, TickRing.NOT_MEASURED, false);
        if (sequence > 0) {
            claim.tick(0).definition(id, symbol);
            claim.commit();
        }
        return sequence;
    }

    private long claim(int count, long stampNs, OverflowPolicy whenFull) {
        long sequence = claimOnce(count, stampNs, false);
        if (sequence != BACK_PRESSURED) {
            return sequence;
        }
        if (whenFull == OverflowPolicy.DROP) {
            dropped.getAndAddRelease(count);
            return DROPPED;
        }
        idle.reset();
        while ((sequence = claimOnce(count, stampNs, false)) == BACK_PRESSURED) {
            idle.idle();
        }
        return sequence;
    }

    private long claimOnce(int count, long stampNs, boolean always) {
        if (held.count() != 0) {
            return CLAIM_HELD;
        }
        if (count < 1 || count > ring.capacity()) {
            return BAD_COUNT;
        }
        long first = ring.tryClaim(count, always);
        if (first < 0) {
            return first;
        }
        held.take(first, count, stampNs == TickRing.NOT_MEASURED ? System.nanoTime() : stampNs);
        ring.stamp(first, count, stampNs);
        claim.begin(first, count);
        return ring.sequence(first);
    }

    private long fill(long sequence) {
        if (sequence > 0) {
            claim.fillWithPadding();
        }
        return sequence;
    }
}
