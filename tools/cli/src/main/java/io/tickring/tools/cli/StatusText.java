package io.tickring.tools.cli;

import io.tickring.app.view.Figures;
import io.tickring.app.view.TextTable;
import io.tickring.app.view.TextTable.Column;
import io.tickring.engine.feed.FeedCounters;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader.LoggedError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A status for people: what the engine is doing, its counters with totals and rates, its errors. Remembers the last
 * sample.
 */
final class StatusText {
    private StatusSample last;
    private long lastNanoTime;

    /** The lines for {@code sample}, taken at {@code nanoTime}; rates are since the sample before, if there was one. */
    List<String> lines(StatusSample sample, long nanoTime) {
        double seconds = last == null ? 0 : (nanoTime - lastNanoTime) / 1e9;
        List<String> lines = new ArrayList<>();
        lines.add(title(sample));
        for (LoggedError error : sample.errors()) {
            lines.add("error, " + Figures.count(error.observations()) + " times, last at "
                    + Notation.isoTimeOfMs(error.lastEpochMs()) + ": " + error.message());
        }
        lines.addAll(counters(sample, seconds).lines());
        last = sample;
        lastNanoTime = nanoTime;
        return lines;
    }

    /** How an engine ended that is no longer alive. */
    static String end(StatusSample sample) {
        String engine = "the engine (pid " + sample.pid() + ") ";
        if (sample.state() == EngineState.STOPPED) {
            return engine + "ended cleanly at " + Notation.isoTimeOfMs(sample.heartbeatEpochMs());
        }
        if (sample.state() == EngineState.HALTED) {
            List<LoggedError> errors = sample.errors();
            String cause =
                    errors.isEmpty() ? "" : ": " + errors.get(errors.size() - 1).message();
            return engine + sample.stateWithReason() + " at " + Notation.isoTimeOfMs(sample.heartbeatEpochMs()) + cause;
        }
        return engine + "is gone: no heartbeat for " + seconds(sample.heartbeatAgeMs());
    }

    private static String title(StatusSample sample) {
        String age =
                sample.heartbeatAgeMs() < 1_000 ? sample.heartbeatAgeMs() + " ms" : seconds(sample.heartbeatAgeMs());
        String process = sample.processAlive() || sample.hasEnded() ? "" : " (no such process is seen here)";
        return "pid " + sample.pid() + process + ", " + sample.stateWithReason() + ", heartbeat " + age
                + " ago, started " + Notation.isoTimeOfMs(sample.startEpochMs());
    }

    private TextTable counters(StatusSample sample, double seconds) {
        boolean withRates = seconds > 0;
        TextTable table = withRates
                ? new TextTable(Column.text("counter"), Column.number("total"), Column.number("per second"))
                : new TextTable(Column.text("counter"), Column.number("total"));
        for (Map.Entry<String, Long> counter : sample.counters().entrySet()) {
            String label = counter.getKey();
            long total = counter.getValue();
            if (total == 0 && FeedCounters.rejectReason(label) != null) {
                continue;
            }
            List<String> cells = new ArrayList<>(List.of(label, Figures.count(total)));
            if (withRates) {
                long before = last.counters().getOrDefault(label, 0L);
                boolean hasRate = !sample.gauges().contains(label);
                cells.add(hasRate ? Figures.count(Math.round((total - before) / seconds)) : "");
            }
            table.add(cells);
        }
        return table;
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%,d s", ms / 1_000);
    }
}
