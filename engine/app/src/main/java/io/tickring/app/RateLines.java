package io.tickring.app;

import io.tickring.app.view.Figures;
import io.tickring.engine.Engine;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StageLatency;
import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusReader.ReportedState;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What a running engine did in the last second, one line each, with a heading now and then. One thread. */
final class RateLines implements Narration {
    private static final long LINE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int LINES_PER_HEADING = 20;
    private static final String FIGURES = "%8s %11s %15s %7s %7s";
    private static final String LATENCIES = " | %7s %7s %7s";
    private static final String LATENCY_STAGE = " | %-23s";

    private final Engine engine;
    private final PrintWriter err;
    private final long startNs;
    private long dueNs;
    private ReportedState lastState = new ReportedState(EngineState.RUNNING, null);
    private long lines;
    private long lastNs;
    private long lastTicks;
    private long lastBytes;

    RateLines(Engine engine, PrintWriter err, long nowNs) {
        this.engine = engine;
        this.err = err;
        this.startNs = nowNs;
        this.dueNs = nowNs + LINE_NS;
        this.lastNs = nowNs;
        this.lastTicks = engine.counters().published();
        this.lastBytes = engine.counters().journalBytes.get();
    }

    @Override
    public long dueNs() {
        return dueNs;
    }

    @Override
    public void next(long nowNs) {
        String news = news();
        if (news != null) {
            err.println(OneLineErrors.line(news));
        }
        err.println(line(nowNs));
        dueNs = Math.max(dueNs, nowNs - LINE_NS / 2) + LINE_NS;
    }

    @Override
    public void close() {}

    /** The line for the time since the last one, with the heading above it where one is due. */
    String line(long nowNs) {
        EngineCounters counters = engine.counters();
        long ticks = counters.published();
        long bytes = counters.journalBytes.get();
        double seconds = Math.max(1, nowNs - lastNs) / 1e9;
        String line = String.format(
                FIGURES,
                Math.round((nowNs - startNs) / 1e9),
                Figures.count(Math.round((ticks - lastTicks) / seconds)),
                Figures.count(ticks),
                percent(engine.ringDepth(), counters.ringCapacity.get()),
                String.format(Locale.ROOT, "%.1f", (bytes - lastBytes) / seconds / 1e6));
        lastNs = nowNs;
        lastTicks = ticks;
        lastBytes = bytes;
        return (lines++ % LINES_PER_HEADING == 0 ? heading() : "") + line + latencies();
    }

    /** That the engine has become degraded, and why, or that it runs again; null where nothing has changed. */
    String news() {
        ReportedState state = engine.status().reported();
        if (state.equals(lastState)) {
            return null;
        }
        lastState = state;
        if (state.reason() == null) {
            return state.state() == EngineState.RUNNING ? "running again" : null;
        }
        String cause = state.reason() + ": ";
        return state.state().name().toLowerCase(Locale.ROOT) + ": "
                + engine.status().errors().stream()
                        .map(LoggedError::message)
                        .filter(message -> message.startsWith(cause))
                        .reduce((earlier, later) -> later)
                        .orElse(state.reason());
    }

    private String heading() {
        StringBuilder stages = new StringBuilder(String.format(FIGURES, "", "", "", "", ""));
        StringBuilder columns =
                new StringBuilder(String.format(FIGURES, "seconds", "ticks/s", "ticks", "ring %", "MB/s"));
        for (StageLatency latency : engine.latencies()) {
            stages.append(String.format(LATENCY_STAGE, latency.stage() + ", µs"));
            columns.append(String.format(LATENCIES, "p50", "p99", "max"));
        }
        String end = System.lineSeparator();
        return stages.toString().stripTrailing() + end + columns + end;
    }

    private String latencies() {
        StringBuilder line = new StringBuilder();
        for (StageLatency stage : engine.latencies()) {
            Histogram latency = stage.lastInterval();
            line.append(
                    latency == null || latency.getTotalCount() == 0
                            ? String.format(LATENCIES, "-", "-", "-")
                            : String.format(
                                    LATENCIES,
                                    Figures.shortMicros(latency.getValueAtPercentile(50)),
                                    Figures.shortMicros(latency.getValueAtPercentile(99)),
                                    Figures.shortMicros(latency.getMaxValue())));
        }
        return line.toString();
    }

    private static String percent(long depth, long capacity) {
        return String.format(Locale.ROOT, "%.1f", 100.0 * depth / Math.max(1, capacity));
    }
}
