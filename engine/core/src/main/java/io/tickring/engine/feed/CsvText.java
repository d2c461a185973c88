package io.tickring.engine.feed;

import io.tickring.engine.feed.LineReader.Found;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The characters of a CSV file as a CSV reader takes them: one line, which {@link #begin} has moved to, and the lines behind it only
 * where the reader asks for more, because a quote is open. A record that proves broken costs its first line: the others are
 * read again. UTF-8; what is none becomes U+FFFD. Lines end with LF, CRLF or CR. One thread; allocates nothing for a line that is
 * ASCII and a whole record.
 */
final class CsvText extends Reader {
    /** A quote that is open over more characters than these is broken. */
    static final int MAX_OPEN_LENGTH = 1 << 16;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final RecordingInput input;
    private final Deque<Line> again = new ArrayDeque<>();
    private final List<Line> following = new ArrayList<>();
    private FeedOutput output;
    private char[] decoded = new char[1 << 10];
    private int decodedStart;
    private int decodedEnd;
    private Found decodedFound;
    private boolean mayHoldLines;
    private char[] chars;
    private int position;
    private int limit;
    private Found found;
    private long line;
    private long linesRead;
    private long firstLine;
    private int openLength;

    /** One line that was read and will be again. */
    private record Line(char[] text, long number, Found found) {}

    CsvText(RecordingInput input) {
        this.input = input;
    }

    /**
     * Moves to the next line that is not empty, where a record begins; {@code feedOutput}, where there is one yet, is flushed
     * before a wait.
     */
    Found begin(FeedOutput feedOutput) throws IOException {
        output = feedOutput;
        following.clear();
        openLength = 0;
        do {
            move();
        } while (isText() && isEmpty());
        firstLine = line;
        return found;
    }

    /** The number of the line where the record begins, from 1. */
    long firstLine() {
        return firstLine;
    }

    /** Whether the record ends where the input does, without a line break. */
    boolean isLast() {
        return found == Found.LAST;
    }

    /** Whether the reader asked for more behind the record's first line, and there was nothing. */
    boolean endsWithInput() {
        return found == Found.END && following.isEmpty();
    }

    /** Gives up the record's first line and has those behind it read again. */
    void readFollowingAgain() {
        for (int i = following.size() - 1; i >= 0; i--) {
            again.addFirst(following.get(i));
        }
        following.clear();
        position = limit;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (position == limit && !follow()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(chars, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private boolean isText() {
        return found == Found.LINE || found == Found.LAST;
    }

    private boolean isEmpty() {
        return chars[position] == '\n' || chars[position] == '\r';
    }

    private boolean follow() throws IOException {
        if (openLength > MAX_OPEN_LENGTH || !isText()) {
            return false;
        }
        move();
        if (found == Found.END || input.isStopped()) {
            return false;
        }
        following.add(new Line(isText() ? Arrays.copyOfRange(chars, position, limit) : null, line, found));
        openLength += limit - position;
        return isText();
    }

    /** To the next line, be it one to be read again, a part of what is decoded, or new. */
    private void move() throws IOException {
        Line known = again.poll();
        if (known != null) {
            line = known.number;
            found = known.found;
            chars = known.text;
            position = 0;
            limit = chars == null ? 0 : chars.length;
            return;
        }
        if (decodedStart == decodedEnd) {
            decode();
        }
        chars = decoded;
        position = decodedStart;
        limit = lineEnd();
        decodedStart = limit;
        found = decodedFound == Found.LAST && limit < decodedEnd ? Found.LINE : decodedFound;
        line = ++linesRead;
    }

    private void decode() throws IOException {
        decodedFound = input.next(output);
        decodedStart = 0;
        decodedEnd = 0;
        if (decodedFound == Found.LINE || decodedFound == Found.LAST) {
            LineReader lines = input.lines();
            decode(lines.buffer(), lines.start(), lines.end());
            decoded[decodedEnd++] = '\n';
            decodedStart = input.line() == 1 && decoded[0] == BYTE_ORDER_MARK ? 1 : 0;
        }
    }

    private void decode(byte[] bytes, int start, int end) {
        int length = end - start;
        if (decoded.length <= length) {
            decoded = new char[Math.max(2 * decoded.length, length + 1)];
        }
        char[] target = decoded;
        mayHoldLines = false;
        for (int i = 0; i < length; i++) {
            byte b = bytes[start + i];
            if (b == '\r') {
                mayHoldLines |= i < length - 1;
            } else if (b < 0) {
                mayHoldLines = true;
                String text = new String(bytes, start, length, StandardCharsets.UTF_8);
                decodedEnd = text.length();
                text.getChars(0, decodedEnd, target, 0);
                return;
            }
            target[i] = (char) b;
        }
        decodedEnd = length;
    }

    /** Behind the line break: behind a CR that no LF follows, or behind the LF that is always the last character. */
    private int lineEnd() {
        for (int i = decodedStart; mayHoldLines && i < decodedEnd - 1; i++) {
            if (decoded[i] == '\r' && decoded[i + 1] != '\n') {
                return i + 1;
            }
        }
        return decodedEnd;
    }
}
