package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusReader.ReportedState;
import io.tickring.engine.subscription.ReaderState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An engine's status at one moment. An engine that did not say that it ended is taken for gone once its heartbeat is
 * old and no process bears its pid; a process in another container may be invisible and still be heard.
 */
record StatusSample(
        long pid,
        EngineState state,
        String reason,
        boolean processAlive,
        long incarnation,
        long startEpochMs,
        long heartbeatEpochMs,
        long heartbeatAgeMs,
        Map<String, Long> counters,
        Set<String> gauges,
        List<LoggedError> errors) {
    static final long SILENCE_MS = 5_000;

    private static final String ACCEPTED = "accepted sequence";
    private static final long NS_PER_MS = 1_000_000;

    static StatusSample take(StatusReader status, long nowEpochMs) {
        long pid = status.pid();
        boolean processAlive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        // The state is read first: an engine that ends between the two reads has written its last heartbeat by then.
        ReportedState reported = status.reported();
        long heartbeat = status.heartbeatEpochMs();
        return new StatusSample(
                pid,
                reported.state(),
                reported.reason(),
                processAlive,
                status.incarnation(),
                status.startEpochMs(),
                heartbeat,
                Math.max(0, nowEpochMs - heartbeat),
                counters(status),
                status.gauges(),
                status.errors());
    }

    /** What is journaled was accepted, also where the engine died before it said so. */
    private static Map<String, Long> counters(StatusReader status) {
        Map<String, Long> counters = status.counters();
        counters.computeIfPresent(
                ACCEPTED, (label, value) -> Math.max(value, counters.getOrDefault("journaled sequence", 0L)));
        return counters;
    }

    /** Whether the engine said that it ended. */
    boolean hasEnded() {
        return state == EngineState.STOPPED || state == EngineState.HALTED;
    }

    boolean isAlive() {
        return !hasEnded() && (processAlive || heartbeatAgeMs <= SILENCE_MS);
    }

    /** How a command that looked at it ends: well while it lives, or where it ended as asked; one look is always well. */
    int exitCode(boolean once) {
        return once || isAlive() || state == EngineState.STOPPED ? ToolsCommand.WELL : ToolsCommand.FAILED;
    }

    String stateName() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** The state for people, as {@code degraded (STALLED)}. */
    String stateWithReason() {
        return reason == null ? stateName() : stateName() + " (" + reason + ")";
    }

    /** Every record up to this one is in the ring, or was. */
    long acceptedSequence() {
        return counters.getOrDefault(ACCEPTED, 0L);
    }

    /** One object on one line; times are ns since the epoch. */
    void write(JsonGenerator generator, List<ReaderState> readers) throws IOException {
        generator.writeStartObject();
        generator.writeNumberField("pid", pid);
        generator.writeStringField("state", state.name());
        generator.writeStringField("reason", reason);
        generator.writeBooleanField("alive", isAlive());
        generator.writeNumberField("heartbeatAgeMs", heartbeatAgeMs);
        generator.writeNumberField("incarnation", incarnation);
        generator.writeNumberField("startTime", startEpochMs * NS_PER_MS);
        for (String sequence : List.of("accepted", "journaled", "durable")) {
            generator.writeNumberField(sequence + "Sequence", counters.getOrDefault(sequence + " sequence", 0L));
        }
        generator.writeObjectFieldStart("counters");
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            generator.writeNumberField(counter.getKey(), counter.getValue());
        }
        generator.writeEndObject();
        generator.writeArrayFieldStart("errors");
        for (LoggedError error : errors) {
            generator.writeStartObject();
            generator.writeNumberField("count", error.observations());
            generator.writeNumberField("firstTime", error.firstEpochMs() * NS_PER_MS);
            generator.writeNumberField("lastTime", error.lastEpochMs() * NS_PER_MS);
            generator.writeStringField("message", error.message());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        ReaderText.write(readers, acceptedSequence(), heartbeatEpochMs + heartbeatAgeMs, generator);
        generator.writeEndObject();
        generator.writeRaw('\n');
    }
}
