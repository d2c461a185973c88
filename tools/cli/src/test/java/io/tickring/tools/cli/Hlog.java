package io.tickring.tools.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** A latency log as a test wants it: intervals of values in ns, times in ms since the log's start. */
final class Hlog implements AutoCloseable {
    static final long START_MS = 1_723_161_255_088L;

    private final HistogramLogWriter writer;
    private final Path file;

    private Hlog(Path file, HistogramLogWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /** @param comments between {@code #[} and {@code ]} */
    static Hlog create(Path file, String... comments) {
        try {
            HistogramLogWriter writer =
                    new HistogramLogWriter(new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
            for (String comment : comments) {
                writer.outputComment("[" + comment + "]");
            }
            writer.outputLogFormatVersion();
            writer.outputStartTime(START_MS);
            writer.setBaseTime(START_MS);
            writer.outputLegend();
            return new Hlog(file, writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    Hlog interval(String tag, long fromMs, long toMs, long... valuesNs) {
        Histogram histogram = new Histogram(3);
        for (long value : valuesNs) {
            histogram.recordValue(value);
        }
        histogram.setTag(tag);
        histogram.setStartTimeStamp(START_MS + fromMs);
        histogram.setEndTimeStamp(START_MS + toMs);
        writer.outputIntervalHistogram(histogram);
        return this;
    }

    /** Each whole number from one to the other. */
    static long[] values(long first, long last) {
        return LongStream.rangeClosed(first, last).toArray();
    }

    @Override
    public void close() {
        writer.close();
    }
}
