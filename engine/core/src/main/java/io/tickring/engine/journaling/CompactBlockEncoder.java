package io.tickring.engine.journaling;

import static io.tickring.engine.journaling.CompactBlockDescriptor.EXTENDED;
import static io.tickring.engine.journaling.CompactBlockDescriptor.ID_SHIFT;
import static io.tickring.engine.journaling.CompactBlockDescriptor.IS_TRADE;
import static io.tickring.engine.journaling.CompactBlockDescriptor.MAX_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockDescriptor.META;
import static io.tickring.engine.journaling.CompactBlockDescriptor.META_LENGTH;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SCALES;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SHAPE_LENGTH;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SIDE_MASK;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SIDE_SHIFT;
import static io.tickring.engine.journaling.CompactBlockDescriptor.TIMED;
import static io.tickring.engine.journaling.CompactBlockDescriptor.VALUE_SHIFT;
import static io.tickring.engine.journaling.CompactBlockState.ASK;
import static io.tickring.engine.journaling.CompactBlockState.ASK_SIZE;
import static io.tickring.engine.journaling.CompactBlockState.BEYOND;
import static io.tickring.engine.journaling.CompactBlockState.BID;
import static io.tickring.engine.journaling.CompactBlockState.BID_SIZE;
import static io.tickring.engine.journaling.CompactBlockState.EXCHANGE_TIME;
import static io.tickring.engine.journaling.CompactBlockState.INVERSE;
import static io.tickring.engine.journaling.CompactBlockState.PRICE;
import static io.tickring.engine.journaling.CompactBlockState.PRICE_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockState.RECEIVE_TIME;
import static io.tickring.engine.journaling.CompactBlockState.SIZE_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockState.TRADE_ID;
import static io.tickring.engine.journaling.CompactBlockState.get;
import static io.tickring.engine.journaling.CompactBlockState.put;

import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockDescriptor;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes compact blocks. Learns the increments of each instrument's prices and sizes and of the times; they only get finer, until
 * they are learned anew. One thread's; allocates nothing but for an instrument that it never met and for records that lie on the heap.
 *
 * <p>Design note: no record gets longer than it was, so that both sides have room is checked once for the block, and no word within it.
 */
final class CompactBlockEncoder {
    /** The records' sequences are not the block's, so they cannot be left out. */
    static final int NOT_IN_SEQUENCE = 0;

    private static final int AGAIN = -1;

    private final CompactBlockState state = new CompactBlockState();
    private UnsafeBuffer copy = new UnsafeBuffer(0, 0);
    private int receiveExponent;
    private long receiveInverse;
    private long receiveBeyond;
    private int exchangeExponent;
    private long exchangeInverse;
    private long exchangeBeyond;
    private int lastId;
    private long receive;
    private long exchange;

    CompactBlockEncoder() {
        setTimeExponents(MAX_EXPONENT, MAX_EXPONENT);
    }

    /**
     * Writes records to {@code payload}, from its index 0 on. They get shorter, whatever they are.
     *
     * @param firstSequence of the block, whose records carry this one and those after it
     * @param count at most {@link BlockDescriptor#MAX_RECORDS}
     * @param payload has room for the records and for {@link CompactBlockDescriptor#MAX_RECORD_LENGTH} bytes more
     * @return the bytes written, or {@link #NOT_IN_SEQUENCE}
     */
    int encode(DirectBuffer records, int offset, long firstSequence, int count, byte[] payload) {
        int recordsLength = count << TickDescriptor.LENGTH_SHIFT;
        records.boundsCheck(offset, recordsLength);
        Objects.checkFromIndexSize(0, recordsLength + CompactBlockDescriptor.MAX_RECORD_LENGTH, payload.length);
        long first = records.byteArray() == null
                ? records.addressOffset() + offset
                : copied(records, offset, recordsLength).addressOffset();
        int length;
        do {
            length = encodeOnce(first, firstSequence, count, payload);
        } while (length == AGAIN);
        return length;
    }

