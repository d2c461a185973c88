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
 * it grows. What the disk does not take is told once and leaves the engine as it is. Used by the supervisor's thread.
 */
public final class LatencyLog implements AutoCloseable {
    private final List<StageLatency> stages;
    private final PrintStream out;
    private final HistogramLogWriter log;
    private final Runnable failed;
    private boolean hasFailed;

    private LatencyLog(List<StageLatency> stages, PrintStream out, Runnable failed) {
        this.stages = stages;
        this.out = out;
        this.log = out == null ? null : new HistogramLogWriter(out);
        this.failed = failed;
    }

    /**
     * Begins a log in {@code file}.
     *
     * @param conditions by name; each becomes one comment line.
     * @param failed told once, when the file has not taken all that was written
     */
    public static LatencyLog open(
            Path file, List<StageLatency> stages, long startEpochMs, Map<String, String> conditions, Runnable failed)
            throws IOException {
        PrintStream out;
        try {
            out = new PrintStream(file.toFile(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new IOException("file=" + file + " cannot be written: " + e.getMessage(), e);
        }
        LatencyLog latencyLog = new LatencyLog(stages, out, failed);
        latencyLog.begin(startEpochMs, conditions);
        return latencyLog;
    }

    private void begin(long startEpochMs, Map<String, String> conditions) {
        log.outputComment("[Tickring: time from a tick's claim to the end of the stage's batch, in ns]");
        conditions.forEach(
                (name, value) -> log.outputComment("[" + name + ": " + value.replaceAll("\\p{Cntrl}", " ") + "]"));
        log.outputLogFormatVersion();
        log.outputStartTime(startEpochMs);
        log.setBaseTime(startEpochMs);
        log.outputLegend();
        tellOfFailure();
    }

    /** For an engine without a data folder: samples and writes nowhere. */
    public static LatencyLog inMemory(List<StageLatency> stages) {
        return new LatencyLog(stages, null, () -> {});
    }

    /** Samples every stage; a stage that saw nothing leaves no line. */
    public void sample() {
        for (StageLatency stage : stages) {
            Histogram interval = stage.sample();
            if (log != null && interval.getTotalCount() > 0) {
                log.outputIntervalHistogram(interval);
            }
        }
        tellOfFailure();
    }

    /** Samples what is left and ends the log. */
    @Override
    public void close() {
        sample();
        if (log != null) {
            log.close();
            tellOfFailure();
        }
    }

    private void tellOfFailure() {
        if (out != null && !hasFailed && out.checkError()) {
            hasFailed = true;
            failed.run();
        }
    }
}
