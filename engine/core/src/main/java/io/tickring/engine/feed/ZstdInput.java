package io.tickring.engine.feed;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdIncrementalFrameDecompressor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.agrona.BufferUtil;

/**
 * Unpacks zstd (RFC 8878), any number of frames one after the other, skippable ones among them. One thread. A stream that is cut
 * throws {@link EOFException} after all whole blocks before the cut were given. A damaged one throws {@link ZipException}; what
 * was still held back for references to it, at most a frame's window, is then not given, as it cannot be trusted.
 *
 * <p>Design note: the library's own stream takes what it has unpacked along when a frame ends too soon, and reads ahead of what it
 * needs, which holds up a pipe. So frames are cut into blocks here, and a frame that ends too soon is closed by an empty last one.
 * The library would then ask for a checksum that is not there: it never hears of checksums, they are verified here.
 */
final class ZstdInput extends InputStream {
    /** The length of what {@link #isMagic} looks at. */
    static final int MAGIC_LENGTH = 4;

    private static final int MAGIC = 0xFD2F_B528;
    private static final int SKIPPABLE_MAGIC = 0x184D_2A50;
    private static final int SKIPPABLE_MASK = 0xFFFF_FFF0;
    private static final int CHECKSUM = 4;
    private static final int SINGLE_SEGMENT = 32;
    private static final int MAX_WINDOW = 1 << 23;
    private static final int MAX_BLOCK = 1 << 17;
    private static final int BLOCK_HEADER_LENGTH = 3;
    private static final int RUN_BLOCK = 1;
    private static final int[] DICTIONARY_LENGTHS = {0, 1, 2, 4};

    private final InputStream source;
    private final ZstdIncrementalFrameDecompressor frame = new ZstdIncrementalFrameDecompressor();
    private final ZstdChecksum checksum = new ZstdChecksum();
    /** A frame's header or a block, and room for the library to read a word behind it. */
    private final byte[] unit = new byte[MAX_BLOCK + 16];

    private int position;
    private int limit;
    private boolean inFrame;
    private boolean lastBlockIsRead;
    private boolean hasChecksum;
    private boolean ended;
    private EOFException cut;

    ZstdInput(InputStream source) {
        this.source = source;
    }

