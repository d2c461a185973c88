package io.tickring.tools.cli;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/** Prints what a subscriber is given. The thread that polls. */
final class WatchPrinter implements TickListener {
    private final WatchFormat format;
    private final LineBuffer line;
    private final BitSet asked = new BitSet();
    private final PriceRow row = new PriceRow();
    private long snapshotSequence = -1;

    WatchPrinter(WatchFormat format, LineBuffer line) throws IOException {
        this.format = format;
        this.line = line;
        format.begin(line);
    }

    @Override
    public void onInstrument(int instrumentId, String symbol) {
        asked.set(instrumentId);
        format.define(instrumentId, symbol);
    }

    @Override
    public void onTick(Tick tick) {
        print(() -> format.tick(tick, line));
    }

    @Override
    public void onRow(PriceRow changed, long folded) {
        print(() -> format.row(changed, WatchFormat.RowType.LATEST, folded, line));
    }

    @Override
    public void onState(int instrumentId, PriceState state, long sequence, long timeNs) {
        print(() -> format.state(instrumentId, state, sequence, timeNs, line));
    }

    @Override
    public void onMissed(long first, long last, MissedCause cause) {
        print(() -> format.missed(first, last, cause, line));
    }

    @Override
    public void onSnapshot(PriceTableReader table, long sequence) {
        snapshotSequence = sequence;
        print(() -> printRows(table));
    }

    private void printRows(PriceTableReader table) throws IOException {
        for (int id = asked.nextSetBit(0); id >= 0; id = asked.nextSetBit(id + 1)) {
            if (table.read(id, row) && row.sequence() > 0) {
                format.row(row, WatchFormat.RowType.SNAPSHOT, 0, line);
            }
        }
    }

    /** Of the snapshot that was printed; -1 for none. */
    long snapshotSequence() {
        return snapshotSequence;
    }

    /** Sends what is printed so far to whoever reads it. */
    void flush() throws IOException {
        line.flush();
    }

    /** Writes a line. */
    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    private static void print(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
