package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The ladder as a part of the session's page: percentiles against the rate, all percentiles at one rate, and the tables. */
final class LatencyHtml {
    private static final int STEPS_A_DECADE = 20;
    private static final List<String> NINES = List.of("0", "90", "99", "99.9", "99.99", "99.999");
    private static final double TAIL = 99;

    private final LatencyResult result;
    private final OsJitter jitter;
    private final StringBuilder page = new StringBuilder();

    private LatencyHtml(LatencyResult result, OsJitter jitter) {
        this.result = result;
        this.jitter = jitter;
    }

    static String section(LatencyResult result, OsJitter jitter) {
        LatencyHtml html = new LatencyHtml(result, jitter);
        html.write();
        return html.page.toString();
    }

    private void write() {
        page.append("<h2>").append(LatencyText.title(result)).append("</h2>\n<p class=\"legend\">");
        for (int i = 0; i < result.series().size(); i++) {
            legend("s" + i, result.series().get(i).name());
        }
        legend("jitter", "OS jitter: what the system alone takes from a tick at a random time");
        page.append("</p>\n<h3>Ladder: 50 (line) and 99 (dashes) against ticks a second</h3>\n")
                .append(ladder().svg());
        double rate = overlayRate();
        page.append(String.format(Locale.ROOT, "<h3>Overlay: all percentiles at %,.0f ticks a second</h3>%n", rate))
                .append(overlay(rate).svg());
        result.series().forEach(this::table);
        page.append("<ul class=\"verdict\">");
        result.verdicts().forEach(verdict -> page.append("<li>").append(verdict).append("</li>"));
        page.append("</ul>\n<p class=\"small\">")
                .append(SessionHtml.escaped(LatencyText.medians(result) + " OS jitter: " + jitter + ". "
                        + String.join(" ", LatencyBench.NOTES)))
                .append("</p>\n");
    }

    private void legend(String style, String name) {
        page.append("<span class=\"").append(style).append("\">■</span> ").append(SessionHtml.escaped(name));
        page.append(" &nbsp; ");
    }

    private LatencyChart ladder() {
        List<Double> rates = result.rates();
        double from = Math.log10(rates.get(0));
        double to = Math.log10(rates.get(rates.size() - 1));
        List<LatencyChart.Line> lines = new ArrayList<>();
        for (int i = 0; i < result.series().size(); i++) {
            lines.add(new LatencyChart.Line("s" + i, climb(result.series().get(i), 50)));
            lines.add(new LatencyChart.Line(
                    "s" + i + " tail", climb(result.series().get(i), TAIL)));
        }
        double floor = jitter.atPercentileNs(TAIL) / 1e3;
        if (floor > 0) {
            lines.add(new LatencyChart.Line(
                    "jitter tail", List.of(new LatencyChart.Point(from, floor), new LatencyChart.Point(to, floor))));
        }
        List<LatencyChart.Tick> ticks = rates.stream()
                .map(rate -> new LatencyChart.Tick(Math.log10(rate), label(rate)))
                .toList();
        return new LatencyChart("ladder", from, to, ticks, lines);
    }

    private static List<LatencyChart.Point> climb(LatencySeries series, double percentile) {
        return series.rows().stream()
                .map(row -> new LatencyChart.Point(
                        Math.log10(row.ticksPerSecond()), row.micros(percentile).median()))
                .toList();
    }

    private LatencyChart overlay(double rate) {
        List<LatencyChart.Line> lines = new ArrayList<>();
        for (int i = 0; i < result.series().size(); i++) {
            LatencyRow row = result.series().get(i).at(rate);
            if (row != null) {
                Histogram all = row.together();
                lines.add(new LatencyChart.Line("s" + i, curve(all::getValueAtPercentile)));
            }
        }
        lines.add(new LatencyChart.Line(
                "jitter",
                curve(jitter::atPercentileNs).stream()
                        .filter(point -> point.micros() > 0)
                        .toList()));
        List<LatencyChart.Tick> ticks = IntStream.range(0, NINES.size())
                .mapToObj(nines -> new LatencyChart.Tick(nines, NINES.get(nines)))
                .toList();
        return new LatencyChart("overlay", 0, NINES.size() - 1.0, ticks, lines);
    }

    /** A value in ns at a percentile. */
    @FunctionalInterface
    private interface Percentiles {
        long at(double percentile);
    }

    private static List<LatencyChart.Point> curve(Percentiles ns) {
        return IntStream.rangeClosed(0, (NINES.size() - 1) * STEPS_A_DECADE)
                .mapToDouble(step -> (double) step / STEPS_A_DECADE)
                .mapToObj(nines -> new LatencyChart.Point(nines, ns.at(100 * (1 - Math.pow(10, -nines))) / 1e3))
                .toList();
    }

    /** The judged rate, or the highest one if none came to it. */
    private double overlayRate() {
        List<Double> rates = result.rates();
        return rates.contains(LatencyResult.JUDGED_RATE) ? LatencyResult.JUDGED_RATE : rates.get(rates.size() - 1);
    }

    private void table(LatencySeries series) {
        page.append("<h3>").append(SessionHtml.escaped(series.name())).append("</h3>\n<div class=\"wide\"><table><tr>");
        List<String> heads = new ArrayList<>(List.of("ticks/s"));
        LatencyRow.PERCENTILES.forEach(percentile -> heads.add(LatencyText.head(percentile)));
        heads.addAll(List.of("99: min – max", "1st is (p50, p99)", ""));
        heads.forEach(head -> page.append("<th class=\"number\">").append(head).append("</th>"));
        page.append("</tr>\n");
        for (LatencyRow row : series.rows()) {
            page.append(result.isOversubscribed(row) ? "<tr class=\"oversubscribed\">" : "<tr>");
            cell(String.format(Locale.ROOT, "%,.0f", row.ticksPerSecond()));
            LatencyRow.PERCENTILES.forEach(percentile -> cell(
                    String.format(Locale.ROOT, "%.2f", row.micros(percentile).median())));
            cell(LatencyText.range(row));
            cell(LatencyText.ratios(result, row));
            cell(LatencyText.remark(result, row));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n<p class=\"small\">ends: ")
                .append(SessionHtml.escaped(series.end()))
                .append("</p>\n");
    }

    private void cell(String text) {
        page.append("<td class=\"number\">").append(text).append("</td>");
    }

    private static String label(double rate) {
        return rate >= 1e6
                ? String.format(Locale.ROOT, "%.0fM", rate / 1e6)
                : rate >= 1e3
                        ? String.format(Locale.ROOT, "%.0fk", rate / 1e3)
                        : String.format(Locale.ROOT, "%.0f", rate);
    }
}
