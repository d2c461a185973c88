package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The layout of one block: a header of 64 bytes and the payload. Little-endian; kept for good.
 *
 * <pre>
 *    0        4    5    6        8        10       12           16
 *   +--------+----+----+--------+--------+--------+------------+
 *   | magic  | ver| cod| record | record | kind   | payload    |
 *   | "TKRB" |    | ec | length | count  |        | length     |
 *   +--------+----+----+--------+--------+--------+------------+
 *   16                          24                             32
 *   +---------------------------+------------------------------+
 *   | first sequence            | journal id                   |
 *   +---------------------------+------------------------------+
 *   32                          40                             48
 *   +---------------------------+------------------------------+
 *   | key                       | durable sequence             |
 *   +---------------------------+------------------------------+
 *   48            52            56             60              64
 *   +-------------+-------------+--------------+---------------+
 *   | incarnation | definitions | CRC of the   | CRC32C of     |
 *   |             | before      | block before | 0..59+payload |
 *   +-------------+-------------+--------------+---------------+
 * </pre>
 *
 * Record count 0 marks a dictionary block: its payload holds the definitions so far, it owns no sequence, and its first
 * sequence is that of the record after it. "Definitions before" is the number, within this cycle, of the last block with
 * a definition before this one ({@link #NO_DEFINITIONS}: none; the first dictionary block of a cycle starts the way
 * anew). The key never falls.
 *
 * <p>Kind 1, with version 2 and record count 0, marks a gap block: records are missing between the block before and its first
 * sequence, which is that of the record after it. Its payload is raw and what a reader goes on from; its definitions start the
 * way anew. A payload that does not fit one block begins in gap blocks before it, of which none but the last leaves sequences
 * out, and each but the last is full. All else has kind 0 and version 1.
 *
 * <p> Codec 0 is the records as they are; another is that of a
 * {@link BlockCodec}, whose payload is shorter. A durable sequence of 0 means that none was known.
 */
public final class BlockDescriptor {
    /** The header's length in bytes. */
    public static final int HEADER_LENGTH = 64;
    /** "TKRB" in the file's order of bytes. */
    public static final int MAGIC = 0x4252_4B54;
    /** The version of all blocks but gap blocks. */
    public static final int VERSION = 1;
    /** The version of gap blocks, so that a program which knows none says what is the matter. */
    public static final int GAP_VERSION = 2;
    /** The kind of blocks that hold records or definitions. */
    public static final int KIND_RECORDS = 0;
    /** The kind of blocks that stand for records which are not there. */
    public static final int KIND_GAP = 1;
    /** The payload holds the records as they are. */
    public static final int CODEC_RAW = 0;
    /** The most records that one block holds. */
    public static final int MAX_RECORDS = 4_096;
    /** The longest record, in bytes. */
    public static final int MAX_RECORD_LENGTH = 1_024;
    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD_LENGTH = MAX_RECORDS * MAX_RECORD_LENGTH;
    /** No block with a definition stands before this one in its cycle. */
    public static final int NO_DEFINITIONS = -1;
    /** The most bytes of definitions in one dictionary block: 32,768 of 64 bytes. */
    public static final int MAX_DICTIONARY_LENGTH = 32_768 * 64;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 4;
    public static final int CODEC_OFFSET = 5;
    public static final int RECORD_LENGTH_OFFSET = 6;
    public static final int RECORD_COUNT_OFFSET = 8;
    public static final int KIND_OFFSET = 10;
    public static final int PAYLOAD_LENGTH_OFFSET = 12;
    public static final int FIRST_SEQUENCE_OFFSET = 16;
    public static final int JOURNAL_ID_OFFSET = 24;
    public static final int KEY_OFFSET = 32;
    public static final int DURABLE_SEQUENCE_OFFSET = 40;
    public static final int INCARNATION_OFFSET = 48;
    public static final int DEFINITIONS_BEFORE_OFFSET = 52;
    public static final int PREVIOUS_CRC_OFFSET = 56;
    public static final int CRC_OFFSET = 60;

    private BlockDescriptor() {}

    public static int magic(DirectBuffer block, int offset) {
        return block.getInt(offset + MAGIC_OFFSET, LITTLE_ENDIAN);
    }

    public static int version(DirectBuffer block, int offset) {
        return block.getByte(offset + VERSION_OFFSET) & 0xFF;
    }

    public static int codec(DirectBuffer block, int offset) {
        return block.getByte(offset + CODEC_OFFSET) & 0xFF;
    }

    public static int recordLength(DirectBuffer block, int offset) {
        return block.getShort(offset + RECORD_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public static int recordCount(DirectBuffer block, int offset) {
        return block.getShort(offset + RECORD_COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public static int kind(DirectBuffer block, int offset) {
        return block.getShort(offset + KIND_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public static int payloadLength(DirectBuffer block, int offset) {
        return block.getInt(offset + PAYLOAD_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    public static long firstSequence(DirectBuffer block, int offset) {
        return block.getLong(offset + FIRST_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public static long journalId(DirectBuffer block, int offset) {
        return block.getLong(offset + JOURNAL_ID_OFFSET, LITTLE_ENDIAN);
    }

    public static long key(DirectBuffer block, int offset) {
        return block.getLong(offset + KEY_OFFSET, LITTLE_ENDIAN);
    }

    public static long durableSequence(DirectBuffer block, int offset) {
        return block.getLong(offset + DURABLE_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public static int incarnation(DirectBuffer block, int offset) {
        return block.getInt(offset + INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    public static int definitionsBefore(DirectBuffer block, int offset) {
        return block.getInt(offset + DEFINITIONS_BEFORE_OFFSET, LITTLE_ENDIAN);
    }

    public static int previousCrc(DirectBuffer block, int offset) {
        return block.getInt(offset + PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN);
    }

    public static int crc(DirectBuffer block, int offset) {
        return block.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    /** Writes what stays the same over the life of one appender; the other fields become 0. */
    static void encodeFixed(MutableDirectBuffer block, int recordLength, long journalId, int incarnation) {
        block.setMemory(0, HEADER_LENGTH, (byte) 0);
        block.putInt(MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
        block.putShort(RECORD_LENGTH_OFFSET, (short) recordLength, LITTLE_ENDIAN);
        block.putLong(JOURNAL_ID_OFFSET, journalId, LITTLE_ENDIAN);
        block.putInt(INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
    }

    /** Writes what each block has of its own, but for the two CRCs. */
    static void encodeBlock(
            MutableDirectBuffer block,
            int kind,
            int codec,
            long firstSequence,
            int count,
            int payloadLength,
            long key,
            int definitionsBefore,
            long durableSequence) {
        block.putLong(DURABLE_SEQUENCE_OFFSET, durableSequence, LITTLE_ENDIAN);
        block.putByte(VERSION_OFFSET, (byte) (kind == KIND_GAP ? GAP_VERSION : VERSION));
        block.putShort(KIND_OFFSET, (short) kind, LITTLE_ENDIAN);
        block.putByte(CODEC_OFFSET, (byte) codec);
        block.putShort(RECORD_COUNT_OFFSET, (short) count, LITTLE_ENDIAN);
        block.putInt(PAYLOAD_LENGTH_OFFSET, payloadLength, LITTLE_ENDIAN);
        block.putLong(FIRST_SEQUENCE_OFFSET, firstSequence, LITTLE_ENDIAN);
        block.putLong(KEY_OFFSET, key, LITTLE_ENDIAN);
        block.putInt(DEFINITIONS_BEFORE_OFFSET, definitionsBefore, LITTLE_ENDIAN);
    }
}
