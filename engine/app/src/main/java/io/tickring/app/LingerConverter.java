package io.tickring.app;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A wait on the command line: a length of time up to a second, or 0 for none. */
final class LingerConverter implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    @Override
    public Duration convert(String text) {
        Duration linger = text.equals("0") ? Duration.ZERO : DurationConverter.parse(text);
        if (linger.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + text + "' is too long: at most 1s");
        }
        return linger;
    }
}
