package io.tickring.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** The lengths of bars, separated by commas, or {@code off}: none. */
final class BarsConverter implements ITypeConverter<List<Duration>>, Iterable<String> {
    private static final String OFF = "off";

    @Override
    public List<Duration> convert(String text) {
        return text.equals(OFF)
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(DurationConverter::parse)
                        .toList();
    }

    /** What completion offers. */
    @Override
    public Iterator<String> iterator() {
        return List.of(OFF, "1s", "1s,1m").iterator();
    }
}
