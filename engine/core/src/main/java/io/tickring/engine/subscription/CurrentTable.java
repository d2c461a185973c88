package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;

/** An engine's price table over its starts. Moved on by one thread; any may ask which it is. */
final class CurrentTable {
    private final FileLook look = new FileLook();
    private volatile PriceTableReader table;

    CurrentTable(PriceTableReader table) {
        this.table = table;
    }

    /** The one that was found last. */
    PriceTableReader table() {
        return table;
    }

    /** Looks, now and then, for the table that another start has put in the place of this one; answers whether it goes on with that. */
    boolean movesOn() throws IOException {
        if (!look.isDue()) {
            return false;
        }
        PriceTableReader before = table;
        table = before.current();
        return table != before;
    }
}
