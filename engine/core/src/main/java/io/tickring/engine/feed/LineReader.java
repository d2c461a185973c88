package io.tickring.engine.feed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Cuts a stream of bytes into lines that end with LF. A line lies in {@link #buffer()} from {@link #start()} to {@link #end()},
 * without its LF, until the next call. One thread; allocates only when a line is longer than any before.
 */
final class LineReader {
    /** What {@link #next()} has found. */
    enum Found {
        /** A line. */
        LINE,
        /** The last line, which has no LF. */
        LAST,
        /** A line longer than the bound; its text is not kept. */
        TOO_LONG,
        /** The compressed stream is cut or damaged here; the text since the last LF is not kept. */
        CUT,
        /** Nothing more. */
        END
    }

    private static final int INITIAL_LENGTH = 1 << 16;

    private final InputStream input;
    private final int maxLength;
    private byte[] buffer = new byte[INITIAL_LENGTH];
    private int start;
    private int end;
    private int nextStart;
    private int limit;
    private boolean ended;
    private boolean cut;

    LineReader(InputStream input, int maxLength) {
        this.input = input;
        this.maxLength = maxLength;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Moves to the next line. An IOException other than of damaged compression is the source's own and goes through. */
    Found next() throws IOException {
        start = nextStart;
        boolean tooLong = false;
        int scanned = start;
        while (true) {
            int newline = indexOfNewline(scanned);
            if (newline >= 0) {
                end = newline;
                nextStart = newline + 1;
                return tooLong || end - start > maxLength ? Found.TOO_LONG : Found.LINE;
            }
            if (limit - start > maxLength) {
                tooLong = true;
                start = limit;
            }
            int held = limit - start;
            if (!fill()) {
                return ending(tooLong);
            }
            scanned = start + held;
        }
    }

    private Found ending(boolean tooLong) {
        end = limit;
        nextStart = limit;
        if (cut) {
            cut = false;
            return Found.CUT;
        }
        if (tooLong) {
            return Found.TOO_LONG;
        }
        return start < end ? Found.LAST : Found.END;
    }

    private int indexOfNewline(int from) {
        byte[] bytes = buffer;
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads more behind what is held of the line, which moves to the front. False at the end. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        start = 0;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = readOrEnd();
        ended = count < 0;
        limit += Math.max(0, count);
        return !ended;
    }

    private int readOrEnd() throws IOException {
        try {
            return input.read(buffer, limit, buffer.length - limit);
        } catch (EOFException | ZipException damage) {
            cut = true;
            return -1;
        }
    }
}
