package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The symbols of instruments that were defined before a subscriber came, out of the price table. */
final class SymbolLookup {
    private static final long MAX_WAIT_NS = TimeUnit.SECONDS.toNanos(1);

    private PriceTableReader table;
    private boolean gaveUp;

    /** @param table null where there is none: the stream then brings all definitions */
    SymbolLookup(PriceTableReader table) {
        this.table = table;
    }

    /**
     * The symbol of an instrument that the record with {@code sequence} speaks of, or null where it was never defined. Waits a little
     * for a table that does not hold the record yet.
     */
    String of(int instrumentId, long sequence) {
        gaveUp = false;
        if (table == null) {
            return null;
        }
        long startNs = System.nanoTime();
        while (instrumentId >= table.instruments() && table.appliedSequence() < sequence && !gaveUp) {
            Thread.yield();
            lookForAnother();
            gaveUp = System.nanoTime() - startNs >= MAX_WAIT_NS;
        }
        return instrumentId < table.instruments() ? table.symbol(instrumentId) : null;
    }

    /** Whether the table had not come to the record when the last question was answered with null: there may be a symbol. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Looks at the table that is there now. */
    void refresh() {
        if (table != null) {
            lookForAnother();
        }
    }

    private void lookForAnother() {
        try {
            table = table.current();
        } catch (IOException goneForNow) {
            Thread.onSpinWait();
        }
    }
}
