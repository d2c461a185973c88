package io.tickring.engine;

import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.price.RowAge;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.PriceState;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Judges how old prices are, off the handlers' path: reads the table as any reader does and publishes a STALE for each price that has
 * outlived its time. The table's handler applies it, so that live and replay are in one state. Also tells the table the time, and the
 * status how many prices are stale. The supervisor's.
 *
 * <p>Design note: the engine's time is the wall clock's at the start and goes on with the monotonic clock, so that a clock that is set
 * makes nothing stale. No tick counts as older than it is: an age is taken at the time that was told last, and a tick that was written
 * while this thread did not come round for more than 100 ms, as when all had stood still, counts as written at the end of that, as long
 * as it is one of the newest 64 such pauses. So a price is judged late rather than early, by a pause and a round at most.
 */
final class StalenessWatch {
    /** At most so many rows and records a look, which then goes on at the supervisor's next round. */
    private static final int MAX_ROWS = 16_384;

    private static final int MAX_RECORDS = 1_024;
    private static final long SHORTEST_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKS_A_LIFE = 10;
    /** Rounds further apart than this are remembered, so many of them. */
    private static final long FAR_APART_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int REMEMBERED = 64;

    private final TimeToLive timeToLive;
    private final PriceTableWriter table;
    private final PriceTableReader prices;
    private final TickPublisher publisher;
    private final AtomicCounter stale;
    private final long periodNs;
    private final long startNs;
    private final long startEpochNs;
    private final RowAge row = new RowAge();
    private long toldNs;
    private long nextLookNs;
    private int nextId;
    private int known;
    /** By id: the ages at which the price is stale and has expired. */
    private long[] staleNs = {};

    private long[] expiredNs = {};
    /** By id: the newest judgement that was published, which the table may not have yet. */
    private long[] judgedSequence = {};

    private byte[] judgedState = {};

    /** The times told by rounds that were far apart: the earlier and the later one. */
    private final long[] pauseFromNs = new long[REMEMBERED];

    private final long[] pauseToNs = new long[REMEMBERED];
    private int pauses;

    /** @param timeToLive FOREVER where nothing is to be judged, as in a replay, whose records say it */
    StalenessWatch(EngineContext context, EngineParts parts, TimeToLive timeToLive, TickPublisher publisher) {
        this.timeToLive = timeToLive;
        this.table = parts.writer;
        this.prices = PriceTableReader.over(parts.table);
        this.stale = parts.counters.staleInstruments;
        this.publisher = publisher;
        this.periodNs =
                Math.max(SHORTEST_PERIOD_NS, Math.min(LONGEST_PERIOD_NS, timeToLive.shortestNs() / LOOKS_A_LIFE));
        this.startNs = context.nanoClock().nanoTime();
        this.startEpochNs = TimeUnit.MILLISECONDS.toNanos(context.epochClock().time());
        this.toldNs = startEpochNs;
        this.nextLookNs = startNs + periodNs;
        table.tellTime(startEpochNs);
    }

    /** One round, without waiting. */
    void look(long nowNs) {
        if (nowNs - nextLookNs >= 0 && timeToLive != TimeToLive.FOREVER && judgeSome()) {
            nextLookNs = nowNs + periodNs;
        }
        tell(startEpochNs + (nowNs - startNs));
        stale.setRelease(prices.staleInstruments());
    }

    private void tell(long epochNs) {
        if (epochNs - toldNs > FAR_APART_NS) {
            pauseFromNs[pauses % REMEMBERED] = toldNs;
            pauseToNs[pauses % REMEMBERED] = epochNs;
            pauses++;
        }
        toldNs = epochNs;
        table.tellTime(epochNs);
    }

    /** When a row was written at the latest. */
    private long writtenNs(long appliedNs) {
        for (int i = Math.min(pauses, REMEMBERED) - 1; i >= 0; i--) {
            if (pauseFromNs[i] == appliedNs) {
                return pauseToNs[i];
            }
        }
        return Math.max(appliedNs, startEpochNs);
    }

    /** Goes on with the rows where it stopped; answers whether it came to the last. */
    private boolean judgeSome() {
        learn(prices.instruments());
        int end = Math.min(known, nextId + MAX_ROWS);
        int records = 0;
        for (; nextId < end; nextId++) {
            long published = staleNs[nextId] == Long.MAX_VALUE ? 0 : judge(nextId);
            records += published == 0 ? 0 : 1;
            if (published < 0 || records > MAX_RECORDS) {
                return false;
            }
        }
        if (nextId < known) {
            return false;
        }
        nextId = 0;
        return true;
    }

    /** Answers the sequence of what was published, 0 where there was nothing to say, or a negative code. */
    private long judge(int id) {
        if (!prices.readAge(id, row) || row.sequence() == 0) {
            return 0;
        }
        PriceState state = row.state();
        if (judgedSequence[id] == row.sequence() && judgedState[id] > state.code()) {
            state = PriceState.of(judgedState[id]);
        }
        long limitNs = switch (state) {
            case LIVE -> staleNs[id];
            case STALE -> expiredNs[id];
            case EXPIRED -> Long.MAX_VALUE;
        };
        if (toldNs - Math.max(row.appliedTimeNs(), startEpochNs) < limitNs) {
            return 0;
        }
        long ageNs = toldNs - writtenNs(row.appliedTimeNs());
        if (ageNs < limitNs) {
            return 0;
        }
        long published = publisher.tryPublishStale(id, row.sequence(), state.next(), ageNs, toldNs);
        if (published > 0) {
            judgedSequence[id] = row.sequence();
            judgedState[id] = state.next().code();
        }
        return published;
    }

    private void learn(int instruments) {
        if (instruments > staleNs.length) {
            int length = Math.max(64, Math.max(instruments, 2 * staleNs.length));
            staleNs = Arrays.copyOf(staleNs, length);
            expiredNs = Arrays.copyOf(expiredNs, length);
            judgedSequence = Arrays.copyOf(judgedSequence, length);
            judgedState = Arrays.copyOf(judgedState, length);
        }
        for (; known < instruments; known++) {
            String symbol = prices.symbol(known);
            staleNs[known] = timeToLive.limitNs(symbol, PriceState.LIVE);
            expiredNs[known] = timeToLive.limitNs(symbol, PriceState.STALE);
        }
    }
}