    /** Whether a stream that starts with these four bytes is zstd. */
    static boolean isMagic(byte[] bytes) {
        int magic = littleEndian(bytes, 0, MAGIC_LENGTH);
        return magic == MAGIC || isSkippable(magic);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int count = unpack(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (cut != null) {
                throw cut;
            }
            if (ended || !nextUnit()) {
                return -1;
            }
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        position = limit;
        source.close();
    }

    /** Gives what the library has ready, from the unit where it needs it; 0 when it needs another unit. */
    private int unpack(byte[] target, int offset, int length) throws ZipException {
        if (ended || position == limit && frame.getRequestedOutputSize() == 0) {
            return 0;
        }
        try {
            frame.partialDecompress(
                    unit,
                    BufferUtil.ARRAY_BASE_OFFSET + position,
                    BufferUtil.ARRAY_BASE_OFFSET + limit,
                    target,
                    offset,
                    offset + length);
        } catch (MalformedInputException
                | ArithmeticException
                | IllegalArgumentException
                | IllegalStateException damage) {
            throw damaged(damage.getMessage());
        }
        position += frame.getInputConsumed();
        return frame.getOutputBufferUsed();
    }

    /** Reads a header or a block, over the ends of frames; false at the end of the stream. */
    private boolean nextUnit() throws IOException {
        position = 0;
        limit = 0;
        try {
            if (inFrame && lastBlockIsRead) {
                closeFrame();
            }
            if (!inFrame) {
                return openFrame();
            }
            readBlock();
        } catch (EOFException tooSoon) {
            if (!inFrame || lastBlockIsRead) {
                ended = true;
                throw tooSoon;
            }
            cut = tooSoon;
            closeCutFrame();
        }
        return true;
    }

    private boolean openFrame() throws IOException {
        int count = source.readNBytes(unit, 0, MAGIC_LENGTH);
        int magic = littleEndian(unit, 0, MAGIC_LENGTH);
        while (count == MAGIC_LENGTH && isSkippable(magic)) {
            require(MAGIC_LENGTH, 4);
            source.skipNBytes(littleEndian(unit, MAGIC_LENGTH, 4) & 0xFFFF_FFFFL);
            count = source.readNBytes(unit, 0, MAGIC_LENGTH);
            magic = littleEndian(unit, 0, MAGIC_LENGTH);
        }
        if (count == 0) {
            ended = true;
            return false;
        }
        if (count < MAGIC_LENGTH) {
            throw new EOFException("zstd stream is cut");
        }
        if (magic != MAGIC) {
            throw damaged("not a zstd frame");
        }
        readHeader();
        return true;
    }

    private void readHeader() throws IOException {
        require(MAGIC_LENGTH, 1);
        int descriptor = unit[MAGIC_LENGTH] & 0xFF;
        boolean isSingle = (descriptor & SINGLE_SEGMENT) != 0;
        int sizeCode = descriptor >>> 6;
        int sizeLength = sizeCode == 0 ? (isSingle ? 1 : 0) : 1 << sizeCode;
        int length = (isSingle ? 0 : 1) + DICTIONARY_LENGTHS[descriptor & 3] + sizeLength;
        require(MAGIC_LENGTH + 1, length);
        limit = MAGIC_LENGTH + 1 + length;
        if (isSingle) {
            requireWindow(contentSize(limit - sizeLength, sizeLength));
        } else {
            requireWindow(windowOf(unit[MAGIC_LENGTH + 1] & 0xFF));
        }
        hasChecksum = (descriptor & CHECKSUM) != 0;
        unit[MAGIC_LENGTH] = (byte) (descriptor & ~CHECKSUM);
        checksum.reset();
        inFrame = true;
        lastBlockIsRead = false;
    }

    private static long windowOf(int descriptor) {
        long base = 1L << 10 + (descriptor >>> 3);
        return base + base / 8 * (descriptor & 7);
    }

    /** What a frame of a single segment says it holds: all of it is its window. */
    private long contentSize(int offset, int length) {
        long size = 0;
        for (int i = length - 1; i >= 0; i--) {
            size = size << 8 | unit[offset + i] & 0xFF;
        }
        return length == 2 ? size + 256 : size;
    }

    /** Not damage: the file is sound, and nothing of it can be read. */
    private static void requireWindow(long window) throws IOException {
        if (window < 0 || window > MAX_WINDOW) {
            throw new IOException("zstd window=" + window + " is more than " + MAX_WINDOW
                    + " bytes; compress with a smaller one, as zstd -19 does");
        }
    }

    private void readBlock() throws IOException {
        require(0, BLOCK_HEADER_LENGTH);
        int header = littleEndian(unit, 0, BLOCK_HEADER_LENGTH);
        int size = header >>> 3;
        if (size > MAX_BLOCK) {
            throw damaged("a zstd block of " + size + " bytes");
        }
        int length = (header >>> 1 & 3) == RUN_BLOCK ? 1 : size;
        require(BLOCK_HEADER_LENGTH, length);
        limit = BLOCK_HEADER_LENGTH + length;
        lastBlockIsRead = (header & 1) != 0;
    }

    private void closeFrame() throws IOException {
        if (hasChecksum) {
            require(0, 4);
            if (littleEndian(unit, 0, 4) != (int) checksum.value()) {
                throw damaged("checksum of a zstd frame");
            }
        }
        inFrame = false;
    }

    /** Puts an empty last block for what is not there, so that the library gives all that came before. */
    private void closeCutFrame() {
        unit[0] = 1;
        unit[1] = 0;
        unit[2] = 0;
        limit = BLOCK_HEADER_LENGTH;
    }

    private void require(int offset, int length) throws IOException {
        if (source.readNBytes(unit, offset, length) < length) {
            throw new EOFException("zstd stream is cut");
        }
    }

    private ZipException damaged(String how) {
        ended = true;
        return new ZipException(how);
    }

    private static boolean isSkippable(int magic) {
        return (magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC;
    }

    private static int littleEndian(byte[] bytes, int offset, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[offset + i] & 0xFF;
        }
        return value;
    }
}
