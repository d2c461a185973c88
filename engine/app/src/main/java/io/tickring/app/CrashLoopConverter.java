package io.tickring.app;

import io.tickring.engine.CrashLoop;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many failed runs are too many, on the command line: {@code 5/10m}, or {@code off}, which is null. */
final class CrashLoopConverter implements ITypeConverter<CrashLoop>, Iterable<String> {
    private static final String OFF = "off";
    private static final Pattern LIMIT = Pattern.compile("([1-9][0-9]{0,5})/(.+)");

    @Override
    public CrashLoop convert(String text) {
        if (text.equals(OFF)) {
            return null;
        }
        Matcher limit = LIMIT.matcher(text);
        if (!limit.matches()) {
            throw new TypeConversionException("'" + text + "' is neither off nor a number and a time as 5/10m");
        }
        try {
            return new CrashLoop(Integer.parseInt(limit.group(1)), DurationConverter.parse(limit.group(2)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': the time must be above 0");
        }
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("5/10m", OFF).iterator();
    }
}
