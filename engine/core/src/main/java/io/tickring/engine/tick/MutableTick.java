package io.tickring.engine.tick;

import static io.tickring.engine.tick.TickDescriptor.*;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A writing window over one record in a buffer, laid out by {@link TickDescriptor}. Each method but {@link #skip} writes a whole record
 * but for its sequence and source, which the ring sets at commit. Allocates nothing but for {@link #definition}; belongs to one thread.
 */
public final class MutableTick {
    private MutableDirectBuffer buffer;
    private int offset;

    /** Moves to the record that starts at {@code offset}. */
    public MutableTick wrap(MutableDirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /**
     * A quote: both sides of the book's top. An empty side has size 0. Prices and sizes in 10⁻⁸, times in ns or NO_TIME. One that is
     * crossed or locked is flagged, and kept as it is.
     */
    public MutableTick quote(
            int instrumentId, long exchangeTimeNs, long receiveTimeNs, long bid, long ask, long bidSize, long askSize) {
        byte flags = bid >= ask && bidSize > 0 && askSize > 0 ? bid > ask ? CROSSED : LOCKED : 0;
        header(QUOTE, SIDE_NONE, flags, instrumentId, exchangeTimeNs, receiveTimeNs);
        body(bid, ask, bidSize, askSize);
        return this;
    }

    /** A trade; {@code side} is the aggressor's. Price and size in 10⁻⁸ and above 0, times in ns or NO_TIME. */
    public MutableTick trade(
            int instrumentId, long exchangeTimeNs, long receiveTimeNs, long price, long size, long tradeId, byte side) {
        header(TRADE, side, instrumentId, exchangeTimeNs, receiveTimeNs);
        body(price, size, tradeId, 0);
        return this;
    }

    /** Gives {@code symbol} its id for all records that follow. The symbol must be valid ({@link Symbols#isValid}). */
    public MutableTick definition(int instrumentId, String symbol) {
        header(DEFINITION, SIDE_NONE, instrumentId, NO_TIME, NO_TIME);
        body(0, 0, 0, 0);
        Symbols.encode(symbol, buffer, offset + SYMBOL_OFFSET);
        return this;
    }

    /** Says that the table had this digest after the record with {@code sequence}. */
    public MutableTick checkpoint(long sequence, long digest) {
        header(CHECKPOINT, SIDE_NONE, NO_INSTRUMENT, NO_TIME, NO_TIME);
        body(sequence, digest, 0, 0);
        return this;
    }

    /** Says that the price of an instrument, whose newest tick is the one with {@code judgedSequence}, is in a new state since {@code timeNs}. */
    public MutableTick stale(int instrumentId, long judgedSequence, PriceState state, long ageNs, long timeNs) {
        header(STALE, SIDE_NONE, instrumentId, NO_TIME, NO_TIME);
        body(judgedSequence, state.code(), ageNs, timeNs);
        return this;
    }

    /** A record that only owns its sequence. */
    public MutableTick padding() {
        header(PADDING, SIDE_NONE, NO_INSTRUMENT, NO_TIME, NO_TIME);
        body(0, 0, 0, 0);
        return this;
    }

    /** Makes of the tick that stands here one that is not applied; its type takes the place of its flags, all else stays. */
    public MutableTick skip() {
        buffer.putByte(offset + SKIPPED_TYPE_OFFSET, buffer.getByte(offset + TYPE_OFFSET));
        buffer.putByte(offset + TYPE_OFFSET, SKIP);
        return this;
    }

    /** Says that the sequences {@code from} to {@code to} are missing; {@code records} more belong to it. Its sequence becomes 0. */
    public MutableTick gap(long from, long to, long comparableFrom, int cause, int records) {
        buffer.putLong(offset + SEQUENCE_OFFSET, 0);
        header(GAP, SIDE_NONE, NO_INSTRUMENT, NO_TIME, NO_TIME);
        body(from, to, comparableFrom, (cause & 0xFFFF_FFFFL) | (long) records << 32);
        return this;
    }

    /** Part {@code part} of the row of a price table at {@code rowOffset}. Its sequence becomes 0. */
    public MutableTick state(int instrumentId, int part, DirectBuffer row, int rowOffset) {
        int from = rowOffset + stateFrom(part);
        buffer.putLong(offset + SEQUENCE_OFFSET, 0);
        header(STATE, (byte) part, instrumentId, longOf(row, from), longOf(row, from + 8));
        body(longOf(row, from + 16), longOf(row, from + 24), longOf(row, from + 32), longOf(row, from + 40));
        return this;
    }

    private static long longOf(DirectBuffer row, int index) {
        return row.getLong(index, ByteOrder.LITTLE_ENDIAN);
    }

    private void header(byte type, byte side, int instrumentId, long exchangeTimeNs, long receiveTimeNs) {
        header(type, side, (byte) 0, instrumentId, exchangeTimeNs, receiveTimeNs);
    }

    private void header(byte type, byte side, byte flags, int instrumentId, long exchangeTimeNs, long receiveTimeNs) {
        buffer.putLong(offset + EXCHANGE_TIME_OFFSET, exchangeTimeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + RECEIVE_TIME_OFFSET, receiveTimeNs, ByteOrder.LITTLE_ENDIAN);
        long typeToFlags = (type & 0xFFL) | (side & 0xFFL) << 8 | (flags & 0xFFL) << 16;
        buffer.putLong(
                offset + INSTRUMENT_ID_OFFSET,
                (instrumentId & 0xFFFF_FFFFL) | typeToFlags << 32,
                ByteOrder.LITTLE_ENDIAN);
    }

    private void body(long first, long second, long third, long fourth) {
        buffer.putLong(offset + BODY_OFFSET, first, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + BODY_OFFSET + 8, second, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + BODY_OFFSET + 16, third, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + BODY_OFFSET + 24, fourth, ByteOrder.LITTLE_ENDIAN);
    }
}
