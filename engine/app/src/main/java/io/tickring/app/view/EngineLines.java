package io.tickring.app.view;

import io.tickring.app.view.TextTable.Column;
import io.tickring.engine.feed.FeedCounters;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StageLatency;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusReader.LoggedError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An engine's figures out of its counters: rates, ring, journal, rejects, percentiles by stage. One thread's. */
final class EngineLines {
    private static final String NONE = "-";

    private final StatusReader status;
    private Map<String, Long> last = Map.of();

    EngineLines(StatusReader status) {
        this.status = status;
    }

    /** The lines for now. @param seconds since the lines before; 0 for the first time, when there is no rate */
    List<String> next(double seconds) {
        Map<String, Long> counters = status.counters();
        List<String> lines = new ArrayList<>(figures(counters, seconds).lines());
        lines.add("");
        lines.addAll(latencies(counters).lines());
        String rejects = rejects(counters);
        if (!rejects.isEmpty()) {
            lines.add("rejected: " + rejects);
        }
        List<LoggedError> errors = status.errors();
        if (!errors.isEmpty()) {
            lines.add("error: " + errors.get(errors.size() - 1).message());
        }
        last = counters;
        return lines;
    }

    private TextTable figures(Map<String, Long> counters, double seconds) {
        TextTable table = new TextTable(
                Column.number("ticks/s"),
                Column.number("quotes/s"),
                Column.number("trades/s"),
                Column.number("ticks"),
                Column.number("ring %"),
                Column.number("journal MB/s"),
                Column.number("rejected"),
                Column.number("dropped"));
        double quotes = perSecond(counters, EngineCounters.QUOTES, seconds);
        double trades = perSecond(counters, EngineCounters.TRADES, seconds);
        double megabytes = perSecond(counters, EngineCounters.JOURNAL_BYTES, seconds) / 1e6;
        table.add(List.of(
                rate(quotes + trades, seconds),
                rate(quotes, seconds),
                rate(trades, seconds),
                Figures.count(value(counters, EngineCounters.QUOTES) + value(counters, EngineCounters.TRADES)),
                oneDecimal(100.0
                        * value(counters, EngineCounters.RING_DEPTH)
                        / Math.max(1, value(counters, EngineCounters.RING_CAPACITY))),
                seconds > 0 ? oneDecimal(megabytes) : NONE,
                Figures.count(sum(counters, true)),
                Figures.count(sum(counters, false))));
        return table;
    }

    private static TextTable latencies(Map<String, Long> counters) {
        TextTable table = new TextTable(
                Column.text("stage, µs"), Column.number("50 %"), Column.number("99 %"), Column.number("max"));
        for (String label : counters.keySet()) {
            String stage = StageLatency.stageOf(label);
            if (stage != null && label.equals(StageLatency.label(stage, "p50"))) {
                table.add(List.of(
                        stage,
                        micros(counters, StageLatency.label(stage, "p50")),
                        micros(counters, StageLatency.label(stage, "p99")),
                        micros(counters, StageLatency.label(stage, "max"))));
            }
        }
        return table;
    }

    /** As {@code MALFORMED_LINE 12, TOO_PRECISE 3}; empty where nothing is rejected. */
    private static String rejects(Map<String, Long> counters) {
        Map<String, Long> byReason = new TreeMap<>();
        counters.forEach((label, count) -> {
            String reason = FeedCounters.rejectReason(label);
            if (reason != null && count > 0) {
                byReason.merge(reason, count, Long::sum);
            }
        });
        List<String> reasons = new ArrayList<>();
        byReason.forEach((reason, count) -> reasons.add(reason + " " + Figures.count(count)));
        return String.join(", ", reasons);
    }

    private static long sum(Map<String, Long> counters, boolean rejected) {
        return counters.entrySet().stream()
                .filter(counter -> rejected
                        ? FeedCounters.rejectReason(counter.getKey()) != null
                        : FeedCounters.isDropped(counter.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private double perSecond(Map<String, Long> counters, String label, double seconds) {
        return seconds > 0 ? (value(counters, label) - value(last, label)) / seconds : 0;
    }

    private static String rate(double perSecond, double seconds) {
        return seconds > 0 ? Figures.count(Math.round(perSecond)) : NONE;
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String micros(Map<String, Long> counters, String label) {
        long ns = value(counters, label);
        return ns == 0 ? NONE : Figures.shortMicros(ns);
    }

    private static long value(Map<String, Long> counters, String label) {
        return counters.getOrDefault(label, 0L);
    }
}
