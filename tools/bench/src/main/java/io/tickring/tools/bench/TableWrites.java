package io.tickring.tools.bench;

import io.tickring.engine.price.PriceTableHandler;
import java.io.IOException;
import java.nio.file.Path;

/** One thread that writes the mapped price table as fast as it can, alone or beside a second JVM that reads all of it. */
final class TableWrites implements Peer {
    private static final int BATCH = 64;

    private final String name;
    private final Workload workload;
    private final boolean beside;
    private final ReaderProcess.Totals totals = new ReaderProcess.Totals();

    /** @param beside whether another process reads the table meanwhile */
    TableWrites(String name, Workload workload, boolean beside) {
        this.name = name;
        this.workload = workload;
        this.beside = beside;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PeerRun run(Path folder) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        Lap lap;
        if (beside) {
            try (ReaderProcess reader = ReaderProcess.start(folder)) {
                lap = write(table);
                totals.add(reader.stop());
            }
            totals.requireNoViolation(name);
        } else {
            lap = write(table);
        }
        ExpectedTable.unsequenced(workload).require(name, new long[] {workload.ticks()}, TableRows.of(table.reader()));
        return PeerRun.unjournaled(workload.ticks(), lap, beside ? 2 : 1);
    }

    @Override
    public String remark() {
        return beside ? name + ": " + totals : "";
    }

    private Lap write(PeerTable table) {
        TickSet set = workload.sets().get(0);
        PriceTableHandler stage = table.stage();
        RunClock clock = RunClock.start();
        for (long number = 0; number < workload.ticks(); number += BATCH) {
            int count = (int) Math.min(BATCH, workload.ticks() - number);
            stage.onBatch(set.records(), set.offset(number), TickSet.FIRST_TICK_SEQUENCE + number, count);
        }
        return clock.stop();
    }
}
