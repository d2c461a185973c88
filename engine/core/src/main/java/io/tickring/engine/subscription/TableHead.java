package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.util.function.LongSupplier;

/** The newest sequence that an engine of another process has applied, over its starts. Any thread. */
final class TableHead implements LongSupplier {
    private final CurrentTable current;

    /** @param table null where there is none: then nothing is known to be newer */
    TableHead(PriceTableReader table) {
        this.current = table == null ? null : new CurrentTable(table);
    }

    @Override
    public synchronized long getAsLong() {
        if (current == null) {
            return 0;
        }
        try {
            current.movesOn();
        } catch (IOException goneForNow) {
            // What was found last is still the newest that is known.
        }
        return current.table().appliedSequence();
    }
}
