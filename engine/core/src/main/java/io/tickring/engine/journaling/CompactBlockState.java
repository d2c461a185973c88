package io.tickring.engine.journaling;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * What writer and reader of a compact block both know of the ticks before: a row of longs for each instrument and for each source.
 * Begins anew with each block, at no cost: a row counts only if it bears the block's stamp. One thread's.
 */
final class CompactBlockState {
    static final int BID = 0;
    static final int ASK = 1;
    static final int BID_SIZE = 2;
    static final int ASK_SIZE = 3;
    static final int PRICE = 4;
    static final int TRADE_ID = 5;
    /** Flags, source and timed of the instrument's quotes; those of its trades behind. */
    static final int META = 6;
    /** Kept over blocks, within an era: the exponents of prices and of sizes, each with what {@link DecimalSteps} goes by. */
    static final int PRICE_EXPONENT = 8;

    static final int SIZE_EXPONENT = 12;
    static final int POWER = 1;
    static final int INVERSE = 2;
    static final int BEYOND = 3;

    private static final int ROW_SHIFT = 4;
    private static final int LONG_SHIFT = 3;
    private static final long LONGS_OFFSET = UnsafeApi.arrayBaseOffset(long[].class);

    static final int RECEIVE_TIME = 0;
    static final int EXCHANGE_TIME = 1;
    private static final int SOURCE_STAMP = 2;
    private static final int SOURCE_SHIFT = 2;

    private static final int SOURCES = 256;
    private static final int INITIAL_INSTRUMENTS = 64;
    /** After 1,024 blocks an instrument's exponents are learned anew, lest one odd tick spoils them for good. */
    private static final int ERA_SHIFT = 10;

    long[] instruments = {};
    final long[] sources = new long[SOURCES << SOURCE_SHIFT];
    private long[] stamps = {};
    private final long[] lastMeta = new long[2];
    private long stamp;
    private int lastSource;

    CompactBlockState() {
        grow(INITIAL_INSTRUMENTS - 1);
    }

    void begin() {
        stamp++;
        lastSource = 0;
        Arrays.fill(lastMeta, 0);
        Arrays.fill(sources, 0, SOURCE_STAMP, 0);
        sources[SOURCE_STAMP] = stamp;
    }

    /** Where the instrument's row begins. */
    static int row(int id) {
        return id << ROW_SHIFT;
    }

    /** What {@link #get} and {@link #put} take for a row that begins at this index. */
    static long offset(int row) {
        return LONGS_OFFSET + ((long) row << LONG_SHIFT);
    }

    /** A field of a row that is known to be there: that is not checked again. */
    static long get(long[] rows, long row, int field) {
        return UnsafeApi.getLong(rows, row + ((long) field << LONG_SHIFT));
    }

    static void put(long[] rows, long row, int field, long value) {
        UnsafeApi.putLong(rows, row + ((long) field << LONG_SHIFT), value);
    }

    /** Whether an era ended with the block before. */
    boolean beginsEra() {
        return (stamp & (1 << ERA_SHIFT) - 1) == 0;
    }

    boolean isNew(int id) {
        return id >= stamps.length || stamps[id] != stamp;
    }

    /** The instrument's first tick in this block. */
    void enter(int id) {
        if (id >= stamps.length) {
            grow(id);
        }
        int row = row(id);
        if (stamps[id] >>> ERA_SHIFT != stamp >>> ERA_SHIFT) {
            setExponents(row, CompactBlockDescriptor.MAX_EXPONENT, CompactBlockDescriptor.MAX_EXPONENT);
        }
        stamps[id] = stamp;
        Arrays.fill(instruments, row, row + META, 0);
        instruments[row + META] = lastMeta[0];
        instruments[row + META + 1] = lastMeta[1];
    }

    /** @param kind 0 for quotes, 1 for trades */
    void setMeta(int row, int kind, long meta) {
        instruments[row + META + kind] = meta;
        lastMeta[kind] = meta;
    }

    void setExponents(int row, int prices, int sizes) {
        setExponent(row + PRICE_EXPONENT, prices);
        setExponent(row + SIZE_EXPONENT, sizes);
    }

    private void setExponent(int index, int exponent) {
        instruments[index] = exponent;
        instruments[index + POWER] = DecimalSteps.power(exponent);
        instruments[index + INVERSE] = DecimalSteps.inverse(exponent);
        instruments[index + BEYOND] = DecimalSteps.beyond(exponent);
    }

    /** Where the row of the source begins, which is that of the tick before if this is its first in the block. */
    int source(int source) {
        int row = source << SOURCE_SHIFT;
        if (sources[row + SOURCE_STAMP] != stamp) {
            sources[row + SOURCE_STAMP] = stamp;
            sources[row + RECEIVE_TIME] = sources[lastSource + RECEIVE_TIME];
            sources[row + EXCHANGE_TIME] = sources[lastSource + EXCHANGE_TIME];
        }
        lastSource = row;
        return row;
    }

    /** The last value where there is one. */
    static long orElse(long last, long other) {
        return last == 0 ? other : last;
    }

    private void grow(int id) {
        int length = Math.max(2 * stamps.length, id + 1);
        instruments = Arrays.copyOf(instruments, row(length));
        int known = stamps.length;
        stamps = Arrays.copyOf(stamps, length);
        for (int i = known; i < length; i++) {
            setExponents(row(i), CompactBlockDescriptor.MAX_EXPONENT, CompactBlockDescriptor.MAX_EXPONENT);
        }
    }
}
