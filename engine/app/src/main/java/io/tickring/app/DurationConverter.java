package io.tickring.app;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time on the command line: digits and a unit, from ns to d; at most what nanoseconds in 64 bits hold. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ns|us|ms|s|m|h|d)");

    @Override
    public Duration convert(String text) {
        return parse(text);
    }

    /** @throws TypeConversionException if the text is no duration; the message shows it and says what is one. */
    public static Duration parse(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no duration: digits and one of ns, us, ms, s, m, h, d");
        }
        try {
            Duration parsed = Duration.of(Long.parseLong(duration.group(1)), unit(duration.group(2)));
            parsed.toNanos();
            return parsed;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is too long: at most 106751d");
        }
    }

    private static ChronoUnit unit(String name) {
        return switch (name) {
            case "ns" -> ChronoUnit.NANOS;
            case "us" -> ChronoUnit.MICROS;
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }
}
