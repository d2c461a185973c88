package io.tickring.engine.analytics;

/**
 * The layout of the {@code bars} file: a header page, then one row for each instrument, by id. All little-endian.
 *
 * <pre>
 *  header   0 magic i32      4 layout version i32, written last     8 incarnation i64    16 journal id i64, 0 for none
 *          24 row length i32    28 capacity in rows i32            32 instruments i32   36 kinds of bars i32, 1 to 8
 *          40 grace ns i64                                         48 pid of the writer i64
 *          56 start, ms since the epoch i64                        64 half-life ns i64   72 grid ns i64   80 workers i32
 *         128 length of the bars of each kind, ns, 8 times i64
 *        1024 the sequence up to which each worker is done, 32 times i64, each on a cache line of its own
 *
 *  row      +0                +8                +16               +24               +32               +40               +48               +56
 *    0  |     version     |    sequence     |                  symbol, 32 bytes, padded with zeros                  |     quotes      |     trades      |
 *   64  |   quote time    |    bid size     |    ask size     |     spread      |   spread time   |spread×time, high|spread×time, low |   newest trade  |
 *  128  |    mid time     |      EWMA       |   first step    |   newest step   |       mid       |   mid before    |   variance      |        0        |
 *  192  | buy volume, high| buy volume, low |sell volume, high|sell volume, low |        0        |        0        |        0        |        0        |
 *  256  one part for each kind of bars: late trades i64, 7 zeros, then slots of 128 bytes:
 *
 *  slot     +0                +8                +16               +24               +32               +40               +48               +56
 *    0  |      start      |    open time    |   close time    |      open       |      high       |       low       |      close      |     trades      |
 *   64  |  volume, high   |   volume, low   | notional, high  |  notional, low  | buy volume, high| buy volume, low |sell volume, high|sell volume, low |
 * </pre>
 *
 * The version is a seqlock's, as in the price table. Prices, sizes and volumes are in 10⁻⁸, notional and spread×time (ns) are 128 bits;
 * EWMA, both mids and the variance are doubles. The bar that begins at t lies in slot (t / length) mod slots of its kind; there are
 * slots for all bars that are not final and one more, see {@link #slots}. A spread or a time of Long.MIN_VALUE is none.
 */
public final class FiguresDescriptor {
    public static final String FILE_NAME = "bars";

    public static final int MAGIC = 0x42524B54; // "TKRB"
    public static final int LAYOUT_VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_VERSION_OFFSET = 4;
    static final int INCARNATION_OFFSET = 8;
    static final int JOURNAL_ID_OFFSET = 16;
    static final int ROW_LENGTH_OFFSET = 24;
    static final int CAPACITY_OFFSET = 28;
    static final int INSTRUMENTS_OFFSET = 32;
    static final int KINDS_OFFSET = 36;
    static final int GRACE_OFFSET = 40;
    static final int PID_OFFSET = 48;
    static final int START_OFFSET = 56;
    static final int HALF_LIFE_OFFSET = 64;
    static final int GRID_OFFSET = 72;
    static final int WORKERS_OFFSET = 80;
    static final int INTERVALS_OFFSET = 128;
    static final int APPLIED_OFFSET = 1024;
    static final int APPLIED_LENGTH = 64;
    static final int HEADER_LENGTH = 4096;

    static final int VERSION = 0;
    static final int SEQUENCE = 8;
    static final int SYMBOL = 16;
    static final int QUOTES = 48;
    static final int TRADES = 56;
    static final int QUOTE_TIME = 64;
    static final int BID_SIZE = 72;
    static final int ASK_SIZE = 80;
    static final int SPREAD = 88;
    static final int SPREAD_TIME = 96;
    static final int SPREAD_SUM = 104;
    static final int NEWEST_TRADE = 120;
    static final int MID_TIME = 128;
    static final int EWMA = 136;
    static final int FIRST_STEP = 144;
    static final int NEWEST_STEP = 152;
    static final int MID = 160;
    static final int MID_BEFORE = 168;
    static final int VARIANCE = 176;
    static final int BUY_VOLUME = 192;
    static final int SELL_VOLUME = 208;
    static final int BASE_LENGTH = 256;

    static final int LATE = 0;
    static final int PART_HEADER_LENGTH = 64;

    static final int BAR_START = 0;
    static final int BAR_OPEN_TIME = 8;
    static final int BAR_CLOSE_TIME = 16;
    static final int BAR_OPEN = 24;
    static final int BAR_HIGH = 32;
    static final int BAR_LOW = 40;
    static final int BAR_CLOSE = 48;
    static final int BAR_TRADES = 56;
    static final int BAR_VOLUME = 64;
    static final int BAR_NOTIONAL = 80;
    static final int BAR_BUY_VOLUME = 96;
    static final int BAR_SELL_VOLUME = 112;
    static final int BAR_LENGTH = 128;

    static final long NO_SPREAD = Long.MIN_VALUE;
    static final long NO_MID = Long.MIN_VALUE;

    private FiguresDescriptor() {}

    /** How many bars of a length lie in a row: as many as may be open at once within the grace, and the newest final one. */
    static int slots(long intervalNs, long graceNs) {
        return (int) ((graceNs + intervalNs - 1) / intervalNs) + 2;
    }

    static int rowOffset(int id, int rowLength) {
        return HEADER_LENGTH + id * rowLength;
    }
}
