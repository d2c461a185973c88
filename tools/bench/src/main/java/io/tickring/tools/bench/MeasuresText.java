package io.tickring.tools.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** The figures of a bench without peers as a person reads them. */
final class MeasuresText {
    private static final String HEAD = "  %-44s %-11s %12s %24s %6s%n";
    private static final String ROW = "  %-44s %-11s %,12.2f %24s %6d%n";

    private final PrintWriter out;

    MeasuresText(PrintWriter out) {
        this.out = out;
    }

    void print(MeasuresResult result) {
        out.println();
        out.println(result.title());
        out.printf(HEAD, "", "unit", "median", "min - max", "tries");
        for (MeasuresResult.Row row : result.rows()) {
            Figures figures = row.figures();
            String range = String.format(Locale.ROOT, "%,.2f - %,.2f", figures.min(), figures.max());
            out.printf(Locale.ROOT, ROW, row.name(), row.unit(), figures.median(), range, figures.byRound().length);
        }
        result.notes().forEach(note -> out.println("  " + note));
        result.verdicts().forEach(verdict -> out.println("  " + verdict));
        out.flush();
    }
}
