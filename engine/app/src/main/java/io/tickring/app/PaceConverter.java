package io.tickring.app;

import io.tickring.engine.feed.PaceClock;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast a recording runs, on the command line: {@code max}, which is {@link PaceClock#MAX}, or N times its own
 * speed as {@code Nx}.
 */
public final class PaceConverter implements ITypeConverter<Double> {
    private static final Pattern TIMES = Pattern.compile("[0-9]+(\\.[0-9]+)?x");

    @Override
    public Double convert(String text) {
        return parse(text);
    }

    /** @throws TypeConversionException if the text is no pace; the message shows it and says what is one. */
    public static double parse(String text) {
        if (text.equals("max")) {
            return PaceClock.MAX;
        }
        double speed = TIMES.matcher(text).matches() ? Double.parseDouble(text.substring(0, text.length() - 1)) : 0;
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new TypeConversionException(
                    "'" + text + "' is no pace: max, or N times the recorded speed as 1x, 0.5x, 10x");
        }
        return speed;
    }
}
