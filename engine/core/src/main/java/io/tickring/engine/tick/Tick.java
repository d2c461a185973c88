package io.tickring.engine.tick;

import static io.tickring.engine.tick.TickDescriptor.*;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A reading window over one record in a buffer, laid out by {@link TickDescriptor}. It holds no state of its own but where it
 * looks, allocates nothing when moved, and belongs to one thread. Only the fields of the record's type mean anything.
 */
public final class Tick {
    private DirectBuffer buffer;
    private int offset;

    /** Looks at the record that starts at {@code offset}; the window stays valid as long as the bytes do. */
    public Tick wrap(DirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    public long sequence() {
        return longAt(SEQUENCE_OFFSET);
    }

    /** Nanoseconds since the epoch, or {@link TickDescriptor#NO_TIME}. */
    public long exchangeTimeNs() {
        return longAt(EXCHANGE_TIME_OFFSET);
    }

    /** Nanoseconds since the epoch, or {@link TickDescriptor#NO_TIME} for a record that is no tick. */
    public long receiveTimeNs() {
        return longAt(RECEIVE_TIME_OFFSET);
    }

    public int instrumentId() {
        return buffer.getInt(offset + INSTRUMENT_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    public byte type() {
        return buffer.getByte(offset + TYPE_OFFSET);
    }

    public byte side() {
        return buffer.getByte(offset + SIDE_OFFSET);
    }

    public byte flags() {
        return buffer.getByte(offset + FLAGS_OFFSET);
    }

    /** Whether a quote's bid is above its ask, both sides having a size. */
    public boolean isCrossed() {
        return (flags() & CROSSED) != 0;
    }

    /** Whether a quote's bid is its ask, both sides having a size. */
    public boolean isLocked() {
        return (flags() & LOCKED) != 0;
    }

    /** The number of the publisher that wrote the record, 0 to 255. */
    public int source() {
        return buffer.getByte(offset + SOURCE_OFFSET) & 0xFF;
    }

    /** The type that a SKIP had when it was a tick. */
    public byte skippedType() {
        return buffer.getByte(offset + SKIPPED_TYPE_OFFSET);
    }

    public boolean isTick() {
        return TickDescriptor.isTick(type());
    }

    public long bid() {
        return longAt(BID_OFFSET);
    }

    public long ask() {
        return longAt(ASK_OFFSET);
    }

    public long bidSize() {
        return longAt(BID_SIZE_OFFSET);
    }

    public long askSize() {
        return longAt(ASK_SIZE_OFFSET);
    }

    public long price() {
        return longAt(PRICE_OFFSET);
    }

    public long size() {
        return longAt(SIZE_OFFSET);
    }

    public long tradeId() {
        return longAt(TRADE_ID_OFFSET);
    }

    /** The symbol of a DEFINITION. Allocates. */
    public String symbol() {
        return Symbols.decode(buffer, offset + SYMBOL_OFFSET);
    }

    /** The sequence that a CHECKPOINT speaks of. */
    public long checkpointSequence() {
        return longAt(CHECKPOINT_SEQUENCE_OFFSET);
    }

    /** The table's digest after the record with {@link #checkpointSequence()}. */
    public long checkpointDigest() {
        return longAt(CHECKPOINT_DIGEST_OFFSET);
    }

    /** The sequence of the tick that a STALE speaks of. */
    public long judgedSequence() {
        return longAt(JUDGED_SEQUENCE_OFFSET);
    }

    /** What a STALE says the price is; null when this version does not know it. */
    public PriceState judgedState() {
        return PriceState.of(longAt(JUDGED_STATE_OFFSET));
    }

    /** How old the tick of a STALE was, by the engine's clock. */
    public long judgedAgeNs() {
        return longAt(JUDGED_AGE_OFFSET);
    }

    /** When a STALE was judged, by the engine's clock, in ns since the epoch. */
    public long judgedTimeNs() {
        return longAt(JUDGED_TIME_OFFSET);
    }

    /** The first sequence that a GAP says is missing. */
    public long gapFrom() {
        return longAt(GAP_FROM_OFFSET);
    }

    /** The last sequence that a GAP says is missing. */
    public long gapTo() {
        return longAt(GAP_TO_OFFSET);
    }

    /** The first sequence behind a GAP whose checkpoint speaks of the state that a reader has. */
    public long gapComparableFrom() {
        return longAt(GAP_COMPARABLE_FROM_OFFSET);
    }

    /** The number of the reason for a GAP. */
    public int gapCause() {
        return buffer.getInt(offset + GAP_CAUSE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** The records that belong to a GAP and follow it. */
    public int gapRecords() {
        return buffer.getInt(offset + GAP_RECORDS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies the part of a row that a STATE holds to where it belongs; false when it is none. */
    public boolean copyState(MutableDirectBuffer row, int rowOffset) {
        int part = side();
        if (part < 0 || part >= STATES) {
            return false;
        }
        int target = rowOffset + stateFrom(part);
        row.putBytes(target, buffer, offset + EXCHANGE_TIME_OFFSET, INSTRUMENT_ID_OFFSET - EXCHANGE_TIME_OFFSET);
        row.putBytes(target + INSTRUMENT_ID_OFFSET - EXCHANGE_TIME_OFFSET, buffer, offset + BODY_OFFSET, 32);
        return true;
    }

    private long longAt(int field) {
        return buffer.getLong(offset + field, ByteOrder.LITTLE_ENDIAN);
    }
}
