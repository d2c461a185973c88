package io.tickring.engine.journaling;

/**
 * The layout of a compact block's payload: what each tick adds to the one before. Little-endian; each block reads alone.
 *
 * <pre>
 *   block  = steps record*                 steps: exponent of exchange times &lt;&lt; 4 | of receive times; a byte
 *   record = shape [extension [flags source timed] [scales]] [id] receive exchange field field field field
 *          | raw shape, byte 0, bytes 8 to 63 of the record as they are
 *
 *    0     1     2     4       6       9        12      15      18      21      24
 *   +-----+-----+-----+-------+-------+--------+-------+-------+-------+-------+
 *   |trade|ext. | id  | side  |receive|exchange| field | field | field | field |   shape, 3 bytes
 *   +-----+-----+-----+-------+-------+--------+-------+-------+-------+-------+
 * </pre>
 *
 * The shape says how long everything is, so that nothing has to be read to know where the next value lies: of the id, 0 to 3 bytes,
 * 0 if it is that of the tick before; of times and fields, 0 to 6 bytes, or 8 for a 7. No byte stands for zero.
 *
 * <p>Times and fields are zigzag differences to what was expected, in units of ten to the given exponent, modulo 2⁶⁴. Expected are:
 * the time of the source's last tick, and before the first that of the tick before; a quote's last bid, ask, bid size and ask size;
 * a trade's last price, size 0, last trade id + 1, and 0 for what is unused. A last value of 0 stands for none: the ask then
 * goes by the tick's own bid, the trade's price by the last bid. At the block's start all are 0, and so are the id and what is said
 * of flags, source and timed.
 *
 * <p>The extension's bit 0 says that {@code scales} follow, a byte: the exponent of the instrument's prices &lt;&lt; 4 | of its sizes
 * (trade ids have none); they must follow for its first tick in the block. Bit 1 says that flags, source and {@code timed} follow, a byte
 * each; timed is 1 when there is an exchange time, and a tick without one leaves the source's last as it was. The three hold for the
 * instrument's ticks of one type until they are said anew, and are first those last said for that type. Sequences are not stored:
 * they follow from the block's first.
 */
final class CompactBlockDescriptor {
    /** The codec's number in the block's header. */
    static final int CODEC = 1;

    static final int IS_TRADE = 1;
    static final int EXTENDED = 1 << 1;
    static final int ID_SHIFT = 2;
    static final int ID_MASK = 0b11;
    static final int SIDE_SHIFT = 4;
    static final int SIDE_MASK = 0b11;
    /** Receive time, exchange time and four fields, three bits each. */
    static final int VALUE_SHIFT = 6;

    static final int SHAPE_LENGTH = 3;

    /** Extensions; a raw record has none of them. */
    static final int SCALES = 1;

    static final int META = 1 << 1;

    /** In the flags, source and timed of a tick. */
    static final int TIMED = 1 << 16;

    static final int META_LENGTH = 3;
    static final int META_MASK = 0x1_FFFF;

    /** The exponents have four bits. */
    static final int MAX_EXPONENT = 15;

    /** Ids from here on stand in raw records. */
    static final int MAX_INSTRUMENTS = 1 << 20;

    /** No record takes more, in bytes; a raw one takes {@code SHAPE_LENGTH + 1 + 56}. */
    static final int MAX_RECORD_LENGTH = SHAPE_LENGTH + 1 + Math.max(META_LENGTH + 1 + 3 + 6 * Long.BYTES, 56);

    private CompactBlockDescriptor() {}
}
