package io.tickring.engine.feed;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/**
 * The fields of one row, without the blanks around them, in characters that are overwritten by the next row. Written by the CSV
 * reader as it reads. One thread; allocates only when a row is longer than any before.
 */
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {
    /** Of fields beyond these only how many they are is kept, and whether one is filled. */
    static final int MAX_FIELDS = 4096;

    private char[] text = new char[1024];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int length;
    private int count;
    private boolean filledBeyond;

    /** The characters in which fields lie. */
    char[] text() {
        return text;
    }

    int count() {
        return count;
    }

    int start(int field) {
        return starts[field];
    }

    int length(int field) {
        return ends[field] - starts[field];
    }

    /** Allocates. */
    String field(int field) {
        return new String(text, starts[field], length(field));
    }

    /** Whether a field is {@code word}, which is in lower case, but for its case. */
    boolean is(int field, String word) {
        int wordLength = word.length();
        if (length(field) != wordLength) {
            return false;
        }
        for (int i = 0; i < wordLength; i++) {
            if (Character.toLowerCase(text[starts[field] + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a field has this character in it. */
    boolean has(int field, char character) {
        for (int i = starts[field]; i < ends[field]; i++) {
            if (text[i] == character) {
                return true;
            }
        }
        return false;
    }

    /** Whether a field from the {@code first} one on holds something. */
    boolean isFilledFrom(int first) {
        for (int field = first; field < Math.min(count, MAX_FIELDS); field++) {
            if (length(field) > 0) {
                return true;
            }
        }
        return filledBeyond;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        length = 0;
        count = 0;
        filledBeyond = false;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int fieldLength, boolean quoted) {
        int start = offset;
        int end = offset + fieldLength;
        while (start < end && isBlank(buffer[start])) {
            start++;
        }
        while (start < end && isBlank(buffer[end - 1])) {
            end--;
        }
        if (index < MAX_FIELDS) {
            keep(index, buffer, start, end - start);
        } else {
            filledBeyond |= start < end;
        }
        count = index + 1;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }

    private void keep(int index, char[] buffer, int offset, int fieldLength) {
        if (index == starts.length) {
            starts = Arrays.copyOf(starts, 2 * index);
            ends = Arrays.copyOf(ends, 2 * index);
        }
        if (text.length - length < fieldLength) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + fieldLength));
        }
        System.arraycopy(buffer, offset, text, length, fieldLength);
        starts[index] = length;
        length += fieldLength;
        ends[index] = length;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
