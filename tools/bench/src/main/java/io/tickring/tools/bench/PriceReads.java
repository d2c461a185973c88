package io.tickring.tools.bench;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The reading process beside a writer: maps a folder's price table and reads all of it 1,000 times a second, until its standard
 * input ends; then it prints what it has seen. Looks for rows in which ask is not bid + 1, or whose sizes differ.
 */
public final class PriceReads {
    static final String READY = "ready";

    private static final int WARM_UP_READS = 3_000;
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PriceTableReader table;
    private final PriceRow row = new PriceRow();
    private long reads;
    private long violations;
    private long givenUp;

    private PriceReads(PriceTableReader table) {
        this.table = table;
    }

    /**
     * What was read.
     *
     * @param reads of the full table
     * @param violations rows that broke the bond
     * @param givenUp rows that could not be had whole, because their writer was off its core in the middle of one
     */
    record Seen(long reads, long violations, long givenUp, long elapsedNs) {
        Seen plus(Seen more) {
            return new Seen(
                    reads + more.reads,
                    violations + more.violations,
                    givenUp + more.givenUp,
                    elapsedNs + more.elapsedNs);
        }

        static Seen parse(String line) {
            long[] fields =
                    Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Seen(fields[0], fields[1], fields[2], fields[3]);
        }

        String format() {
            return new StringJoiner(" ")
                    .add(Long.toString(reads))
                    .add(Long.toString(violations))
                    .add(Long.toString(givenUp))
                    .add(Long.toString(elapsedNs))
                    .toString();
        }
    }

    /** @param arguments the folder in which {@code prices} lies */
    public static void main(String[] arguments) throws IOException {
        PriceReads reads = new PriceReads(PriceTableReader.map(Path.of(arguments[0])));
        Thread reading = Thread.currentThread();
        Thread input = new Thread(() -> awaitEndOfInput(reading), "input");
        input.setDaemon(true);
        input.start();
        System.out.println(reads.run().format());
    }

    private static void awaitEndOfInput(Thread reading) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The writer's process is gone: as good as its end of output.
        }
        reading.interrupt();
    }

    private Seen run() {
        for (int i = 0; i < WARM_UP_READS; i++) {
            readAll();
        }
        System.out.println(READY);
        reads = 0;
        long startNs = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            readAll();
            LockSupport.parkNanos(startNs + reads * PERIOD_NS - System.nanoTime());
        }
        return new Seen(reads, violations, givenUp, System.nanoTime() - startNs);
    }

    private void readAll() {
        for (int id = 0; id < table.instruments(); id++) {
            if (!table.read(id, row)) {
                givenUp++;
            } else if (row.quotes() > 0 && (row.ask() != row.bid() + 1 || row.askSize() != row.bidSize())) {
                violations++;
            }
        }
        reads++;
    }
}
