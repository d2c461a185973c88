package io.tickring.engine.status;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The HdrHistogram log of one run, format 1.3: an interval histogram for each stage, tagged with the stage's name, in ns. Its
 * head states, in comments as {@code #[Machine: 2 cores]}, what was measured and under which conditions. Other tools read it as
 * it grows. Used by the supervisor's thread.
 */
public final class LatencyLog implements AutoCloseable {
    private final List<StageLatency> stages;
    private final HistogramLogWriter log;

    private LatencyLog(List<StageLatency> stages, HistogramLogWriter log) {
        this.stages = stages;
        this.log = log;
    }

    /**
     * Begins a log in {@code file}.
     *
     * @param conditions by name; each becomes one comment line.
     */
    public static LatencyLog open(
            Path file, List<StageLatency> stages, long startEpochMs, Map<String, String> conditions)
            throws IOException {
        HistogramLogWriter log;
        try {
            log = new HistogramLogWriter(new PrintStream(file.toFile(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            throw new IOException("file=" + file + " cannot be written: " + e.getMessage(), e);
        }
        log.outputComment("[Tickring: time from a tick's claim to the end of the stage's batch, in ns]");
        conditions.forEach(
                (name, value) -> log.outputComment("[" + name + ": " + value.replaceAll("\\p{Cntrl}", " ") + "]"));
        log.outputLogFormatVersion();
        log.outputStartTime(startEpochMs);
        log.setBaseTime(startEpochMs);
        log.outputLegend();
        return new LatencyLog(stages, log);
    }

    /** For an engine without a data folder: samples and writes nowhere. */
    public static LatencyLog inMemory(List<StageLatency> stages) {
        return new LatencyLog(stages, null);
    }

    /** Samples every stage; a stage that saw nothing leaves no line. */
    public void sample() {
        for (StageLatency stage : stages) {
            Histogram interval = stage.sample();
            if (log != null && interval.getTotalCount() > 0) {
                log.outputIntervalHistogram(interval);
            }
        }
    }

    /** Samples what is left and ends the log. */
    @Override
    public void close() {
        sample();
        if (log != null) {
            log.close();
        }
    }
}
