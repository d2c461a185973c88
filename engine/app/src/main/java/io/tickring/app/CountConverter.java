package io.tickring.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A count on the command line: digits, and k, m or g for thousands, millions or thousands of millions. Exact or
 * refused.
 */
public final class CountConverter implements ITypeConverter<Long> {
    private static final Pattern COUNT = Pattern.compile("([0-9]+)([kmg]?)");

    @Override
    public Long convert(String text) {
        return parse(text);
    }

    /** @throws TypeConversionException if the text is no count; the message shows it and says what is one. */
    public static long parse(String text) {
        Matcher count = COUNT.matcher(text);
        if (!count.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no count: digits, and k, m or g for 10^3, 10^6 or 10^9");
        }
        long unit = switch (count.group(2)) {
            case "k" -> 1_000;
            case "m" -> 1_000_000;
            case "g" -> 1_000_000_000;
            default -> 1;
        };
        try {
            return Math.multiplyExact(Long.parseLong(count.group(1)), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is too large: at most " + Long.MAX_VALUE);
        }
    }

    /** A count that must fit 32 bits. */
    public static final class OfInt implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            long count = parse(text);
            if (count > Integer.MAX_VALUE) {
                throw new TypeConversionException("'" + text + "' is too large: at most " + Integer.MAX_VALUE);
            }
            return (int) count;
        }
    }
}
