package io.tickring.engine.tick;

/**
 * The one layout of every record: in the ring's slab, in a journal block, on a wire. 64 bytes, little-endian, one cache line.
 *
 * <pre>
 *   0                   8                   16                  24        28   29   30    31     32
 *  +-------------------+-------------------+-------------------+---------+----+----+-----+------+
 *  |      sequence     |  exchange time ns |  receive time ns  |   id    |type|side|flags|source|
 *  +-------------------+-------------------+-------------------+---------+----+----+-----+------+
 *  32                  40                  48                  56                  64
 *  +-------------------+-------------------+-------------------+-------------------+
 *  |        bid        |        ask        |      bid size     |      ask size     |  QUOTE
 *  |       price       |        size       |      trade id     |         0         |  TRADE
 *  |       symbol, at most 32 printable ASCII bytes, padded with zeros             |  DEFINITION
 *  |  key, 8 ASCII     |       value       |         0         |         0         |  ATTRIBUTE
 *  |      sequence     |   digest at it    |         0         |         0         |  CHECKPOINT
 *  |         0         |         0         |         0         |         0         |  PADDING
 *  |       from        |        to         |  comparable from  | cause   |records  |  GAP
 *  |           the last 32 of 48 bytes of a price table's row, see below           |  STATE
 *  |                 the body of the tick that it was, see below                   |  SKIP
 *  |  judged sequence  |     new state     |       age ns      |    when, in ns    |  STALE
 *  +-------------------+-------------------+-------------------+-------------------+
 * </pre>
 *
 * Prices and sizes are in units of 10⁻⁸ ({@link Decimals}); times are nanoseconds since the epoch, UTC. Records that are no ticks
 * carry {@link #NO_TIME} twice, but for SKIP. A reader skips and counts the types that it does not know.
 *
 * <p>The flags are what the publisher of a quote could see in it: bit 0, it is crossed, its bid is above its ask; bit 1, it is locked,
 * its bid is its ask. Neither is said of a quote with an empty side. All other bits, and all of other records, are 0.
 *
 * <p>SKIP is a tick that a handler threw at and that is not applied. It keeps the tick's bytes but for two: its type is SKIP, and the
 * tick's own type stands in the place of the flags, which go: they follow from the body.
 *
 * <p>STALE says that the newest tick of an instrument, the one with the judged sequence, had this age by the engine's clock at this
 * time since the epoch, so that the price is in a new {@link PriceState}, by its code. It says nothing when the instrument's newest tick is another by then.
 *
 * <p>GAP and STATE stand in a journal's gap blocks alone and own no sequence: theirs is 0. GAP says which sequences are missing, as
 * i64, from where on checkpoints speak of the state again, why they are missing, and how many records follow, as i32: all DEFINITION
 * records so far, then five STATE records for each row in use. The side of a STATE record is a number n from 0 to 4, its times and
 * its body are the row's bytes 48 n to 48 n + 47, or, for the last, 208 to 255: together all but the first half of the symbol, which
 * is its definition's. Older journals have four: what the fifth holds was not counted then.
 */
public final class TickDescriptor {
    public static final int LENGTH = 64;
    public static final int LENGTH_SHIFT = 6;

    public static final int SEQUENCE_OFFSET = 0;
    public static final int EXCHANGE_TIME_OFFSET = 8;
    public static final int RECEIVE_TIME_OFFSET = 16;
    public static final int INSTRUMENT_ID_OFFSET = 24;
    public static final int TYPE_OFFSET = 28;
    public static final int SIDE_OFFSET = 29;
    public static final int FLAGS_OFFSET = 30;
    public static final int SOURCE_OFFSET = 31;
    public static final int BODY_OFFSET = 32;

    /** In a SKIP: what the tick was. */
    public static final int SKIPPED_TYPE_OFFSET = FLAGS_OFFSET;

    public static final int BID_OFFSET = BODY_OFFSET;
    public static final int ASK_OFFSET = BODY_OFFSET + 8;
    public static final int BID_SIZE_OFFSET = BODY_OFFSET + 16;
    public static final int ASK_SIZE_OFFSET = BODY_OFFSET + 24;

    public static final int PRICE_OFFSET = BODY_OFFSET;
    public static final int SIZE_OFFSET = BODY_OFFSET + 8;
    public static final int TRADE_ID_OFFSET = BODY_OFFSET + 16;
    public static final int TRADE_SPARE_OFFSET = BODY_OFFSET + 24;

    public static final int SYMBOL_OFFSET = BODY_OFFSET;
    public static final int SYMBOL_LENGTH = 32;

    public static final int ATTRIBUTE_KEY_OFFSET = BODY_OFFSET;
    public static final int ATTRIBUTE_VALUE_OFFSET = BODY_OFFSET + 8;

    public static final int CHECKPOINT_SEQUENCE_OFFSET = BODY_OFFSET;
    public static final int CHECKPOINT_DIGEST_OFFSET = BODY_OFFSET + 8;

    public static final int JUDGED_SEQUENCE_OFFSET = BODY_OFFSET;
    public static final int JUDGED_STATE_OFFSET = BODY_OFFSET + 8;
    public static final int JUDGED_AGE_OFFSET = BODY_OFFSET + 16;
    public static final int JUDGED_TIME_OFFSET = BODY_OFFSET + 24;

    public static final int GAP_FROM_OFFSET = BODY_OFFSET;
    public static final int GAP_TO_OFFSET = BODY_OFFSET + 8;
    public static final int GAP_COMPARABLE_FROM_OFFSET = BODY_OFFSET + 16;
    public static final int GAP_CAUSE_OFFSET = BODY_OFFSET + 24;
    public static final int GAP_RECORDS_OFFSET = BODY_OFFSET + 28;

    public static final byte PADDING = 0;
    public static final byte QUOTE = 1;
    public static final byte TRADE = 2;
    public static final byte DEFINITION = 3;
    public static final byte ATTRIBUTE = 4;
    public static final byte CHECKPOINT = 5;

    /** Begins the payload of a gap. */
    public static final byte GAP = 6;

    /** A part of a price table's row, in the payload of a gap. */
    public static final byte STATE = 7;

    /** A tick that is not applied, because a handler threw at it. */
    public static final byte SKIP = 8;

    /** The price of an instrument has grown old. */
    public static final byte STALE = 9;

    /** The STATE records of one row. */
    public static final int STATES = 5;

    /** The bytes of a row in one STATE record. */
    public static final int STATE_LENGTH = 48;

    private static final int LAST_STATE_FROM = 208;

    /** In the flags of a quote: its bid is above its ask, and neither side is empty. */
    public static final byte CROSSED = 1;

    /** In the flags of a quote: its bid is its ask, and neither side is empty. */
    public static final byte LOCKED = 1 << 1;

    /** The aggressor of a trade; a quote has none. */
    public static final byte SIDE_NONE = 0;

    public static final byte SIDE_BUY = 1;
    public static final byte SIDE_SELL = 2;

    /** Stands for a time that the source does not tell. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Stands for a trade without an id. */
    public static final long NO_TRADE_ID = Long.MIN_VALUE;

    /** A control record that speaks of no instrument. */
    public static final int NO_INSTRUMENT = -1;

    private TickDescriptor() {}

    /** Where in a row the bytes of STATE record {@code part} begin. */
    static int stateFrom(int part) {
        return part == STATES - 1 ? LAST_STATE_FROM : part * STATE_LENGTH;
    }

    /** Whether a record of this type is a tick (a quote or a trade), the only records that counters of ticks count. */
    public static boolean isTick(byte type) {
        return type == QUOTE || type == TRADE;
    }
}
