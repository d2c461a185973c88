package io.tickring.engine.live;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mapped file of zeros that other processes read: built under another name and renamed when it is ready, so that a reader sees a
 * whole file or the one before it. The mapping lives as long as its buffer. One thread.
 *
 * <p>Design note: the zeros are written and not left as holes. A hole gets its block of the disk when its page is first touched, and
 * on a full disk that touch is a signal, an {@code InternalError} on whatever thread did it.
 */
public final class PublicFile {
    /** Holds all longs that tell files apart. */
    private static final int IDENTITY_LENGTH = 64;

    private static final int PIECE_LENGTH = 1 << 18;
    private static final String[] FULL = {"No space left on device", "Disk quota exceeded"};

    /** Null for memory that no other process reads. */
    private final Path building;

    private final Path file;
    private final UnsafeBuffer buffer;

    private PublicFile(Path building, Path file, UnsafeBuffer buffer) {
        this.building = building;
        this.file = file;
        this.buffer = buffer;
    }

    /**
     * Builds the file that {@link #show} will call {@code name}; what an earlier start left unshown is replaced.
     *
     * @throws IOException naming folder and length where the disk has no room; nothing of the file is left then.
     */
    public static PublicFile build(Path folder, String name, int lengthBytes) throws IOException {
        Path building = folder.resolve(name + ".new");
        Files.deleteIfExists(building);
        try (FileChannel channel = FileChannel.open(building, CREATE_NEW, READ, WRITE)) {
            writeZeros(channel, lengthBytes);
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, lengthBytes));
            return new PublicFile(building, folder.resolve(name), buffer);
        } catch (Throwable e) {
            Files.deleteIfExists(building);
            if (isFull(e)) {
                throw noRoom(folder, name, lengthBytes, e);
            }
            throw e;
        }
    }

    /**
     * As {@link #build}, but for an engine without a folder: zeros in memory, at a cache line's beginning, that no other process reads.
     *
     * @param folder null for memory
     */
    public static PublicFile buildOrMemory(Path folder, String name, int lengthBytes) throws IOException {
        return folder != null
                ? build(folder, name, lengthBytes)
                : new PublicFile(
                        null,
                        null,
                        new UnsafeBuffer(BufferUtil.allocateDirectAligned(lengthBytes, BitUtil.CACHE_LINE_LENGTH)));
    }

    /**
     * Whether another file has taken the place of the one that a reader has mapped.
     *
     * <p>Design note: reads the beginning and maps nothing, for a mapping is let go with the garbage alone, of which a reader may make
     * none.
     *
     * @param identity where the longs begin that no two files have in common
     * @throws IOException if no file is there any more
     */
    public static boolean isReplaced(Path file, DirectBuffer mapped, int... identity) throws IOException {
        UnsafeBuffer now = new UnsafeBuffer(new byte[IDENTITY_LENGTH]);
        try (FileChannel channel = FileChannel.open(file, READ)) {
            channel.read(ByteBuffer.wrap(now.byteArray()), 0);
        }
        for (int offset : identity) {
            if (now.getLong(offset) != mapped.getLong(offset)) {
                return true;
            }
        }
        return false;
    }

    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Gives the file its name, in place of an older one. */
    public void show() throws IOException {
        if (building != null) {
            Files.move(building, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Removes a file that was never shown. */
    public void discard() throws IOException {
        if (building != null) {
            Files.deleteIfExists(building);
        }
    }

    private static void writeZeros(FileChannel channel, int lengthBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(PIECE_LENGTH, lengthBytes));
        for (int written = 0; written < lengthBytes; ) {
            zeros.position(0).limit(Math.min(zeros.capacity(), lengthBytes - written));
            written += channel.write(zeros);
        }
    }

    private static boolean isFull(Throwable e) {
        String message = e instanceof IOException ? String.valueOf(e.getMessage()) : "";
        return message.contains(FULL[0]) || message.contains(FULL[1]);
    }

    private static IOException noRoom(Path folder, String name, int lengthBytes, Throwable cause) {
        return new IOException(
                "no room on the disk: folder=" + folder + " file=" + name + " neededBytes=" + lengthBytes
                        + "; make room, or choose another folder by --live",
                cause);
    }
}
