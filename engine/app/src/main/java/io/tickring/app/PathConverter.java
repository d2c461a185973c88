package io.tickring.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path that is one: an empty one, of a variable that was never set, would be the working folder. */
public final class PathConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("'" + text + "' is empty: name a path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be a path here (" + e.getReason()
                    + "); where it has letters beyond ASCII, set LC_ALL=C.UTF-8");
        }
    }
}
