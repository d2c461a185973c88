package io.tickring.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tickring.engine.FeedSummary;
import io.tickring.engine.RunSummary;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.price.TableDigest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A run's summary as one JSON object on one line: counts are integers, the digest is a string, latencies are in ns. */
final class SummaryJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final List<String> STAGES = List.of("price", "journal");
    private static final Histogram NOTHING = new Histogram(1);

    private final JsonGenerator json;

    private SummaryJson(JsonGenerator json) {
        this.json = json;
    }

    /** @param startMs how long the start took, by stage */
    static String of(RunSummary run, Map<String, Double> startMs) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            new SummaryJson(generator).write(run, startMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(RunSummary run, Map<String, Double> startMs) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", run.state().name());
        json.writeStringField(
                "reason", run.reason() == null ? null : run.reason().name());
        json.writeArrayFieldStart("feeds");
        for (FeedSummary feed : run.feeds()) {
            write(feed);
        }
        json.writeEndArray();
        json.writeNumberField("published", run.published());
        json.writeNumberField("journaled", run.journaled());
        json.writeNumberField("applied", run.applied());
        json.writeNumberField("dropped", run.dropped());
        json.writeObjectFieldStart("rejected");
        for (Map.Entry<RejectReason, Long> each : run.rejected().entrySet()) {
            json.writeNumberField(each.getKey().name(), each.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("definitions", run.definitions());
        json.writeNumberField("padding", run.padding());
        json.writeNumberField("control", run.control());
        json.writeNumberField("skipped", run.skipped());
        json.writeNumberField("firstSequence", run.firstSequence());
        json.writeNumberField("lastSequence", run.lastSequence());
        json.writeNumberField("acceptedSequence", run.lastSequence());
        json.writeNumberField("journaledSequence", run.journaledSequence());
        json.writeNumberField("durableSequence", run.durableSequence());
        json.writeStringField("digest", TableDigest.format(run.digest()));
        json.writeStringField(
                "figuresDigest", run.figuresDigest() == null ? null : TableDigest.format(run.figuresDigest()));
        json.writeNumberField("seconds", rounded(run.seconds(), 6));
        json.writeNumberField("ticksPerSecond", rounded(run.ticksPerSecond(), 1));
        json.writeNumberField("journalBytes", run.journalBytes());
        json.writeStringField("threads", run.threads());
        json.writeStringField("wait", run.waitMode());
        json.writeObjectFieldStart("startMs");
        for (Map.Entry<String, Double> stage : startMs.entrySet()) {
            json.writeNumberField(stage.getKey(), rounded(stage.getValue(), 1));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("latencyNs");
        for (String stage : STAGES) {
            write(stage, run.latencies().getOrDefault(stage, NOTHING));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(FeedSummary feed) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", feed.name());
        json.writeStringField("kind", feed.kind());
        json.writeNumberField("lines", feed.lines());
        json.writeNumberField("quotes", feed.quotes());
        json.writeNumberField("trades", feed.trades());
        json.writeNumberField("ignored", feed.ignored());
        json.writeNumberField("rejected", feed.rejectedLines());
        json.writeNumberField("dropped", feed.dropped());
        json.writeEndObject();
    }

    private void write(String stage, Histogram latency) throws IOException {
        json.writeObjectFieldStart(stage);
        json.writeNumberField("count", latency.getTotalCount());
        json.writeNumberField("p50", latency.getValueAtPercentile(50));
        json.writeNumberField("p90", latency.getValueAtPercentile(90));
        json.writeNumberField("p99", latency.getValueAtPercentile(99));
        json.writeNumberField("p999", latency.getValueAtPercentile(99.9));
        json.writeNumberField("max", latency.getMaxValue());
        json.writeEndObject();
    }

    private static BigDecimal rounded(double value, int decimals) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
