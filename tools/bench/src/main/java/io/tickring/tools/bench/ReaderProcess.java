package io.tickring.tools.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A second JVM that runs {@link PriceReads} on a folder's price table, from {@link #start} until {@link #stop}. */
final class ReaderProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ReaderProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Returns once the other process is warm and reads at its pace. */
    static ReaderProcess start(Path folder) throws IOException {
        ReaderProcess reader = new ReaderProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-exports",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PriceReads.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            reader.require(PriceReads.READY);
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Ends the reading and answers what was read since {@link #start}. */
    PriceReads.Seen stop() throws IOException {
        process.getOutputStream().close();
        String line = output.readLine();
        if (line == null) {
            throw new BenchException("reader=" + process.pid() + ": the reading process ended without a result");
        }
        return PriceReads.Seen.parse(line);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void require(String expected) throws IOException {
        String line = output.readLine();
        if (!expected.equals(line)) {
            throw new BenchException(
                    "reader=" + process.pid() + " said=" + line + ": the reading process did not start");
        }
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
