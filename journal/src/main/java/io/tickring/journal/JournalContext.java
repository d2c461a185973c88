package io.tickring.journal;

import java.nio.file.Path;
import java.util.Objects;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/** The settings of a {@link JournalAppender}. Not thread-safe; {@link #conclude()} checks them once and freezes them. */
public final class JournalContext {
    private Path directory;
    private JournalRoll roll;
    private int recordLengthBytes = 64;
    private JournalDictionary dictionary;
    private BlockCodec codec;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private long firstSequence = 1;
    private boolean concluded;

    /** The data folder: it gets the file {@code LOCK} and the folder {@code journal}. Required. */
    public JournalContext directory(Path directory) {
        requireOpen();
        this.directory = directory;
        return this;
    }

    public Path directory() {
        return directory;
    }

    /** How long a file lasts; null (the default) keeps what the journal has, HOURLY for a new one. */
    public JournalContext roll(JournalRoll roll) {
        requireOpen();
        this.roll = roll;
        return this;
    }

    public JournalRoll roll() {
        return roll;
    }

    /** The length of every record, 8 to 1024 bytes; 64 by default. */
    public JournalContext recordLengthBytes(int recordLengthBytes) {
        requireOpen();
        this.recordLengthBytes = recordLengthBytes;
        return this;
    }

    public int recordLengthBytes() {
        return recordLengthBytes;
    }

    /** Asked at the start of each cycle, on the appending thread; null (the default) when nothing is ever defined. */
    public JournalContext dictionary(JournalDictionary dictionary) {
        requireOpen();
        this.dictionary = dictionary;
        return this;
    }

    public JournalDictionary dictionary() {
        return dictionary;
    }

    /** Makes blocks shorter; null (the default) keeps records as they are. Not shared with another appender or tailer. */
    public JournalContext codec(BlockCodec codec) {
        requireOpen();
        this.codec = codec;
        return this;
    }

    public BlockCodec codec() {
        return codec;
    }

    /** The clock that rolls files, in milliseconds. A step back is ignored until the clock has caught up. */
    public JournalContext epochClock(EpochClock epochClock) {
        requireOpen();
        this.epochClock = Objects.requireNonNull(epochClock, "epochClock");
        return this;
    }

    public EpochClock epochClock() {
        return epochClock;
    }

    /** The sequence of a new journal's first record, at least 1; an existing journal goes on where it ended. */
    public JournalContext firstSequence(long firstSequence) {
        requireOpen();
        this.firstSequence = firstSequence;
        return this;
    }

    public long firstSequence() {
        return firstSequence;
    }

    /**
     * Checks the settings; later calls do nothing.
     *
     * @throws IllegalArgumentException naming the setting that is wrong.
     */
    public JournalContext conclude() {
        if (concluded) {
            return this;
        }
        require(directory != null, "directory=null: name the data folder");
        require(
                recordLengthBytes >= 8 && recordLengthBytes <= BlockDescriptor.MAX_RECORD_LENGTH,
                "recordLengthBytes=" + recordLengthBytes + ": 8 to " + BlockDescriptor.MAX_RECORD_LENGTH);
        require(firstSequence >= 1, "firstSequence=" + firstSequence + ": at least 1");
        concluded = true;
        return this;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private void requireOpen() {
        if (concluded) {
            throw new IllegalStateException("concluded=true: settings are frozen");
        }
    }
}
