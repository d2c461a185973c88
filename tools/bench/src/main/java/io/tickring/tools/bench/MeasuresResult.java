package io.tickring.tools.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a bench without peers has found: named figures, each in its own unit.
 *
 * @param title with the conditions that the rows share
 * @param notes what is included and what is not
 * @param verdicts whether its marks were met, a line each
 */
record MeasuresResult(String name, String title, List<Row> rows, List<String> notes, List<String> verdicts) {
    /**
     * A figure, by round or by try.
     *
     * @param unit as it is printed, {@code ms} for example
     */
    record Row(String name, String unit, Figures figures) {}

    /** A line of the verdicts. */
    static String verdict(boolean met, String what) {
        return String.format(Locale.ROOT, "%-10s %s", met ? "MET" : "NOT MET", what);
    }
}
