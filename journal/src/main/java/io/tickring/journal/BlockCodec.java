package io.tickring.journal;

import org.agrona.DirectBuffer;

/**
 * Another form for the records of a block: shorter on disk, the same when read. The journal stores its number beside what
 * it made and knows nothing else of it. An instance belongs to one appender or one tailer, and to its thread.
 */
public interface BlockCodec {
    /** How far past its end a payload may be read, and an encoded one be written. */
    int SLACK_BYTES = 128;

    /** The number in the block's header, 1 to 255; kept for good. */
    int number();

    /** A codec of the same kind, for another thread. */
    BlockCodec another();

    /** The length of the records that it knows, in bytes; a block of others is damage. */
    int recordLengthBytes();

    /**
     * Encodes the records of one block. Must not fail on any records: what it cannot encode stays as it is.
     *
     * @param payload receives the bytes from its index 0 on; as long as the records, and {@link #SLACK_BYTES} more.
     * @return the length in bytes, less than that of the records; 0 when the block is to keep them as they are.
     */
    int encode(DirectBuffer records, int offset, long firstSequence, int count, byte[] payload);

    /**
     * Decodes what {@link #encode} made. The checksum has been found right; the bytes may still be hostile.
     *
     * @param length  of the payload; it may be read for {@link #SLACK_BYTES} more, which mean nothing.
     * @param records receives {@code count} records from its index 0 on, at least has room for these.
     * @throws RuntimeException the payload is not what {@code count} records become.
     */
    void decode(byte[] payload, int offset, int length, long firstSequence, int count, byte[] records);
}
