package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** One thread that writes the mapped price table as fast as it can, alone or beside a second JVM that reads all of it. */
final class TableWrites implements Contender {
    private static final int BATCH = 64;

    private final String name;
    private final TickSet set;
    private final long ticks;
    private final boolean beside;
    private final ReaderProcess.Totals totals = new ReaderProcess.Totals();

    /** @param beside whether another process reads the table meanwhile */
    TableWrites(String name, TickSet set, long ticks, boolean beside) {
        this.name = name;
        this.set = set;
        this.ticks = ticks;
        this.beside = beside;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome run(Path folder) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        if (!beside) {
            return table.outcome(name, ticks, write(table));
        }
        long elapsedNs;
        try (ReaderProcess reader = ReaderProcess.start(folder)) {
            elapsedNs = write(table);
            totals.add(reader.stop());
        }
        totals.requireNoViolation(name);
        return table.outcome(name, ticks, elapsedNs);
    }

    @Override
    public String remark() {
        return beside ? name + ": " + totals : "";
    }

    private long write(PeerTable table) {
        long startNs = System.nanoTime();
        for (long number = 0; number < ticks; number += BATCH) {
            int count = (int) Math.min(BATCH, ticks - number);
            table.handler.onBatch(set.records(), set.offset(number), TickSet.FIRST_TICK_SEQUENCE + number, count);
        }
        return System.nanoTime() - startNs;
    }
}
