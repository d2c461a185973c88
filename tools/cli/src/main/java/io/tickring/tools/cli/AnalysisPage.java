package io.tickring.tools.cli;

import io.tickring.engine.analytics.AnalysisResult;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** An analysis as one page: the figures of each instrument, the correlation of all pairs as a heat map, the bars as candles. */
final class AnalysisPage {
    private final AnalysisResult result;
    private final Duration interval;
    private final Duration grid;
    private final Map<String, String> conditions;

    /** @param conditions what was analyzed, by name, in the order in which they are shown */
    AnalysisPage(AnalysisResult result, Duration interval, Duration grid, Map<String, String> conditions) {
        this.result = result;
        this.interval = interval;
        this.grid = grid;
        this.conditions = conditions;
    }

    /** @param folder whose journal it was */
    void write(String folder, OutputStream out) throws IOException {
        new HtmlPage("analysis", folder)
                .body("analysis/analysis.html")
                .style("analysis/analysis.css")
                .script("analysis/analysis.js")
                .script("analysis/heat-map.js")
                .script("analysis/candles.js")
                .data(AnalysisPageData.json(result, interval, grid, conditions))
                .write(out);
    }
}
