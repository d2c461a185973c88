package io.tickring.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;

/**
 * Room on the disk and in memory for what is appended next, taken before it is written. A mapped file has holes until its pages are
 * touched, and touching one on a full disk is a signal that the JVM reports late: the append that lost its bytes has long returned.
 * So an append goes only where blocks of the disk are already. One thread; where the file system cannot give room ahead, or the
 * native layer is missing, nothing is done. Any other failure is an exception.
 *
 * <p>Design note: zeros are written ahead too, though the file holds zeros there, because the system brings the pages of one write
 * into memory together: cheaper than each as the mapping touches it, and without the megabytes of them that it may bring at once.
 */
final class AppendRoom implements AutoCloseable {
    /** Taken at a time. */
    private static final long STEP_BYTES = 4L << 20;
    /** More than Chronicle puts between blocks: two levels of its index at the most. */
    private static final long BETWEEN_BYTES = 1 << 20;
    /** Brought into memory at a time: many pages, and still a short pause. */
    private static final int ZEROS_LENGTH = 64 << 10;

    private static final int READ_WRITE = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int KEEP_SIZE = 1;
    private static final int FROM_START = 0;
    private static final int INTERRUPTED = 4;
    private static final int NO_SPACE = 28;
    private static final int OVER_QUOTA = 122;
    /** EINVAL, ENOSYS, EOPNOTSUPP: this kernel or file system takes no room ahead. */
    private static final Set<Integer> UNSUPPORTED = Set.of(22, 38, 95);

    private static final int NONE = -1;

    private final PosixAPI posix = PosixAPI.posix();
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_LENGTH);
    private Path file;
    private int descriptor = NONE;
    private long takenBytes;
    private long zeroedBytes;

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
        zeroedBytes = 0;
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

    /** Makes sure of room for {@code lengthBytes} at {@code position}, from which on nothing is written but an index, perhaps. */
    void require(long position, long lengthBytes) throws IOException {
        long untouched = position + BETWEEN_BYTES;
        while (descriptor != NONE && takenBytes < untouched + lengthBytes + PageAdvice.PAGE_LENGTH + ZEROS_LENGTH) {
            take();
        }
        while (descriptor != NONE && zeroedBytes < untouched + lengthBytes) {
            zero(untouched);
        }
    }

    private void zero(long untouched) throws IOException {
        long from = Math.max(zeroedBytes, BitUtil.align(untouched, PageAdvice.PAGE_LENGTH));
        posix.lseek(descriptor, from, FROM_START);
        if (posix.write(descriptor, BufferUtil.address(zeros), ZEROS_LENGTH) >= 0) {
            zeroedBytes = from + ZEROS_LENGTH;
        } else if (posix.lastError() != INTERRUPTED) {
            throw failure(posix.lastError());
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
