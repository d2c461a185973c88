package io.tickring.engine.status;

import static io.tickring.engine.status.StatusDescriptor.*;

import io.tickring.engine.live.PublicFile;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.ConcurrentCountersManager;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The engine's public face beside the prices: pid, heartbeat, state, counters and the distinct error log, in a mapped file that
 * other processes read. Built under another name and renamed. Counters, errors and state are thread-safe, the rest is the supervisor's.
 */
public final class StatusWriter implements ErrorHandler {
    private static final int METADATA_LENGTH = MAX_COUNTERS * CountersReader.METADATA_LENGTH;
    private static final int VALUES_LENGTH = MAX_COUNTERS * CountersReader.COUNTER_LENGTH;
    private static final int LENGTH = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH + ERROR_LOG_LENGTH;

    /** Null where no other process looks. */
    private final PublicFile file;

    private final UnsafeBuffer buffer;
    private final EpochClock clock;
    private final CountersManager counters;
    private final DistinctErrorLog errors;

    private StatusWriter(PublicFile file, UnsafeBuffer buffer, EpochClock clock) {
        this.file = file;
        this.buffer = buffer;
        this.clock = clock;
        int values = HEADER_LENGTH + METADATA_LENGTH;
        counters = new ConcurrentCountersManager(
                new UnsafeBuffer(buffer, HEADER_LENGTH, METADATA_LENGTH),
                new UnsafeBuffer(buffer, values, VALUES_LENGTH));
        errors = new DistinctErrorLog(new UnsafeBuffer(buffer, values + VALUES_LENGTH, ERROR_LOG_LENGTH), clock);
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putInt(METADATA_LENGTH_OFFSET, METADATA_LENGTH);
        buffer.putInt(VALUES_LENGTH_OFFSET, VALUES_LENGTH);
        buffer.putInt(ERROR_LOG_LENGTH_OFFSET, ERROR_LOG_LENGTH);
    }

    /** A file in {@code folder}, not yet under its name; as {@link PublicFile#build}. */
    public static StatusWriter build(Path folder, EpochClock clock) throws IOException {
        PublicFile file = PublicFile.build(folder, FILE_NAME, LENGTH);
        return new StatusWriter(file, file.buffer(), clock);
    }

    /** For an engine that no other process looks at. */
    public static StatusWriter inMemory(EpochClock clock) {
        UnsafeBuffer buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, BitUtil.CACHE_LINE_LENGTH));
        return new StatusWriter(null, buffer, clock);
    }

    /** Names the run and gives the file its name, in place of an older one. */
    public void show(long incarnation, long journalId) throws IOException {
        buffer.putLong(INCARNATION_OFFSET, incarnation);
        buffer.putLong(JOURNAL_ID_OFFSET, journalId);
        buffer.putLong(PID_OFFSET, ProcessHandle.current().pid());
        buffer.putLong(START_OFFSET, clock.time());
        heartbeat();
        buffer.putIntRelease(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
        if (file != null) {
            file.show();
        }
    }

    /** Removes a file that was never shown. */
    public void discard() throws IOException {
        if (file != null) {
            file.discard();
        }
    }

    /** A new counter, starting at 0, until it is closed; close to its like in the file, on cache lines of its own. */
    public AtomicCounter newCounter(String label) {
        return counters.newCounter(label);
    }

    /** As {@link #newCounter}, for a level that goes up and down: it has no rate. */
    public AtomicCounter newGauge(String label) {
        return counters.newCounter(label, GAUGE_TYPE_ID);
    }

    /** Says that the process lives. */
    public void heartbeat() {
        buffer.putLongRelease(HEARTBEAT_OFFSET, clock.time());
    }

    /** A state that needs no reason. */
    public void state(EngineState state) {
        state(state, null);
    }

    /** State and reason together; {@code reason} is null for none. Any thread; allocates nothing. */
    public synchronized void state(EngineState state, StateReason reason) {
        int word = buffer.getInt(STATE_OFFSET);
        int slot = 1 - (word >> REASON_SLOT_SHIFT & 1);
        int offset = REASON_OFFSET + slot * REASON_LENGTH;
        buffer.setMemory(offset, REASON_LENGTH, (byte) 0);
        if (reason != null) {
            buffer.putBytes(offset, reason.ascii());
        }
        int changes = (word >>> STATE_CHANGES_SHIFT) + 1;
        buffer.putIntRelease(
                STATE_OFFSET, changes << STATE_CHANGES_SHIFT | slot << REASON_SLOT_SHIFT | state.ordinal());
    }

    /** Writes an error once and counts its repetitions. Allocates; never on the path of a healthy engine. */
    @Override
    public void onError(Throwable error) {
        errors.record(error);
    }

    /** The file's bytes, for a reader in the same process. */
    public StatusReader reader() {
        return StatusReader.over(buffer);
    }
}
