package io.tickring.engine.price;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a table lies: built under another name and renamed when it is ready, so that a reader sees a whole table or the one
 * before it, and never one that is cut under it. The mapping lives as long as the table is used.
 */
public final class PriceTableFile {
    private final Path building;
    private final Path file;
    private final UnsafeBuffer buffer;

    private PriceTableFile(Path building, Path file, UnsafeBuffer buffer) {
        this.building = building;
        this.file = file;
        this.buffer = buffer;
    }

    /** A file of zeros in {@code folder}, not yet under its name. */
    public static PriceTableFile build(Path folder, int capacity) throws IOException {
        Path building = folder.resolve(PriceTableDescriptor.FILE_NAME + ".new");
        Files.deleteIfExists(building);
        try (FileChannel channel = FileChannel.open(
                building, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            UnsafeBuffer buffer = new UnsafeBuffer(
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, PriceTableDescriptor.lengthBytes(capacity)));
            return new PriceTableFile(building, folder.resolve(PriceTableDescriptor.FILE_NAME), buffer);
        }
    }

    /** Memory of zeros, for a table that no other process reads. */
    public static UnsafeBuffer inMemory(int capacity) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                PriceTableDescriptor.lengthBytes(capacity), PriceTableDescriptor.ROW_LENGTH));
    }

    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Gives the file its name, in place of an older one. */
    public void show() throws IOException {
        Files.move(building, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a file that was never shown. */
    public void discard() throws IOException {
        Files.deleteIfExists(building);
    }
}
