package io.tickring.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latency report as one page that needs nothing else, no network and no other file: the runs as JSON, the script
 * that shows them, and the plotting library (uPlot, MIT licence) stand in it.
 */
final class HtmlReport {
    private static final String PLOT_PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final String PLOT_FOLDER = "/META-INF/resources/webjars/uplot/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private final List<LatencyRun> runs;

    /** @param runs at least one */
    HtmlReport(List<LatencyRun> runs) {
        this.runs = runs;
    }

    void write(OutputStream out) throws IOException {
        List<String> names = RunNames.of(runs.stream().map(LatencyRun::file).toList());
        String plot = PLOT_FOLDER + plotVersion() + "/";
        Map<String, String> parts = new HashMap<>();
        parts.put("title", escaped(String.join(", ", names)));
        parts.put("style", text("report/report.css"));
        parts.put("plots", text("report/plots.js"));
        parts.put("script", text("report/report.js"));
        parts.put("plot-licence", text(plot + "LICENSE"));
        parts.put("plot-style", text(plot + "dist/uPlot.min.css"));
        parts.put("plot-script", text(plot + "dist/uPlot.iife.min.js"));
        parts.put("data", HtmlReportData.json(names, runs));
        out.write(filled(text("report/report.html"), parts).getBytes(StandardCharsets.UTF_8));
    }

    /** As text between tags. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Puts each part into its place <code>{{name}}</code>, once: what stands in a part is not looked at. */
    static String filled(String template, Map<String, String> parts) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String plotVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = open(PLOT_PROPERTIES)) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = open(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = HtmlReport.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("resource=" + resource + " is not in the jar");
        }
        return in;
    }
}
