package io.tickring.tools.cli;

import io.tickring.app.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How often a command looks again. */
final class IntervalOption {
    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Time between two looks, as 500ms or 2s (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    /** In ns, above 0. */
    long checkedNs() {
        if (interval.isZero()) {
            throw CommandException.wrongUse("--interval must be above 0");
        }
        return interval.toNanos();
    }
}
