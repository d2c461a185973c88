package io.tickring.engine.feed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952), any number of members one after the other. One thread; allocates nothing per read. A stream that is
 * cut throws {@link EOFException}, a damaged one {@link ZipException}, each after all bytes before the damage were given.
 *
 * <p>Design note: the JDK's GZIPInputStream takes a pause of its source for the end behind a member, and a damaged header of a
 * later member as well; both would lose lines without a word.
 */
final class GzipInput extends InputStream {
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int TIME_AND_SYSTEM_LENGTH = 6;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final InputStream source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private int position;
    private int limit;
    private boolean inMember;
    private boolean ended;

    GzipInput(InputStream source) {
        this.source = source;
    }

    /** Whether a stream that starts with these two bytes is gzip. */
    static boolean isMagic(byte first, byte second) {
        return (first & 0xFF) == MAGIC_1 && (second & 0xFF) == MAGIC_2;
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
        while (inMember || openMember()) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                closeMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("preset dictionary");
            } else {
                fill();
                inflater.setInput(buffer, position, limit - position);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inMember = false;
        inflater.end();
        source.close();
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException damage) {
            throw new ZipException(damage.getMessage());
        }
    }

    /** Reads a member's header; false at the end of the stream. Zeros behind a member are padding of a tape or a disk. */
    private boolean openMember() throws IOException {
        int first = ended ? -1 : nextOrEnd();
        while (first == 0) {
            first = nextOrEnd();
        }
        if (first < 0) {
            ended = true;
            return false;
        }
        if (first != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATE) {
            throw new ZipException("not a gzip member");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("reserved flags");
        }
        skip(TIME_AND_SYSTEM_LENGTH);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        crc.reset();
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        inMember = true;
        return true;
    }

    private void closeMember() throws IOException {
        position = limit - inflater.getRemaining();
        inMember = false;
        if (nextInt() != crc.getValue() || nextInt() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new ZipException("checksum or length of a gzip member");
        }
    }

    private long nextInt() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText(int present) throws IOException {
        while (present != 0 && next() != 0) {
            continue;
        }
    }

    private int next() throws IOException {
        if (position == limit) {
            fill();
        }
        return buffer[position++] & 0xFF;
    }

    private int nextOrEnd() throws IOException {
        return position < limit || refill() ? buffer[position++] & 0xFF : -1;
    }

    private void fill() throws IOException {
        if (!refill()) {
            throw new EOFException("gzip stream is cut");
        }
    }

    private boolean refill() throws IOException {
        position = 0;
        limit = Math.max(0, source.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
