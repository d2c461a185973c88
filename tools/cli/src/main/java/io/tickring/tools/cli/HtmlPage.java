package io.tickring.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that needs nothing else, no network and no other file: its body, data as JSON, the scripts that show them, and the plotting
 * library (uPlot, MIT licence). What all pages share is in it from the start.
 */
final class HtmlPage {
    private static final String PLOT_PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final String PLOT_FOLDER = "/META-INF/resources/webjars/uplot/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private static final String NEXT_SCRIPT = "</script>\n<script>\n";

    private final Map<String, String> parts = new HashMap<>();

    /** @param kind of page, in a word */
    HtmlPage(String kind, String title) throws IOException {
        String plot = PLOT_FOLDER + plotVersion() + "/";
        parts.put("kind", kind);
        parts.put("title", escaped(title));
        parts.put("plot-licence", text(plot + "LICENSE"));
        parts.put("plot-style", text(plot + "dist/uPlot.min.css"));
        parts.put("plot-script", text(plot + "dist/uPlot.iife.min.js"));
        parts.put("page-style", text("page/page.css"));
        parts.put("page-script", text("page/page.js"));
    }

    /** What stands between the head and the scripts: a resource. */
    HtmlPage body(String resource) throws IOException {
        parts.put("body", text(resource));
        return this;
    }

    HtmlPage style(String resource) throws IOException {
        parts.put("style", text(resource));
        return this;
    }

    /** One more script, a resource, behind those before it. */
    HtmlPage script(String resource) throws IOException {
        parts.merge("scripts", text(resource), (before, next) -> before + NEXT_SCRIPT + next);
        return this;
    }

    /** What the scripts show: no {@code <} stays in it, so nothing in a name ends the element. */
    HtmlPage data(String json) {
        parts.put("data", json.replace("<", "\\u003c"));
        return this;
    }

    void write(OutputStream out) throws IOException {
        out.write(filled().getBytes(StandardCharsets.UTF_8));
    }

    /** Puts each part into its place <code>{{name}}</code>, once: what stands in a part is not looked at. */
    private String filled() throws IOException {
        return PLACE.matcher(text("page/page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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
        InputStream in = HtmlPage.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("resource=" + resource + " is not in the jar");
        }
        return in;
    }
}
