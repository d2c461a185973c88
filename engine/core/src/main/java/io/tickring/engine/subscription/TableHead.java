package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.util.function.LongSupplier;

/** The newest sequence that an engine of another process has applied, over its starts. One thread's. */
final class TableHead implements LongSupplier {
    private final FileLook look = new FileLook();
    private PriceTableReader table;

    /** @param table null where there is none: then nothing is known to be newer */
    TableHead(PriceTableReader table) {
        this.table = table;
    }

    @Override
    public long getAsLong() {
        if (table == null) {
            return 0;
        }
        try {
            table = look.isDue() ? table.current() : table;
        } catch (IOException goneForNow) {
            look.hurry();
        }
        return table.appliedSequence();
    }
}
