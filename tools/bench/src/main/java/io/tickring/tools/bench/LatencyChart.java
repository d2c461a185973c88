package io.tickring.tools.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A line chart as inline SVG: µs upwards on a logarithmic scale, whole decades with a line each.
 *
 * @param name for who cannot see it
 * @param fromX where the x axis begins
 */
record LatencyChart(String name, double fromX, double toX, List<Tick> ticks, List<Line> lines) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int LEFT = 78;
    private static final int BOTTOM = 30;
    private static final int TOP = 8;
    private static final double LEAST_MICROS = 0.01;

    /** A place on the x axis, and what stands there. */
    record Tick(double x, String label) {}

    /** A point; y in µs. */
    record Point(double x, double micros) {}

    /** @param style class names of it in the page */
    record Line(String style, List<Point> points) {}

    String svg() {
        int lowest = (int) Math.floor(Math.log10(Math.max(LEAST_MICROS, extreme(false))));
        int highest = Math.max(lowest + 1, (int) Math.ceil(Math.log10(Math.max(LEAST_MICROS, extreme(true)))));
        DoubleFunction<Double> up = micros -> {
            double share = (Math.log10(Math.max(LEAST_MICROS, micros)) - lowest) / (highest - lowest);
            return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
        };
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                HEIGHT,
                SessionHtml.escaped(name)));
        for (int decade = lowest; decade <= highest; decade++) {
            double micros = Math.pow(10, decade);
            grid(svg, LEFT, WIDTH, up.apply(micros), up.apply(micros));
            text(svg, "end", LEFT - 6, up.apply(micros) + 4, label(micros));
        }
        for (Tick tick : ticks) {
            grid(svg, right(tick.x()), right(tick.x()), TOP, HEIGHT - BOTTOM);
            text(svg, "middle", right(tick.x()), HEIGHT - BOTTOM + 18, tick.label());
        }
        lines.forEach(line -> line(svg, line, up));
        return svg.append("</svg>\n").toString();
    }

    private double extreme(boolean most) {
        DoubleStream micros =
                lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::micros);
        return (most ? micros.max() : micros.min()).orElse(1);
    }

    private double right(double x) {
        double share = toX > fromX ? (x - fromX) / (toX - fromX) : 0.5;
        return LEFT + 20 + share * (WIDTH - LEFT - 50);
    }

    private void line(StringBuilder svg, Line line, DoubleFunction<Double> up) {
        svg.append("<polyline class=\"").append(line.style()).append("\" points=\"");
        for (Point point : line.points()) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", right(point.x()), up.apply(point.micros())));
        }
        svg.append("\"/>");
    }

    private static void grid(StringBuilder svg, double x1, double x2, double y1, double y2) {
        svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %.1fL%.1f %.1f\"/>", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", anchor, x, y, text));
    }

    private static String label(double micros) {
        return micros >= 1
                ? String.format(Locale.ROOT, "%,.0f µs", micros)
                : String.format(Locale.ROOT, "%.0f ns", micros * 1e3);
    }
}
