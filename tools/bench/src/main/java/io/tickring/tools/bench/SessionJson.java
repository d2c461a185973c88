package io.tickring.tools.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a session as one JSON object: conditions, and for each bench its peers with their figures round by round. */
final class SessionJson {
    /** Rises when a field changes its meaning. */
    static final int FORMAT = 1;

    private final JsonGenerator json;

    private SessionJson(JsonGenerator json) {
        this.json = json;
    }

    /** Closes {@code out}. */
    static void write(BenchSession session, OutputStream out) throws IOException {
        try (JsonGenerator generator = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            new SessionJson(generator).session(session);
        }
    }

    private void session(BenchSession session) throws IOException {
        Conditions conditions = session.conditions();
        json.writeStartObject();
        json.writeNumberField("tickringBench", FORMAT);
        json.writeStringField("machine", conditions.machine());
        json.writeStringField("jvm", conditions.jvm());
        json.writeStringField("folder", conditions.folder());
        json.writeStringField("started", conditions.started());
        json.writeNumberField("cores", conditions.cores());
        json.writeNumberField("load", conditions.load());
        json.writeObjectFieldStart("osJitter");
        json.writeNumberField("measuredNs", conditions.jitter().measuredNs());
        json.writeNumberField("gaps", conditions.jitter().gaps());
        json.writeNumberField("lostShare", conditions.jitter().lostShare());
        json.writeNumberField("longestNs", conditions.jitter().longestNs());
        json.writeEndObject();
        json.writeNumberField("restSeconds", conditions.restSeconds());
        strings("warnings", conditions.warnings());
        json.writeArrayFieldStart("benches");
        for (BenchResult result : session.results()) {
            bench(result);
        }
        if (session.latency() != null) {
            latencyRatios(session.latency());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("measures");
        for (MeasuresResult result : session.measures()) {
            measures(result);
        }
        json.writeEndArray();
        if (session.latency() != null) {
            latency(session.latency());
        }
        json.writeEndObject();
    }

    /** As benches of their own, so that a later run can be set against them. */
    private void latencyRatios(LatencyResult latency) throws IOException {
        Map<String, List<PeerRatio>> byBench = latency.ratios().stream()
                .collect(Collectors.groupingBy(PeerRatio::bench, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<PeerRatio>> bench : byBench.entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", bench.getKey());
            json.writeArrayFieldStart("peers");
            for (PeerRatio peer : bench.getValue()) {
                json.writeStartObject();
                json.writeStringField("name", peer.peer());
                json.writeBooleanField("oversubscribed", peer.oversubscribed());
                figures("firstPerThis", peer.ratio());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void latency(LatencyResult latency) throws IOException {
        json.writeObjectFieldStart("latency");
        json.writeNumberField("rounds", latency.rounds());
        json.writeNumberField("secondsPerRate", latency.seconds());
        json.writeArrayFieldStart("series");
        for (LatencySeries series : latency.series()) {
            json.writeStartObject();
            json.writeStringField("name", series.name());
            json.writeStringField("end", series.end());
            json.writeArrayFieldStart("rates");
            for (LatencyRow row : series.rows()) {
                rate(row, latency.isOversubscribed(row));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("marks", latency.verdicts());
        strings("notes", LatencyBench.NOTES);
        json.writeEndObject();
    }

    private void rate(LatencyRow row, boolean oversubscribed) throws IOException {
        json.writeStartObject();
        json.writeNumberField("ticksPerSecond", row.ticksPerSecond());
        json.writeNumberField("busyThreads", row.busyThreads());
        json.writeBooleanField("oversubscribed", oversubscribed);
        json.writeStringField("broken", row.broken());
        json.writeObjectFieldStart("micros");
        for (double percentile : LatencyRow.PERCENTILES) {
            figures(LatencyText.head(percentile), row.micros(percentile));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void bench(BenchResult result) throws IOException {
        Bench bench = result.bench();
        json.writeStartObject();
        json.writeStringField("name", bench.name());
        json.writeStringField("title", bench.title());
        json.writeNumberField("rounds", bench.rounds());
        json.writeBooleanField("warmUp", bench.warmUp());
        json.writeArrayFieldStart("peers");
        for (PeerResult peer : result.peers()) {
            peer(peer);
        }
        json.writeEndArray();
        strings("warnings", Report.warnings(result));
        strings(
                "marks",
                bench.marks().stream().map(mark -> mark.verdict(result).strip()).toList());
        strings("notes", bench.notes());
        strings("summary", bench.summary().lines(result.peers()));
        json.writeEndObject();
    }

    private void peer(PeerResult peer) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", peer.name());
        json.writeNumberField("busyThreads", peer.busyThreads());
        json.writeBooleanField("oversubscribed", peer.isOversubscribed());
        figures("millionTicksPerSecond", peer.rates());
        figures("firstPerThis", peer.ratio());
        json.writeObjectFieldStart("cpuNsPerTick");
        for (Map.Entry<String, Double> thread : peer.cpuNsPerTick().entrySet()) {
            json.writeNumberField(thread.getKey(), thread.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("ticks", peer.median(PeerRun::ticks));
        json.writeNumberField("journalBytesPerTick", peer.median(PeerRun::journalBytesPerTick));
        json.writeNumberField("diskBytesPerTick", peer.median(PeerRun::diskBytesPerTick));
        if (peer.hasReads()) {
            figures("millionReadsPerSecond", peer.reads());
        }
        if (peer.hasReadTimes()) {
            figures("readP50Ns", peer.readNs(PeerRun.ReadTimes::p50Ns));
            figures("readP99Ns", peer.readNs(PeerRun.ReadTimes::p99Ns));
            figures("readP999Ns", peer.readNs(PeerRun.ReadTimes::p999Ns));
        }
        double stall = peer.median(run -> run.lap().diskStallShare());
        if (!Double.isNaN(stall)) {
            json.writeNumberField("diskStallShare", stall);
        }
        if (!peer.remark().isEmpty()) {
            json.writeStringField("remark", peer.remark());
        }
        json.writeEndObject();
    }

    private void measures(MeasuresResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", result.name());
        json.writeStringField("title", result.title());
        json.writeArrayFieldStart("rows");
        for (MeasuresResult.Row row : result.rows()) {
            json.writeStartObject();
            json.writeStringField("name", row.name());
            json.writeStringField("unit", row.unit());
            figures("figures", row.figures());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("marks", result.verdicts());
        strings("notes", result.notes());
        json.writeEndObject();
    }

    private void figures(String name, Figures figures) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("median", figures.median());
        json.writeNumberField("min", figures.min());
        json.writeNumberField("max", figures.max());
        json.writeNumberField("noise", figures.noise());
        json.writeFieldName("rounds");
        json.writeArray(figures.byRound(), 0, figures.byRound().length);
        json.writeEndObject();
    }

    private void strings(String name, List<String> lines) throws IOException {
        json.writeFieldName(name);
        json.writeArray(lines.toArray(String[]::new), 0, lines.size());
    }
}
