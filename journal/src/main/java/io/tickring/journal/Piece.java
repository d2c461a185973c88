package io.tickring.journal;

/**
 * The word before each piece of a Chronicle file: a length and two marks. A file is a row of pieces, each padded to a multiple of four;
 * Chronicle's own are marked and blocks are not.
 */
final class Piece {
    static final int NOT_COMPLETE = 0x8000_0000;
    static final int ALIGNMENT = Integer.BYTES;

    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;

    private Piece() {}

    /** Of the piece, without its word. */
    static int length(int word) {
        return word & LENGTH_MASK;
    }

    /** Whether the word at {@code position} is that of a finished piece that lies within a file of {@code size} bytes. */
    static boolean isWhole(int word, long position, long size) {
        return !isUnfinished(word) && length(word) > 0 && position + Integer.BYTES + length(word) <= size;
    }

    static boolean isUnfinished(int word) {
        return (word & NOT_COMPLETE) != 0;
    }

    static boolean isChronicles(int word) {
        return (word & META_DATA) != 0;
    }

    /** Where the piece after the one at {@code position} begins. */
    static long next(int word, long position) {
        return (position + Integer.BYTES + length(word) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
