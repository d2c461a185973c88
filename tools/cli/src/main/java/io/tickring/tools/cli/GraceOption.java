package io.tickring.tools.cli;

import io.tickring.app.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** When a trade is too late for its bar. */
final class GraceOption {
    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "How long behind its end a bar still takes trades. Default: ${DEFAULT-VALUE}.")
    private Duration grace;

    Duration grace() {
        return grace;
    }
}
