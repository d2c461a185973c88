package io.tickring.app;

import io.tickring.engine.journaling.Durability;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When the journal is forced to the disk, on the command line: {@code process}, {@code interval:10ms} or {@code block}. */
final class DurabilityConverter implements ITypeConverter<Durability>, Iterable<String> {
    private static final String INTERVAL = "interval:";

    @Override
    public Durability convert(String text) {
        if (text.startsWith(INTERVAL)) {
            try {
                return Durability.interval(DurationConverter.parse(text.substring(INTERVAL.length())));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "': the time must be above 0");
            }
        }
        return switch (text) {
            case "process" -> Durability.PROCESS;
            case "block" -> Durability.BLOCK;
            default ->
                throw new TypeConversionException(
                        "'" + text + "' is none of process, interval:TIME as interval:10ms, block");
        };
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("process", INTERVAL + "10ms", "block").iterator();
    }
}
