package io.tickring.app;

import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How often a snapshot is taken, on the command line: a count of ticks, or {@code off}, which is 0. */
final class SnapshotConverter implements ITypeConverter<Long>, Iterable<String> {
    private static final String OFF = "off";

    @Override
    public Long convert(String text) {
        if (text.equals(OFF)) {
            return 0L;
        }
        long count = CountConverter.parse(text);
        if (count == 0) {
            throw new TypeConversionException("'" + text + "': above 0, or off");
        }
        return count;
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("10m", OFF).iterator();
    }
}
