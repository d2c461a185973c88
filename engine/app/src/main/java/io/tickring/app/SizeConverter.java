package io.tickring.app;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An amount of bytes on the command line, as 512MiB, 2GB or 1000000; {@code off} is 0. */
final class SizeConverter implements ITypeConverter<Long>, Iterable<String> {
    private static final String OFF = "off";
    private static final Pattern SIZE = Pattern.compile("([0-9]+)(|B|kB|MB|GB|KiB|MiB|GiB)");

    @Override
    public Long convert(String text) {
        if (text.equals(OFF)) {
            return 0L;
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no size: digits and kB, MB, GB, KiB, MiB or GiB, as 512MiB; or off");
        }
        long unit = switch (size.group(2)) {
            case "kB" -> 1_000;
            case "MB" -> 1_000_000;
            case "GB" -> 1_000_000_000;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1;
        };
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is too large: at most " + Long.MAX_VALUE + " bytes");
        }
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("512MiB", "2GiB", OFF).iterator();
    }
}
