package io.tickring.tools.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A session as one page that needs nothing else: no network, no script, no other file. */
final class SessionHtml {
    private static final String TEMPLATE = "page.html";
    private static final String TITLE = "Tickring beside its peers";
    private static final int BAR_WIDTH = 200;
    private static final int BAR_HEIGHT = 14;

    private final StringBuilder page = new StringBuilder();

    private SessionHtml() {}

    static String page(BenchSession session) throws IOException {
        SessionHtml html = new SessionHtml();
        html.conditions(session.conditions());
        session.results().forEach(html::bench);
        session.measures().forEach(html::measures);
        if (session.latency() != null) {
            html.page.append(
                    LatencyHtml.section(session.latency(), session.conditions().jitter()));
        }
        return template().replace("{{title}}", TITLE).replace("{{body}}", html.page);
    }

    private static String template() throws IOException {
        try (InputStream in = SessionHtml.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IOException("resource=" + TEMPLATE + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void conditions(Conditions conditions) {
        page.append("<dl>");
        for (String line : conditions.lines()) {
            String[] words = line.split(" {2,}", 2);
            page.append("<dt>").append(escaped(words[0])).append("</dt><dd>");
            page.append(escaped(words[1])).append("</dd>");
        }
        page.append("</dl>\n");
        list(conditions.warnings(), "warning");
    }

    private void bench(BenchResult result) {
        Bench bench = result.bench();
        double most = result.peers().stream()
                .mapToDouble(peer -> peer.rates().max())
                .max()
                .orElse(1);
        page.append("<h2>").append(escaped(bench.title())).append("</h2>\n<div class=\"wide\"><table>\n<tr><th></th>");
        page.append("<th class=\"number\">M ticks/s</th><th></th><th class=\"number\">min – max</th>");
        page.append("<th class=\"number\">1st row is</th><th>round by round</th><th>CPU ns a tick, by thread</th>");
        page.append("<th class=\"number\">bytes a tick</th><th class=\"number\">on disk</th></tr>\n");
        result.peers().forEach(peer -> row(peer, most));
        page.append("</table></div>\n");
        List<String> summary = bench.summary().lines(result.peers());
        if (!summary.isEmpty()) {
            page.append("<pre>").append(escaped(String.join("\n", summary))).append("</pre>\n");
        }
        list(Report.warnings(result), "warning");
        list(bench.marks().stream().map(mark -> mark.verdict(result).strip()).toList(), "verdict");
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "Medians of %d interleaved rounds%s.",
                bench.rounds(),
                bench.warmUp() ? " after a warm-up" : ""));
        result.peers().stream()
                .map(PeerResult::remark)
                .filter(remark -> !remark.isEmpty())
                .forEach(notes::add);
        notes.addAll(bench.notes());
        notes(notes);
    }

    private void measures(MeasuresResult result) {
        page.append("<h2>").append(escaped(result.title())).append("</h2>\n<div class=\"wide\"><table>\n<tr><th></th>");
        page.append("<th>unit</th><th class=\"number\">median</th><th class=\"number\">min – max</th>");
        page.append("<th class=\"number\">tries</th></tr>\n");
        for (MeasuresResult.Row row : result.rows()) {
            page.append("<tr><td>").append(escaped(row.name())).append("</td><td>");
            page.append(escaped(row.unit())).append("</td>");
            number("%,.2f", row.figures().median());
            number("%,.2f – %,.2f", row.figures().min(), row.figures().max());
            number("%d", row.figures().byRound().length);
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
        list(result.verdicts(), "verdict");
        notes(result.notes());
    }

    private void row(PeerResult peer, double most) {
        Figures rates = peer.rates();
        page.append(peer.isOversubscribed() ? "<tr class=\"oversubscribed\">" : "<tr>");
        page.append("<td>").append(escaped(peer.name()));
        if (peer.isOversubscribed()) {
            page.append(" <span class=\"mark small\">")
                    .append(Report.OVERSUBSCRIBED)
                    .append("</span>");
        }
        page.append("</td>");
        number("%.2f", rates.median());
        page.append("<td>").append(bar(rates, most)).append("</td>");
        number("%.2f – %.2f", rates.min(), rates.max());
        number("%.2f×", peer.ratio().median());
        small(Arrays.stream(peer.ratio().byRound())
                .mapToObj(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .collect(Collectors.joining(" ")));
        small(Report.cpu(peer));
        boolean journals = peer.median(PeerRun::journalBytes) > 0;
        number(journals ? "%.1f" : "", peer.median(PeerRun::journalBytesPerTick));
        number(journals ? "%.1f" : "", peer.median(PeerRun::diskBytesPerTick));
        page.append("</tr>\n");
    }

    /** The median as a bar, and the range over it as a line. */
    private static String bar(Figures rates, double most) {
        double scale = BAR_WIDTH / most;
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%.2f\">"
                        + "<rect y=\"2\" width=\"%.1f\" height=\"%d\"/><line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/></svg>",
                BAR_WIDTH,
                BAR_HEIGHT,
                rates.median(),
                rates.median() * scale,
                BAR_HEIGHT - 4,
                rates.min() * scale,
                rates.max() * scale,
                BAR_HEIGHT / 2,
                BAR_HEIGHT / 2);
    }

    private void number(String format, Object... values) {
        page.append("<td class=\"number\">").append(String.format(Locale.ROOT, format, values));
        page.append("</td>");
    }

    private void small(String text) {
        page.append("<td class=\"small\">").append(escaped(text)).append("</td>");
    }

    private void notes(List<String> lines) {
        page.append("<p class=\"small\">")
                .append(escaped(String.join(" ", lines)))
                .append("</p>\n");
    }

    private void list(List<String> lines, String kind) {
        if (!lines.isEmpty()) {
            page.append("<ul class=\"").append(kind).append("\">");
            lines.forEach(line -> page.append("<li>").append(escaped(line)).append("</li>"));
            page.append("</ul>\n");
        }
    }

    /** As text between tags. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
