package io.tickring.engine.price;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that reads the whole table a thousand times a second and counts rows that cannot be: ask ≠ bid + 1 or sizes unequal. */
final class TableReaderProcess {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private TableReaderProcess() {}

    public static void main(String[] arguments) throws Exception {
        PriceTableReader reader = PriceTableReader.map(Path.of(arguments[0]));
        int tableReads = Integer.parseInt(arguments[1]) * 1_000;
        PriceRow row = new PriceRow();
        long violations = 0;
        long rows = 0;
        long dueNs = System.nanoTime();
        for (int i = 0; i < tableReads; i++) {
            for (int id = 0; id < reader.instruments(); id++) {
                boolean whole = reader.read(id, row);
                if (!whole || row.ask() != row.bid() + 1 || row.bidSize() != row.askSize()) {
                    violations++;
                }
                rows++;
            }
            dueNs += PERIOD_NS;
            LockSupport.parkNanos(Math.max(0, dueNs - System.nanoTime()));
        }
        System.out.println("rows=" + rows + " violations=" + violations);
    }
}
