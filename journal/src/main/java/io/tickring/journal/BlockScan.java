package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All blocks of one file that prove themselves, read past Chronicle. Where the row of pieces breaks off, every place behind it at
 * which a piece may begin is tried.
 */
final class BlockScan {
    private static final int MAX_BLOCK_LENGTH = BlockDescriptor.HEADER_LENGTH + BlockDescriptor.MAX_PAYLOAD_LENGTH;
    private static final int WINDOW_LENGTH = 2 * MAX_BLOCK_LENGTH;

    /** A block and what links it to others. */
    record Found(
            long position,
            int length,
            long journalId,
            long firstSequence,
            int count,
            boolean isGap,
            int previousCrc,
            int crc) {}

    private final List<Found> found = new ArrayList<>();
    private final BlockCodec codec;
    private final BlockChecksum checksum = new BlockChecksum();
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_LENGTH).order(LITTLE_ENDIAN);
    private final byte[] bytes = new byte[MAX_BLOCK_LENGTH + BlockCodec.SLACK_BYTES];
    private final UnsafeBuffer block = new UnsafeBuffer(bytes);
    private final String file;
    private byte[] decoded = {};
    private long windowStart;
    private boolean isWhole = true;

    private BlockScan(BlockCodec codec, String file) {
        this.codec = codec;
        this.file = file;
        window.limit(0);
    }

    /**
     * Reads a file to its end.
     *
     * @throws JournalException UNREADABLE when a sound block is one of a newer version.
     */
    static BlockScan of(Path file, BlockCodec codec) throws IOException {
        BlockScan scan = new BlockScan(codec, file.getFileName().toString());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            scan.read(channel);
        }
        return scan;
    }

    /** In the order of the file, of whatever journal. */
    List<Found> found() {
        return found;
    }

    /** Whether the row of pieces goes from the file's beginning to its last block without a break. */
    boolean isWhole() {
        return isWhole;
    }

    private void read(FileChannel channel) throws IOException {
        long size = channel.size();
        long position = 0;
        boolean isSearching = false;
        while (position + Integer.BYTES <= size) {
            int word = wordAt(channel, position);
            boolean isPiece = Piece.isWhole(word, position, size);
            boolean isBlock =
                    isPiece && !Piece.isChronicles(word) && take(channel, position + Integer.BYTES, Piece.length(word));
            if (isBlock || isPiece && !isSearching && Piece.isChronicles(word)) {
                isWhole &= !isSearching;
                isSearching = false;
                position = Piece.next(word, position);
            } else {
                // An end: nothing, or the mark of a file or a piece that was not finished.
                isWhole &= isSearching || word == 0 || Piece.isUnfinished(word);
                isSearching = true;
                position = Math.max(position + Piece.ALIGNMENT, behindZeros(position));
            }
        }
    }

    /** Goes over zeros as far as the window reaches: most of a file is not filled. */
    private long behindZeros(long position) {
        int index = (int) (position - windowStart);
        while (index + Long.BYTES <= window.limit() && window.getLong(index) == 0) {
            index += Long.BYTES;
        }
        return windowStart + index;
    }

    private int wordAt(FileChannel channel, long position) throws IOException {
        load(channel, position, Integer.BYTES);
        return window.getInt((int) (position - windowStart));
    }

    private boolean take(FileChannel channel, long position, int length) throws IOException {
        if (length < BlockDescriptor.HEADER_LENGTH || length > MAX_BLOCK_LENGTH) {
            return false;
        }
        if (wordAt(channel, position) != BlockDescriptor.MAGIC) {
            return false;
        }
        load(channel, position, length);
        window.get((int) (position - windowStart), bytes, 0, length);
        if (BlockFormat.fault(block, bytes, length, checksum, codec) != null) {
            requireKnown(length);
            return false;
        }
        if (!decodes(length)) {
            return false;
        }
        found.add(new Found(
                position,
                length,
                BlockDescriptor.journalId(block, 0),
                BlockDescriptor.firstSequence(block, 0),
                BlockDescriptor.recordCount(block, 0),
                BlockDescriptor.kind(block, 0) == BlockDescriptor.KIND_GAP,
                BlockDescriptor.previousCrc(block, 0),
                BlockDescriptor.crc(block, 0)));
        return true;
    }

    private void requireKnown(int length) {
        if (checksum.of(bytes, length) == BlockDescriptor.crc(block, 0) && BlockFormat.isNewer(block, codec)) {
            throw new JournalException(
                    JournalException.Reason.UNREADABLE,
                    "the journal was written by a newer version of this program: file=" + file
                            + "; recover it with that one");
        }
    }

    private boolean decodes(int length) {
        if (BlockFormat.isRaw(block)) {
            return true;
        }
        int count = BlockDescriptor.recordCount(block, 0);
        int recordsLength = count * BlockDescriptor.recordLength(block, 0);
        decoded = decoded.length < recordsLength ? new byte[recordsLength] : decoded;
        try {
            codec.decode(
                    bytes,
                    BlockDescriptor.HEADER_LENGTH,
                    length - BlockDescriptor.HEADER_LENGTH,
                    BlockDescriptor.firstSequence(block, 0),
                    count,
                    decoded);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Makes the bytes from {@code position} on, which lie within the file, stand in the window. */
    private void load(FileChannel channel, long position, int length) throws IOException {
        if (position >= windowStart && position + length <= windowStart + window.limit()) {
            return;
        }
        window.clear();
        while (window.hasRemaining() && channel.read(window, position + window.position()) >= 0) {
            continue;
        }
        window.flip();
        windowStart = position;
        if (window.limit() < length) {
            throw new EOFException("position=" + position + " length=" + length + ": the file was cut meanwhile");
        }
    }
}