    private UnsafeBuffer copied(DirectBuffer records, int offset, int length) {
        if (copy.capacity() < length) {
            copy = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                    BlockDescriptor.MAX_RECORDS << TickDescriptor.LENGTH_SHIFT, TickDescriptor.LENGTH));
        }
        copy.putBytes(0, records, offset, length);
        return copy;
    }

    /** AGAIN after an exponent of the times was lowered, which holds for the whole block. */
    private int encodeOnce(long first, long firstSequence, int count, byte[] out) {
        state.begin();
        if (state.beginsEra()) {
            setTimeExponents(MAX_EXPONENT, MAX_EXPONENT);
        }
        lastId = 0;
        out[0] = (byte) (exchangeExponent << 4 | receiveExponent);
        long position = BufferUtil.ARRAY_BASE_OFFSET + 1;
        for (int i = 0; i < count; i++) {
            long record = first + ((long) i << TickDescriptor.LENGTH_SHIFT);
            if (UnsafeApi.getLong(record + TickDescriptor.SEQUENCE_OFFSET) != firstSequence + i) {
                return NOT_IN_SEQUENCE;
            }
            long identity = UnsafeApi.getLong(record + TickDescriptor.INSTRUMENT_ID_OFFSET);
            int id = (int) identity;
            int word = (int) (identity >>> Integer.SIZE);
            position = isCompact(id, word)
                    ? encodeTick(record, id, word, out, position)
                    : encodeRaw(record, out, position);
            if (position == AGAIN) {
                return AGAIN;
            }
        }
        return (int) (position - BufferUtil.ARRAY_BASE_OFFSET);
    }

    private static boolean isCompact(int id, int word) {
        return TickDescriptor.isTick((byte) word)
                && (word >>> 8 & 0xFF) <= SIDE_MASK
                && id >= 0
                && id < CompactBlockDescriptor.MAX_INSTRUMENTS;
    }

    private static long encodeRaw(long record, byte[] out, long position) {
        UnsafeApi.putInt(out, position, EXTENDED);
        long to = position + SHAPE_LENGTH + 1 - Long.BYTES;
        for (int word = Long.BYTES; word < TickDescriptor.LENGTH; word += Long.BYTES) {
            UnsafeApi.putLong(out, to + word, UnsafeApi.getLong(record + word));
        }
        return to + TickDescriptor.LENGTH;
    }

    private long encodeTick(long record, int id, int word, byte[] out, long position) {
        int kind = (byte) word == TickDescriptor.TRADE ? IS_TRADE : 0;
        int extension = 0;
        if (state.isNew(id)) {
            state.enter(id);
            extension = SCALES;
        }
        long row = CompactBlockState.offset(CompactBlockState.row(id));
        long exchangeTime = UnsafeApi.getLong(record + TickDescriptor.EXCHANGE_TIME_OFFSET);
        int meta = exchangeTime == TickDescriptor.NO_TIME ? word >>> 16 : word >>> 16 | TIMED;
        if (get(state.instruments, row, CompactBlockState.META + kind) != meta) {
            state.setMeta(CompactBlockState.row(id), kind, meta);
            extension |= META;
        }
        long receiveTime = UnsafeApi.getLong(record + TickDescriptor.RECEIVE_TIME_OFFSET);
        if (!moveTimes(state.source(word >>> 24), receiveTime, exchangeTime)) {
            return AGAIN;
        }
        int shape = kind | (word >>> 8 & SIDE_MASK) << SIDE_SHIFT;
        return kind == 0
                ? encodeQuote(record, row, id, shape, extension, meta, out, position)
                : encodeTrade(record, row, id, shape, extension, meta, out, position);
    }

    /** False if an exponent does not suit; it does from then on. */
    private boolean moveTimes(int sourceRow, long receiveTime, long exchangeTime) {
        long[] last = state.sources;
        long source = CompactBlockState.offset(sourceRow);
        long receiveMove = receiveTime - get(last, source, RECEIVE_TIME);
        long lastExchange = get(last, source, EXCHANGE_TIME);
        long exchangeMove = exchangeTime == TickDescriptor.NO_TIME ? 0 : exchangeTime - lastExchange;
        long receiveProduct = receiveMove * receiveInverse;
        long exchangeProduct = exchangeMove * exchangeInverse;
        receive = PackedLong.zigzag(receiveProduct >> receiveExponent);
        exchange = PackedLong.zigzag(exchangeProduct >> exchangeExponent);
        put(last, source, RECEIVE_TIME, receiveTime);
        put(last, source, EXCHANGE_TIME, lastExchange + exchangeMove);
        if ((receiveProduct & DecimalSteps.remainder(receiveExponent)
                        | exchangeProduct & DecimalSteps.remainder(exchangeExponent)
                        | receive & receiveBeyond
                        | exchange & exchangeBeyond)
                == 0) {
            return true;
        }
        setTimeExponents(
                DecimalSteps.largest(receiveMove, receiveExponent),
                DecimalSteps.largest(exchangeMove, exchangeExponent));
        return false;
    }

    private void setTimeExponents(int receiveTimes, int exchangeTimes) {
        receiveExponent = receiveTimes;
        receiveInverse = DecimalSteps.inverse(receiveTimes);
        receiveBeyond = DecimalSteps.beyond(receiveTimes);
        exchangeExponent = exchangeTimes;
        exchangeInverse = DecimalSteps.inverse(exchangeTimes);
        exchangeBeyond = DecimalSteps.beyond(exchangeTimes);
    }

    private long encodeQuote(
            long record, long row, int id, int shape, int extension, int meta, byte[] out, long position) {
        long bid = UnsafeApi.getLong(record + TickDescriptor.BID_OFFSET);
        long ask = UnsafeApi.getLong(record + TickDescriptor.ASK_OFFSET);
        long bidSize = UnsafeApi.getLong(record + TickDescriptor.BID_SIZE_OFFSET);
        long askSize = UnsafeApi.getLong(record + TickDescriptor.ASK_SIZE_OFFSET);
        long[] rows = state.instruments;
        long bidMove = bid - get(rows, row, BID);
        long askMove = ask - CompactBlockState.orElse(get(rows, row, ASK), bid);
        long bidSizeMove = bidSize - get(rows, row, BID_SIZE);
        long askSizeMove = askSize - get(rows, row, ASK_SIZE);
        put(rows, row, BID, bid);
        put(rows, row, ASK, ask);
        put(rows, row, BID_SIZE, bidSize);
        put(rows, row, ASK_SIZE, askSize);
        return writeQuote(row, shape, extension, meta, id, bidMove, askMove, bidSizeMove, askSizeMove, out, position);
    }

    private long writeQuote(
            long row,
            int shape,
            int extension,
            int meta,
            int id,
            long bidMove,
            long askMove,
            long bidSizeMove,
            long askSizeMove,
            byte[] out,
            long position) {
        long[] rows = state.instruments;
        int said = extension;
        while (true) {
            long priceExponent = get(rows, row, PRICE_EXPONENT);
            long sizeExponent = get(rows, row, SIZE_EXPONENT);
            long priceInverse = get(rows, row, PRICE_EXPONENT + INVERSE);
            long sizeInverse = get(rows, row, SIZE_EXPONENT + INVERSE);
            long bids = bidMove * priceInverse;
            long asks = askMove * priceInverse;
            long bidSizes = bidSizeMove * sizeInverse;
            long askSizes = askSizeMove * sizeInverse;
            long field0 = PackedLong.zigzag(bids >> priceExponent);
            long field1 = PackedLong.zigzag(asks >> priceExponent);
            long field2 = PackedLong.zigzag(bidSizes >> sizeExponent);
            long field3 = PackedLong.zigzag(askSizes >> sizeExponent);
            if ((misfit(rows, row, PRICE_EXPONENT, bids | asks, field0 | field1)
                            | misfit(rows, row, SIZE_EXPONENT, bidSizes | askSizes, field2 | field3))
                    == 0) {
                return write(shape, said, meta, id, field0, field1, field2, field3, out, position);
            }
            lowerExponents(id, bidMove, askMove, bidSizeMove, askSizeMove);
            said |= SCALES;
        }
    }

    private long encodeTrade(
            long record, long row, int id, int shape, int extension, int meta, byte[] out, long position) {
        long price = UnsafeApi.getLong(record + TickDescriptor.PRICE_OFFSET);
        long size = UnsafeApi.getLong(record + TickDescriptor.SIZE_OFFSET);
        long tradeId = UnsafeApi.getLong(record + TickDescriptor.TRADE_ID_OFFSET);
        long spare = UnsafeApi.getLong(record + TickDescriptor.TRADE_SPARE_OFFSET);
        long[] rows = state.instruments;
        long priceMove = price - CompactBlockState.orElse(get(rows, row, PRICE), get(rows, row, BID));
        long tradeIdMove = tradeId - get(rows, row, TRADE_ID) - 1;
        put(rows, row, PRICE, price);
        put(rows, row, TRADE_ID, tradeId);
        int said = extension;
        while (true) {
            long priceExponent = get(rows, row, PRICE_EXPONENT);
            long sizeExponent = get(rows, row, SIZE_EXPONENT);
            long prices = priceMove * get(rows, row, PRICE_EXPONENT + INVERSE);
            long sizes = size * get(rows, row, SIZE_EXPONENT + INVERSE);
            long field0 = PackedLong.zigzag(prices >> priceExponent);
            long field1 = PackedLong.zigzag(sizes >> sizeExponent);
            if ((misfit(rows, row, PRICE_EXPONENT, prices, field0) | misfit(rows, row, SIZE_EXPONENT, sizes, field1))
                    == 0) {
                return write(
                        shape,
                        said,
                        meta,
                        id,
                        field0,
                        field1,
                        PackedLong.zigzag(tradeIdMove),
                        PackedLong.zigzag(spare),
                        out,
                        position);
            }
            lowerExponents(id, priceMove, 0, size, 0);
            said |= SCALES;
        }
    }

    /** Not 0 if one of the products and zigzag quotients, put together here, shows that the exponent does not suit. */
    private static long misfit(long[] rows, long row, int exponent, long products, long quotients) {
        return products & DecimalSteps.remainder(get(rows, row, exponent))
                | quotients & get(rows, row, exponent + BEYOND);
    }

    private void lowerExponents(int id, long price, long otherPrice, long size, long otherSize) {
        int row = CompactBlockState.row(id);
        int prices = DecimalSteps.largest(price, (int) state.instruments[row + PRICE_EXPONENT]);
        int sizes = DecimalSteps.largest(size, (int) state.instruments[row + SIZE_EXPONENT]);
        state.setExponents(row, DecimalSteps.largest(otherPrice, prices), DecimalSteps.largest(otherSize, sizes));
    }

    private long write(
            int kindAndSide,
            int extension,
            int meta,
            int id,
            long field0,
            long field1,
            long field2,
            long field3,
            byte[] out,
            long position) {
        int idLength = id == lastId ? 0 : 1 + (255 - id >>> 31) + (65_535 - id >>> 31);
        lastId = id;
        int codes = PackedLong.code(receive)
                | PackedLong.code(exchange) << PackedLong.CODE_BITS
                | PackedLong.code(field0) << 2 * PackedLong.CODE_BITS;
        int codes2 = PackedLong.code(field1)
                | PackedLong.code(field2) << PackedLong.CODE_BITS
                | PackedLong.code(field3) << 2 * PackedLong.CODE_BITS;
        int shape = kindAndSide | idLength << ID_SHIFT | (codes | codes2 << PackedLong.GROUP_BITS) << VALUE_SHIFT;
        UnsafeApi.putInt(out, position, extension == 0 ? shape : shape | EXTENDED);
        long at = position + SHAPE_LENGTH;
        if (extension != 0) {
            at = writeExtension(extension, meta, CompactBlockState.row(id), out, at);
        }
        UnsafeApi.putInt(out, at, id);
        at += idLength;
        int ends = PackedLong.ends(codes);
        int ends2 = PackedLong.ends(codes2);
        long at2 = at + (ends >>> 16);
        UnsafeApi.putLong(out, at, receive);
        UnsafeApi.putLong(out, at + (ends & 0xFF), exchange);
        UnsafeApi.putLong(out, at + (ends >>> 8 & 0xFF), field0);
        UnsafeApi.putLong(out, at2, field1);
        UnsafeApi.putLong(out, at2 + (ends2 & 0xFF), field2);
        UnsafeApi.putLong(out, at2 + (ends2 >>> 8 & 0xFF), field3);
        return at2 + (ends2 >>> 16);
    }

    private long writeExtension(int extension, int meta, int row, byte[] out, long position) {
        UnsafeApi.putByte(out, position, (byte) extension);
        long end = position + 1;
        if ((extension & META) != 0) {
            UnsafeApi.putInt(out, end, meta);
            end += META_LENGTH;
        }
        if ((extension & SCALES) != 0) {
            UnsafeApi.putByte(out, end++, (byte)
                    (state.instruments[row + PRICE_EXPONENT] << 4 | state.instruments[row + SIZE_EXPONENT]));
        }
        return end;
    }
}
