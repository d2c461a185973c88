package io.tickring.engine.price;

import io.tickring.engine.live.PublicFile;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Where a table lies: in a file that other processes read, or in memory. The bytes are zeros at first. One thread. */
public final class PriceTableFile {
    private final PublicFile file;

    private PriceTableFile(PublicFile file) {
        this.file = file;
    }

    /** A file in {@code folder}, not yet under its name; as {@link PublicFile#build}. */
    public static PriceTableFile build(Path folder, int capacity) throws IOException {
        return new PriceTableFile(
                PublicFile.build(folder, PriceTableDescriptor.FILE_NAME, PriceTableDescriptor.lengthBytes(capacity)));
    }

    /** Memory of zeros, for a table that no other process reads. */
    public static UnsafeBuffer inMemory(int capacity) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                PriceTableDescriptor.lengthBytes(capacity), PriceTableDescriptor.ROW_LENGTH));
    }

    public UnsafeBuffer buffer() {
        return file.buffer();
    }

    /** Gives the file its name, in place of an older one. */
    public void show() throws IOException {
        file.show();
    }

    /** Removes a file that was never shown. */
    public void discard() throws IOException {
        file.discard();
    }
}
