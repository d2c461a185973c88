package io.tickring.tools.cli;

import io.tickring.engine.journaling.JournalRange.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A place in a journal on the command line: bare digits are a sequence, ISO-8601 with Z is a time with up to nine
 * decimals.
 */
final class PositionConverter implements ITypeConverter<Position> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    @Override
    public Position convert(String text) {
        return DIGITS.matcher(text).matches() ? sequence(text) : time(text);
    }

    private static Position sequence(String text) {
        try {
            return Position.sequence(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no sequence: at most " + Long.MAX_VALUE);
        }
    }

    private static Position time(String text) {
        try {
            if (text.endsWith("Z")) {
                Instant time = Instant.parse(text);
                long seconds = Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L);
                return Position.time(Math.addExact(seconds, time.getNano()));
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is neither a sequence (digits) nor a time from 1678 to 2261"
                + " (as 2024-08-08T23:54:15Z, with up to nine decimals)");
    }
}
