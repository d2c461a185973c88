package io.tickring.tools.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The latency report as one page: its runs, laid over each other. */
final class HtmlReport {
    private final List<LatencyRun> runs;

    /** @param runs at least one */
    HtmlReport(List<LatencyRun> runs) {
        this.runs = runs;
    }

    void write(OutputStream out) throws IOException {
        List<String> names = RunNames.of(runs.stream().map(LatencyRun::file).toList());
        new HtmlPage("latency", String.join(", ", names))
                .body("report/report.html")
                .style("report/report.css")
                .script("report/report.js")
                .script("report/plots.js")
                .data(HtmlReportData.json(names, runs))
                .write(out);
    }
}
