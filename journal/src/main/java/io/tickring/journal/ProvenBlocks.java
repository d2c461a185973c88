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
 * The blocks of one file that prove themselves and follow one another, read past Chronicle, which stops or goes astray where a
 * power cut left holes.
 */
final class ProvenBlocks {
    /** Where a block lies in its file, without its length word. */
    record Place(long position, int length) {}

    private final List<Place> places = new ArrayList<>();
    private final BlockChecksum checksum = new BlockChecksum();
    private final long journalId;
    private long firstSequence;
    private long nextSequence;
    private int firstPreviousCrc;
    private int lastCrc;

    private ProvenBlocks(long journalId) {
        this.journalId = journalId;
    }

    /** Reads {@code file} from its beginning up to the first block that is not what it should be. */
    static ProvenBlocks of(Path file, long journalId) throws IOException {
        ProvenBlocks proven = new ProvenBlocks(journalId);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            proven.scan(channel);
        }
        return proven;
    }

    /** Whether this file goes on where {@code before} ends. */
    boolean follows(ProvenBlocks before) {
        return !isEmpty() && firstPreviousCrc == before.lastCrc && firstSequence == before.nextSequence;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    List<Place> places() {
        return places;
    }

    /** Of the first record of the first block. */
    long firstSequence() {
        return firstSequence;
    }

    /** Behind the last record of the last block. */
    long nextSequence() {
        return nextSequence;
    }

    private void scan(FileChannel channel) throws IOException {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(LITTLE_ENDIAN);
        long size = channel.size();
        long position = 0;
        while (position + Integer.BYTES <= size) {
            word.clear();
            channel.read(word, position);
            int header = word.getInt(0);
            if (!Piece.isWhole(header, position, size)
                    || !Piece.isChronicles(header) && !take(channel, position + Integer.BYTES, Piece.length(header))) {
                return;
            }
            position = Piece.next(header, position);
        }
    }

    /** Reads bytes that lie within the file. */
    static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("position=" + position + " length=" + length + ": the file was cut meanwhile");
            }
        }
        return bytes.array();
    }

    private boolean take(FileChannel channel, long position, int length) throws IOException {
        if (length < BlockDescriptor.HEADER_LENGTH
                || length > BlockDescriptor.HEADER_LENGTH + BlockDescriptor.MAX_PAYLOAD_LENGTH) {
            return false;
        }
        byte[] bytes = read(channel, position, length);
        UnsafeBuffer block = new UnsafeBuffer(bytes);
        boolean proves = BlockDescriptor.magic(block, 0) == BlockDescriptor.MAGIC
                && BlockDescriptor.crc(block, 0) == checksum.of(bytes, length)
                && BlockDescriptor.journalId(block, 0) == journalId
                && (isEmpty() || BlockDescriptor.previousCrc(block, 0) == lastCrc && continues(block));
        if (proves) {
            if (isEmpty()) {
                firstSequence = BlockDescriptor.firstSequence(block, 0);
                firstPreviousCrc = BlockDescriptor.previousCrc(block, 0);
            }
            places.add(new Place(position, length));
            nextSequence = BlockDescriptor.firstSequence(block, 0) + BlockDescriptor.recordCount(block, 0);
            lastCrc = BlockDescriptor.crc(block, 0);
        }
        return proves;
    }

    private boolean continues(UnsafeBuffer block) {
        return BlockFormat.continues(
                BlockDescriptor.kind(block, 0) == BlockDescriptor.KIND_GAP,
                BlockDescriptor.firstSequence(block, 0),
                nextSequence);
    }
}
