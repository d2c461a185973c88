package io.tickring.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;

/**
 * Room on the disk for what is appended next, taken before it is written. A mapped file has holes until its pages are touched, and
 * touching one on a full disk is a signal that the JVM reports late: the append that lost its bytes has long returned. So an append
 * goes only where blocks of the disk are already. One thread; where the file system cannot give room ahead, or the native layer is
 * missing, nothing is done. Any other failure is an exception.
 */
final class AppendRoom implements AutoCloseable {
    /** Taken at a time. */
    private static final long STEP_BYTES = 4L << 20;
    /** What Chronicle puts between blocks, an index at the most. */
    private static final long BETWEEN_BYTES = 512 << 10;

    private static final int READ_WRITE = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int KEEP_SIZE = 1;
    private static final int INTERRUPTED = 4;
    private static final int NO_SPACE = 28;
    private static final int OVER_QUOTA = 122;
    /** EINVAL, ENOSYS, EOPNOTSUPP: this kernel or file system takes no room ahead. */
    private static final Set<Integer> UNSUPPORTED = Set.of(22, 38, 95);

    private static final int NONE = -1;

    private final PosixAPI posix = PosixAPI.posix();
    private Path file;
    private int descriptor = NONE;
    private long takenBytes;

    /** Makes sure of room for the beginning of another file in {@code folder}, which Chronicle makes and writes at once. */
    static void requireForFile(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < 2 * STEP_BYTES) {
            throw new IOException(DiskCause.NO_ROOM + " for another file: folder=" + folder);
        }
    }

    /** Goes on with {@code newFile}, in which everything before {@code position} is written. Takes room at once. */
    void begin(Path newFile, long position) throws IOException {
        close();
        file = newFile;
        descriptor = open(newFile);
        takenBytes = position;
        require(position, 0);
    }

    /** {@link #NONE} without Chronicle's native layer, which answers any call so. */
    private int open(Path newFile) {
        try {
            return posix.open(newFile.toString(), READ_WRITE | CLOSE_ON_EXEC, 0);
        } catch (PosixRuntimeException missing) {
            return NONE;
        }
    }

    /** Makes sure of room for {@code lengthBytes} at {@code position}. */
    void require(long position, long lengthBytes) throws IOException {
        long neededBytes = position + lengthBytes + BETWEEN_BYTES;
        while (descriptor != NONE && takenBytes < neededBytes) {
            take();
        }
    }

    private void take() throws IOException {
        int failed = posix.fallocate(descriptor, KEEP_SIZE, takenBytes, STEP_BYTES);
        int reason = failed == 0 ? 0 : posix.lastError();
        if (failed == 0) {
            takenBytes += STEP_BYTES;
        } else if (UNSUPPORTED.contains(reason)) {
            close();
        } else if (reason != INTERRUPTED) {
            throw failure(reason);
        }
    }

    /** What is told of {@code errno} from the system. */
    IOException failure(int errno) {
        String what = errno == NO_SPACE || errno == OVER_QUOTA ? DiskCause.NO_ROOM : "the disk gives no room ahead";
        return new IOException(what + ": file=" + file + " position=" + takenBytes + " errno=" + errno);
    }

    @Override
    public void close() {
        if (descriptor != NONE) {
            posix.close(descriptor);
            descriptor = NONE;
        }
    }
}
