package io.tickring.app;

import io.tickring.app.view.Figures;
import io.tickring.engine.FeedSummary;
import io.tickring.engine.RunSummary;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.price.TableDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * A run's summary for people.
 *
 * @param ending why the run ended, as the words after "tickring: "
 * @param errors the messages of the error log, rejected input among them
 * @param journal where the journal lies; null for none
 * @param saturated whether a feed ran as fast as it could, so that ticks queue and latency is the queue's
 * @param next what to look at now, a line each
 */
record SummaryText(
        RunSummary run, String ending, List<String> errors, String journal, boolean saturated, List<String> next) {
    private static final String ROW = "  %-12s %13s %13s %13s %11s %11s %11s";
    private static final String FIELD = "  %-12s %s";
    private static final int MOST_NOTES = 3;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "tickring: %s after %s: %s ticks, %s a second",
                ending,
                Figures.seconds(run.seconds()),
                Figures.count(run.published()),
                Figures.shortly(run.ticksPerSecond())));
        lines.add("");
        addFeeds(lines);
        addRejects(lines);
        lines.add("");
        addRecords(lines);
        lines.add("");
        addLatencies(lines);
        if (!next.isEmpty()) {
            lines.add("");
            lines.add(field("next", next.get(0)));
            next.stream().skip(1).forEach(line -> lines.add(field("", line)));
        }
        return lines;
    }

    private void addFeeds(List<String> lines) {
        lines.add(String.format(ROW, "feed", "lines", "quotes", "trades", "ignored", "rejected", "dropped"));
        run.feeds().forEach(feed -> lines.add(feedRow(feed.name(), List.of(feed))));
        if (run.feeds().size() > 1) {
            lines.add(feedRow("all", run.feeds()));
        }
    }

    private static String feedRow(String name, List<FeedSummary> feeds) {
        return String.format(
                ROW,
                name,
                sum(feeds, FeedSummary::lines),
                sum(feeds, FeedSummary::quotes),
                sum(feeds, FeedSummary::trades),
                sum(feeds, FeedSummary::ignored),
                sum(feeds, FeedSummary::rejectedLines),
                sum(feeds, FeedSummary::dropped));
    }

    private static String sum(List<FeedSummary> feeds, ToLongFunction<FeedSummary> column) {
        return Figures.count(feeds.stream().mapToLong(column).sum());
    }

    private void addRejects(List<String> lines) {
        run.rejected()
                .forEach((reason, count) ->
                        lines.add(field("rejected", Figures.count(count) + " " + reason + firstPlace(reason))));
    }

    private String firstPlace(RejectReason reason) {
        String start = reason + " ";
        return errors.stream()
                .filter(error -> error.startsWith(start))
                .findFirst()
                .map(error -> ", the first: " + error.substring(start.length()))
                .orElse("");
    }

    private void addRecords(List<String> lines) {
        lines.add(field(
                "applied",
                Figures.count(run.applied()) + " ticks; besides "
                        + Figures.count(run.definitions()) + " definitions, "
                        + Figures.count(run.padding()) + " padding, "
                        + Figures.count(run.control()) + " control"
                        + (run.skipped() == 0 ? "" : ", " + Figures.count(run.skipped()) + " skipped")));
        lines.add(field(
                "journaled",
                journal == null
                        ? "nothing, as asked"
                        : Figures.count(run.journaled()) + " ticks, " + Figures.bytes(run.journalBytes()) + " in "
                                + journal));
        lines.add(field(
                "sequences",
                run.lastSequence() < run.firstSequence()
                        ? "none"
                        : Figures.count(run.firstSequence()) + " to " + Figures.count(run.lastSequence())));
        lines.add(field("digest", TableDigest.format(run.digest())));
        if (run.figuresDigest() != null) {
            lines.add(field("figures", "digest " + TableDigest.format(run.figuresDigest())));
        }
        errors.stream()
                .filter(error -> !isReject(error))
                .limit(MOST_NOTES)
                .forEach(error -> lines.add(field("noted", error)));
    }

    private boolean isReject(String error) {
        return run.rejected().keySet().stream().anyMatch(reason -> error.startsWith(reason + " "));
    }

    private void addLatencies(List<String> lines) {
        lines.add(String.format(ROW, "latency, µs", "ticks", "p50", "p90", "p99", "p99.9", "max"));
        run.latencies().forEach((stage, latency) -> lines.add(latencyRow(stage, latency)));
        if (saturated) {
            lines.add(field("", "queueing under saturation: a feed ran as fast as it could"));
        }
    }

    private static String latencyRow(String stage, Histogram latency) {
        return String.format(
                ROW,
                stage,
                Figures.count(latency.getTotalCount()),
                Figures.micros(latency.getValueAtPercentile(50)),
                Figures.micros(latency.getValueAtPercentile(90)),
                Figures.micros(latency.getValueAtPercentile(99)),
                Figures.micros(latency.getValueAtPercentile(99.9)),
                Figures.micros(latency.getMaxValue()));
    }

    private static String field(String name, String value) {
        return String.format(FIELD, name, value).stripTrailing();
    }
}
