package io.tickring.engine.broadcast;

import static io.tickring.engine.broadcast.BroadcastDescriptor.*;

import io.tickring.engine.live.PublicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Where the broadcast lies: in a file that other processes read, or in memory. One thread; readers may be asked for by any. */
public final class BroadcastFile {
    private final PublicFile file;
    private final UnsafeBuffer buffer;

    private BroadcastFile(PublicFile file, int capacityBytes) {
        this.file = file;
        this.buffer = file.buffer();
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putInt(CAPACITY_OFFSET, capacityBytes);
    }

    /**
     * A file in {@code folder}, not yet under its name; as {@link PublicFile#build}.
     *
     * @param folder null for memory of this process
     * @param capacityBytes a power of two
     */
    public static BroadcastFile build(Path folder, int capacityBytes) throws IOException {
        PublicFile file = PublicFile.buildOrMemory(folder, FILE_NAME, lengthBytes(capacityBytes));
        return new BroadcastFile(file, capacityBytes);
    }

    /**
     * Names the run that writes, and gives the file its name, in place of an older one.
     *
     * @param firstSequence of the first record that will be in it
     */
    public void show(long incarnation, long journalId, long pid, long startEpochMs, long firstSequence)
            throws IOException {
        buffer.putLong(INCARNATION_OFFSET, incarnation);
        buffer.putLong(JOURNAL_ID_OFFSET, journalId);
        buffer.putLong(PID_OFFSET, pid);
        buffer.putLong(START_OFFSET, startEpochMs);
        buffer.putLong(FIRST_SEQUENCE_OFFSET, firstSequence);
        buffer.putLong(LAST_SEQUENCE_OFFSET, firstSequence - 1);
        buffer.putIntRelease(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
        file.show();
    }

    /** Removes a file that was never shown. */
    public void discard() throws IOException {
        file.discard();
    }

    /** Removes what an earlier run has left under the name, for a run that writes none: nobody is to wait for more in it. */
    public static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE_NAME));
    }

    /** The stage that fills it; there is to be one. */
    public BroadcastHandler handler() {
        return new BroadcastHandler(buffer);
    }

    /** A reader in this process, which begins with what comes next. */
    public BroadcastReader reader() {
        return BroadcastReader.over(buffer);
    }
}
