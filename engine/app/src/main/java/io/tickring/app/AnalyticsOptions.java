package io.tickring.app;

import io.tickring.engine.analytics.AnalyticsContext;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What figures are kept of each instrument. */
final class AnalyticsOptions {
    private static final List<String> OF_BARS = List.of("--grace", "--half-life", "--workers");

    @Option(
            names = "--bars",
            paramLabel = "TIME[,TIME...]|off",
            converter = BarsConverter.class,
            completionCandidates = BarsConverter.class,
            defaultValue = "off",
            description =
                    "Keeps, of each instrument, bars of these lengths, time-weighted spread, moving average of the"
                            + " mid, realized volatility, imbalance and volume by side, in the file bars: 1s,1m, say."
                            + " Default: ${DEFAULT-VALUE}.")
    List<Duration> bars;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "How long behind its end a bar still takes trades; older ones are late: counted, in no bar."
                    + " Default: ${DEFAULT-VALUE}.")
    Duration grace;

    @Option(
            names = "--half-life",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "When a mid counts half in the moving average. Default: ${DEFAULT-VALUE}.")
    Duration halfLife;

    @Option(
            names = "--workers",
            paramLabel = "COUNT",
            converter = CountConverter.OfInt.class,
            description = "How many handlers share the instruments. Default: one for four cores, at least one.")
    Integer workers;

    /** Names what was {@code given}, is no default, and means nothing, for no figures are kept. */
    List<String> warnings(ParseResult given) {
        if (!bars.isEmpty()) {
            return List.of();
        }
        return OF_BARS.stream()
                .filter(given::hasMatchedOption)
                .map(given::matchedOption)
                .filter(option -> !option.originalStringValues().contains(option.defaultValue()))
                .map(option -> option.longestName() + " does nothing without --bars: say what to keep, as --bars 1s,1m")
                .toList();
    }

    /** Null for no figures. */
    AnalyticsContext context() {
        if (bars.isEmpty()) {
            return null;
        }
        AnalyticsContext context =
                new AnalyticsContext().bars(bars).grace(grace).halfLife(halfLife);
        return workers == null ? context : context.workers(workers);
    }
}
