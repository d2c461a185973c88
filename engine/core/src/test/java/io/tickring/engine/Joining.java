package io.tickring.engine;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.RebuiltTable;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.agrona.concurrent.BackoffIdleStrategy;

/** A subscriber that joins anywhere, keeps a table of its own and notes what that is at the places of checkpoints. One thread's. */
final class Joining implements TickListener {
    static final long INTERVAL = 2_048;
    static final int INSTRUMENTS = 8_192;

    private static final long DEADLINE_NS = 60_000_000_000L;

    /** What the table was after the record with {@code sequence}. */
    record Mark(long sequence, long digest, long checksum) {
        static Mark parse(String line) {
            String[] words = line.split(" ");
            return new Mark(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        String line() {
            return sequence + " " + digest + " " + checksum;
        }
    }

    private final RebuiltTable table = new RebuiltTable(INSTRUMENTS);
    private final List<Mark> marks = new ArrayList<>();
    private Subscription subscription;
    private long nextMark = -1;
    private long last;

    private Joining() {}

    /** Joins, follows over {@code count} checkpoints, and leaves. */
    static List<Mark> marks(Function<TickListener, Subscription> subscribe, int count, SplittableRandom random) {
        Joining joining = new Joining();
        int limit = 1 + random.nextInt(4_096);
        BackoffIdleStrategy idle = new BackoffIdleStrategy(10, 10, 1_000, 100_000);
        long startNs = System.nanoTime();
        try (Subscription subscription = subscribe.apply(joining)) {
            joining.subscription = subscription;
            while (joining.marks.size() < count) {
                int given = subscription.poll(limit);
                if (given == Subscription.ENDED || System.nanoTime() - startNs > DEADLINE_NS) {
                    throw new AssertionError(
                            subscription.endReason() + " at " + subscription.position() + " of "
                                    + subscription.lagRecords() + " behind",
                            subscription.failure());
                }
                idle.idle(given);
            }
        }
        return joining.marks;
    }

    @Override
    public void onSnapshot(PriceTableReader prices, long sequence) {
        if (nextMark >= 0) {
            throw new AssertionError("a second snapshot, at " + sequence);
        }
        table.snapshot(prices);
        nextMark = (sequence + INTERVAL - 1) / INTERVAL * INTERVAL;
        last = sequence;
    }

    @Override
    public void onInstrument(int instrumentId, String symbol) {
        if (nextMark >= 0) {
            long sequence = subscription.position() + 1;
            come(sequence);
            table.define(instrumentId, symbol, sequence);
        }
    }

    @Override
    public void onTick(Tick tick) {
        come(tick.sequence());
        table.tick(tick);
    }

    @Override
    public void onState(int instrumentId, PriceState state, long sequence, long timeNs) {
        come(sequence);
        table.state(instrumentId, state, sequence);
    }

    @Override
    public void onMissed(long first, long lastMissed, MissedCause cause) {
        throw new AssertionError("missed " + first + " to " + lastMissed + ": " + cause);
    }

    @Override
    public void onRow(PriceRow row, long folded) {
        throw new AssertionError("a row at " + row.sequence());
    }

    private void come(long sequence) {
        if (nextMark < 0 || sequence <= last) {
            throw new AssertionError("sequence=" + sequence + " behind " + last + ", snapshot " + (nextMark >= 0));
        }
        for (; nextMark < sequence; nextMark += INTERVAL) {
            marks.add(new Mark(nextMark, table.digest(), table.checksum()));
        }
        last = sequence;
    }
}
