package io.tickring.engine.status;

import static io.tickring.engine.status.StatusDescriptor.*;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

/** Reads an engine's status, in its process or any other, while it runs or after. Costs the engine nothing. Thread-safe. */
public final class StatusReader {
    /** One distinct error: how often it happened, when first and last (ms since the epoch), and what it says. */
    public record LoggedError(int observations, long firstEpochMs, long lastEpochMs, String text) {
        /** What the error says, without its kind and where it was thrown. */
        public String message() {
            int end = text.indexOf('\n');
            String line = (end < 0 ? text : text.substring(0, end)).strip();
            int colon = line.indexOf(": ");
            return colon > 0 && line.lastIndexOf(' ', colon - 1) < 0 ? line.substring(colon + 2) : line;
        }
    }

    /** What an engine says of itself, and why: the reason is null where the state needs none. */
    public record ReportedState(EngineState state, String reason) {}

    private final AtomicBuffer status;
    private final CountersReader counters;
    private final AtomicBuffer errorLog;

    private StatusReader(AtomicBuffer status) {
        this.status = status;
        int metadataLength = status.getInt(METADATA_LENGTH_OFFSET);
        int valuesLength = status.getInt(VALUES_LENGTH_OFFSET);
        int values = HEADER_LENGTH + metadataLength;
        counters = new CountersReader(
                new UnsafeBuffer(status, HEADER_LENGTH, metadataLength),
                new UnsafeBuffer(status, values, valuesLength));
        errorLog = new UnsafeBuffer(status, values + valuesLength, status.getInt(ERROR_LOG_LENGTH_OFFSET));
    }

    /**
     * Maps {@code status} in a live folder, read-only.
     *
     * @throws IOException if there is none, or it is no status file of this layout; the message names the file.
     */
    public static StatusReader map(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < HEADER_LENGTH) {
                throw new IOException("file=" + file + " length=" + channel.size() + ": too short for a status file");
            }
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            int version = buffer.getIntVolatile(LAYOUT_VERSION_OFFSET);
            if (buffer.getInt(MAGIC_OFFSET) != MAGIC || version != LAYOUT_VERSION) {
                throw new IOException("file=" + file + " layoutVersion=" + version + ": not a status file of layout "
                        + LAYOUT_VERSION + "; use the tools of the engine that wrote it");
            }
            return new StatusReader(buffer);
        }
    }

    static StatusReader over(AtomicBuffer status) {
        return new StatusReader(status);
    }

    public long pid() {
        return status.getLong(PID_OFFSET);
    }

    public long incarnation() {
        return status.getLong(INCARNATION_OFFSET);
    }

    public long startEpochMs() {
        return status.getLong(START_OFFSET);
    }

    public long heartbeatEpochMs() {
        return status.getLongVolatile(HEARTBEAT_OFFSET);
    }

    public EngineState state() {
        return EngineState.values()[status.getIntVolatile(STATE_OFFSET) & STATE_MASK];
    }

    /** Why the engine is degraded or halted, one of {@link StateReason}'s words; else null. */
    public String reason() {
        return reported().reason();
    }

    /** State and reason of one moment. */
    public ReportedState reported() {
        byte[] text = new byte[REASON_LENGTH];
        int word;
        do {
            word = status.getIntVolatile(STATE_OFFSET);
            status.getBytes(REASON_OFFSET + (word >> REASON_SLOT_SHIFT & 1) * REASON_LENGTH, text);
            VarHandle.loadLoadFence();
        } while (word != status.getIntVolatile(STATE_OFFSET));
        String reason = new String(text, StandardCharsets.US_ASCII).replace("\0", "");
        return new ReportedState(EngineState.values()[word & STATE_MASK], reason.isEmpty() ? null : reason);
    }

    /** All counters by label, in the order in which they were made. */
    public Map<String, Long> counters() {
        Map<String, Long> values = new LinkedHashMap<>();
        counters.forEach((value, id, label) -> values.put(label, value));
        return values;
    }

    /** The labels of the counters that are levels: they go up and down, and have no rate. */
    public Set<String> gauges() {
        Set<String> labels = new HashSet<>();
        counters.forEach((id, typeId, key, label) -> {
            if (typeId == GAUGE_TYPE_ID) {
                labels.add(label);
            }
        });
        return labels;
    }

    /** The distinct errors of this run, oldest first. */
    public List<LoggedError> errors() {
        List<LoggedError> errors = new ArrayList<>();
        ErrorLogReader.read(
                errorLog, (count, first, last, text) -> errors.add(new LoggedError(count, first, last, text)));
        return errors;
    }
}
