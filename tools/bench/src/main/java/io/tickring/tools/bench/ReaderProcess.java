package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A second JVM that runs {@link PriceReads} on a folder's price table, from {@link #start} until {@link #stop}. */
final class ReaderProcess implements AutoCloseable {
    private final SecondJvm process;

    private ReaderProcess(SecondJvm process) {
        this.process = process;
    }

    /** Returns once the other process is warm and reads at its pace. */
    static ReaderProcess start(Path folder) throws IOException {
        SecondJvm process = SecondJvm.start(PriceReads.class, folder.toString());
        try {
            process.awaitLine(PriceReads.READY);
            return new ReaderProcess(process);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Ends the reading and answers what was read since {@link #start}. */
    PriceReads.Seen stop() throws IOException {
        process.endInput();
        return PriceReads.Seen.parse(process.awaitLine(""));
    }

    @Override
    public void close() {
        process.close();
    }

    /** What the readers of all rounds have seen. */
    static final class Totals {
        private PriceReads.Seen seen = new PriceReads.Seen(0, 0, 0, 0);

        void add(PriceReads.Seen more) {
            seen = seen.plus(more);
        }

        void requireNoViolation(String name) {
            if (seen.violations() > 0) {
                throw new BenchException(
                        "peer=" + name + " violations=" + seen.violations() + ": a reader saw a torn row");
            }
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d full-table reads, %,.0f a second of 1,000 asked; %d violations; %,d rows given up",
                    seen.reads(),
                    seen.reads() * 1e9 / seen.elapsedNs(),
                    seen.violations(),
                    seen.givenUp());
        }
    }
}
