package io.tickring.app;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** After what time without a read a reader is named, on the command line: a length of time, or {@code off}, the longest there is. */
final class IdleLimitConverter implements ITypeConverter<Duration>, Iterable<String> {
    private static final String OFF = "off";
    private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

    @Override
    public Duration convert(String text) {
        try {
            return text.equals(OFF) ? NEVER : DurationConverter.parse(text);
        } catch (TypeConversionException e) {
            throw new TypeConversionException(e.getMessage() + "; or off");
        }
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("10s", "1m", OFF).iterator();
    }
}
