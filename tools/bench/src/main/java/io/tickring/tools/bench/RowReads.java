package io.tickring.tools.bench;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One thread that writes the rows of a design as fast as it can, in some company: alone, beside a thread that reads rows of its own,
 * or beside readers of the same rows. Ends by the time or by the number of quotes.
 */
final class RowReads implements Peer {
    private static final int BATCH = 64;
    private static final int BATCHES_A_LOOK = 4;
    private static final double PACE = 1e6;

    /** Who is busy beside the writer. */
    enum Company {
        ALONE("alone", 0, Double.POSITIVE_INFINITY, true),
        NEIGHBOUR("busy neighbour", 1, Double.POSITIVE_INFINITY, false),
        PACED("1 M reads/s", 1, PACE, true),
        ONE("1 reader", 1, Double.POSITIVE_INFINITY, true),
        TWO("2 readers", 2, Double.POSITIVE_INFINITY, true),
        FOUR("4 readers", 4, Double.POSITIVE_INFINITY, true);

        final String label;
        final int readers;
        final double readsPerSecond;
        /** Whether they read what is written. */
        final boolean sharing;

        Company(String label, int readers, double readsPerSecond, boolean sharing) {
            this.label = label;
            this.readers = readers;
            this.readsPerSecond = readsPerSecond;
            this.sharing = sharing;
        }

        int busyThreads() {
            return 1 + readers;
        }
    }

    private final RowDesign design;
    private final Company company;
    private final Workload workload;
    private final boolean timed;
    private long givenUp;

    RowReads(RowDesign design, Company company, Workload workload) {
        this(design, company, workload, false);
    }

    /** @param timed whether the times of some reads are taken */
    RowReads(RowDesign design, Company company, Workload workload, boolean timed) {
        this.design = design;
        this.company = company;
        this.workload = workload;
        this.timed = timed;
    }

    @Override
    public String name() {
        return design.name() + ": " + company.label;
    }

    @Override
    public String remark() {
        return givenUp == 0 ? "" : String.format(Locale.ROOT, "%s: %,d rows given up", name(), givenUp);
    }

    @Override
    public PeerRun run(Path folder) {
        RowDesign.Rows rows = design.fresh().get();
        try (RowReaders readers = new RowReaders(read(rows), company.readers, company.readsPerSecond, timed)) {
            RunClock clock = RunClock.start();
            readers.begin();
            long written = write(rows, clock);
            readers.end();
            long reads = readers.reads(name());
            Lap lap = clock.stop();
            givenUp += readers.givenUp();
            ExpectedTable.unsequenced(workload).require(name(), new long[] {written}, rows.rows());
            return new PeerRun(
                    written,
                    lap,
                    company.busyThreads(),
                    0,
                    0,
                    Double.POSITIVE_INFINITY,
                    false,
                    new PeerRun.Reads(reads, company.readsPerSecond, readers.times()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("peer=" + name() + " was interrupted");
        }
    }

    /** A neighbour's rows are of the same design, and hold quotes that stay. */
    private RowDesign.Rows read(RowDesign.Rows written) {
        if (company.sharing) {
            return written;
        }
        RowDesign.Rows own = design.fresh().get();
        for (long number = 0; number < workload.sets().get(0).capacity(); number += BATCH) {
            own.write(workload.sets().get(0), number, BATCH);
        }
        return own;
    }

    private long write(RowDesign.Rows rows, RunClock clock) {
        TickSet set = workload.sets().get(0);
        long limitNs = (long) (workload.seconds() * 1e9);
        long number = 0;
        do {
            for (int batch = 0; batch < BATCHES_A_LOOK && number < workload.ticks(); batch++) {
                int count = (int) Math.min(BATCH, workload.ticks() - number);
                rows.write(set, number, count);
                number += count;
            }
        } while (number < workload.ticks() && clock.elapsedNs() < limitNs);
        return number;
    }
}
