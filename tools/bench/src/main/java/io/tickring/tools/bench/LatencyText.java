package io.tickring.tools.bench;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** The ladder as a person reads it on standard output: a table for each series, then what the marks say. */
final class LatencyText {
    private static final String HEAD = "  %14s %10s %10s %10s %10s %10s %10s   %-22s %s%n";
    private static final String ROW = "  %,14.0f %10.2f %10.2f %10.2f %10.2f %10.2f %10.2f   %-22s %s%n";

    private final PrintWriter out;

    LatencyText(PrintWriter out) {
        this.out = out;
    }

    void print(LatencyResult result, OsJitter jitter) {
        out.println();
        out.println(title(result));
        result.series().forEach(series -> series(result, series));
        out.println();
        out.println("  " + medians(result));
        out.println("  OS jitter  " + jitter);
        LatencyBench.NOTES.forEach(note -> out.println("  " + note));
        result.verdicts().forEach(verdict -> out.println("  " + verdict));
        out.flush();
    }

    static String title(LatencyResult result) {
        return String.format(
                Locale.ROOT,
                "latency: ticks at a fixed rate, each from the time it was due, µs; %.1f s a rung",
                result.seconds());
    }

    static String medians(LatencyResult result) {
        return String.format(
                Locale.ROOT,
                "Medians of %d rounds, interleaved at each rate; 1st is: this row's p50 and p99 are so many times the first table's.",
                result.rounds());
    }

    private void series(LatencyResult result, LatencySeries series) {
        out.println();
        out.println("  " + series.name());
        out.printf(HEAD, "ticks/s", "50", "90", "99", "99.9", "99.99", "worst", "99: min - max", "1st is (p50, p99)");
        for (LatencyRow row : series.rows()) {
            Object[] columns = new Object[LatencyRow.PERCENTILES.size() + 3];
            columns[0] = row.ticksPerSecond();
            int column = 1;
            for (double percentile : LatencyRow.PERCENTILES) {
                columns[column++] = row.micros(percentile).median();
            }
            columns[column++] = range(row);
            columns[column] = ratios(result, row) + "  " + remark(result, row);
            out.printf(Locale.ROOT, ROW, columns);
        }
        out.println("      ends: " + series.end());
    }

    /** How far the rounds' 99th percentiles lie apart. */
    static String range(LatencyRow row) {
        Figures p99 = row.micros(99);
        return String.format(Locale.ROOT, "%.2f - %.2f", p99.min(), p99.max());
    }

    static String ratios(LatencyResult result, LatencyRow row) {
        Figures p50 = result.perFirst(row, 50);
        return p50 == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.2fx %.2fx",
                        p50.median(),
                        result.perFirst(row, 99).median());
    }

    static String remark(LatencyResult result, LatencyRow row) {
        String oversubscribed = result.isOversubscribed(row) ? Report.OVERSUBSCRIBED : "";
        return row.isBroken() ? (oversubscribed + " broken").strip() : oversubscribed;
    }

    /** What a percentile is called. */
    static String head(double percentile) {
        return percentile == 100
                ? "worst"
                : BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
    }
}
