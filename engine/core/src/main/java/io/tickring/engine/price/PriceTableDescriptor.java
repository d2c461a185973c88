package io.tickring.engine.price;

/**
 * The layout of the {@code prices} file: a header page, then one row of 256 bytes for each instrument, by id. All little-endian.
 *
 * <pre>
 *  header   0 magic i32      4 layout version i32, written last     8 incarnation i64    16 journal id i64, 0 for none
 *          24 row length i32    28 capacity in rows i32            32 instruments i32   36 of them not live i32
 *          40 applied sequence i64
 *          48 pid of the writer i64                                56 start, ms since the epoch i64
 *
 *  row      +0                +8                +16               +24               +32               +40               +48               +56
 *    0  |     version     |    sequence     |       bid       |       ask       |    bid size     |    ask size     |  exchange time  |  receive time   |
 *   64  |      last       |    last size    |      open       |      high       |       low       |   volume, high  |   volume, low   | notional, high  |
 *  128  |  notional, low  |     quotes      |     trades      |  last trade id  | receive time back  repeated ids | last side state | time applied    |
 *  192  |                  symbol, 32 bytes, padded with zeros                  |     crossed     |     locked      |     id gaps     |  control seq.   |
 * </pre>
 *
 * The version is a seqlock's: odd while the row is written. Prices and sizes are in 10⁻⁸, volume is 128 bits in 10⁻⁸, notional
 * 128 bits in 10⁻¹⁶, times are ns since the epoch, the last
 * side is the aggressor's of the newest trade, crossed and locked count the quotes that are flagged so, the control sequence that of the newest record that is no tick and has changed the row:
 * its definition, or a STALE. Of the word of the last side byte 0 is it, byte 1 the price's state, the rest 0; the time applied is that
 * of the newest tick by the engine's clock, as fine as its supervisor's rounds, no part of the state that a replay reproduces, and 0
 * where nobody knows. Quote fields mean nothing while quotes is 0, trade fields while trades is 0.
 */
public final class PriceTableDescriptor {
    public static final String FILE_NAME = "prices";

    public static final int MAGIC = 0x50524B54; // "TKRP"
    public static final int LAYOUT_VERSION = 3;

    public static final int MAGIC_OFFSET = 0;
    public static final int LAYOUT_VERSION_OFFSET = 4;
    public static final int INCARNATION_OFFSET = 8;
    public static final int JOURNAL_ID_OFFSET = 16;
    public static final int ROW_LENGTH_OFFSET = 24;
    public static final int CAPACITY_OFFSET = 28;
    public static final int INSTRUMENTS_OFFSET = 32;
    /** Instruments whose price is stale or has expired. */
    public static final int STALE_INSTRUMENTS_OFFSET = 36;

    public static final int APPLIED_SEQUENCE_OFFSET = 40;
    public static final int PID_OFFSET = 48;
    public static final int START_OFFSET = 56;
    public static final int HEADER_LENGTH = 4096;

    public static final int VERSION = 0;
    public static final int SEQUENCE = 8;
    public static final int BID = 16;
    public static final int ASK = 24;
    public static final int BID_SIZE = 32;
    public static final int ASK_SIZE = 40;
    public static final int EXCHANGE_TIME = 48;
    public static final int RECEIVE_TIME = 56;
    public static final int LAST = 64;
    public static final int LAST_SIZE = 72;
    public static final int OPEN = 80;
    public static final int HIGH = 88;
    public static final int LOW = 96;
    public static final int VOLUME_HIGH = 104;
    public static final int VOLUME_LOW = 112;
    public static final int NOTIONAL_HIGH = 120;
    public static final int NOTIONAL_LOW = 128;
    public static final int QUOTES = 136;
    public static final int TRADES = 144;
    public static final int LAST_TRADE_ID = 152;
    /** Ticks received at an earlier time than the one before them. */
    public static final int RECEIVE_TIME_BACK = 160;
    /** Trades whose id is not above the one before them. */
    public static final int REPEATED_IDS = 168;

    /** The aggressor of the newest trade, as {@link io.tickring.engine.tick.TickDescriptor} names sides. */
    public static final int LAST_SIDE = 176;

    /** A byte: the code of a {@link io.tickring.engine.tick.PriceState}. */
    public static final int STATE = 177;

    /** When the newest tick was applied, by the engine's clock, or when the engine started, if that is later. */
    public static final int APPLIED_TIME = 184;

    public static final int SYMBOL = 192;

    /** Quotes whose bid was above their ask, by their flags. */
    public static final int CROSSED = 224;

    /** Quotes whose bid was their ask, by their flags. */
    public static final int LOCKED = 232;

    /** Trades whose id is more than one above the one before them. */
    public static final int ID_GAPS = 240;

    /** The sequence of the newest record that is no tick and has changed the row; 0 where nobody knows. */
    public static final int CONTROL_SEQUENCE = 248;

    public static final int ROW_LENGTH = 256;
    public static final int ROW_LENGTH_SHIFT = 8;

    /** Rows fit a buffer with int offsets, with room to spare. */
    public static final int MAX_CAPACITY = 1 << 20;

    private PriceTableDescriptor() {}

    public static int lengthBytes(int capacity) {
        return HEADER_LENGTH + (capacity << ROW_LENGTH_SHIFT);
    }

    static int rowOffset(int id) {
        return HEADER_LENGTH + (id << ROW_LENGTH_SHIFT);
    }
}
