package io.tickring.engine.journaling;

import static io.tickring.engine.journaling.CompactBlockDescriptor.EXTENDED;
import static io.tickring.engine.journaling.CompactBlockDescriptor.ID_MASK;
import static io.tickring.engine.journaling.CompactBlockDescriptor.ID_SHIFT;
import static io.tickring.engine.journaling.CompactBlockDescriptor.IS_TRADE;
import static io.tickring.engine.journaling.CompactBlockDescriptor.MAX_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockDescriptor.META;
import static io.tickring.engine.journaling.CompactBlockDescriptor.META_LENGTH;
import static io.tickring.engine.journaling.CompactBlockDescriptor.META_MASK;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SCALES;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SHAPE_LENGTH;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SIDE_MASK;
import static io.tickring.engine.journaling.CompactBlockDescriptor.SIDE_SHIFT;
import static io.tickring.engine.journaling.CompactBlockDescriptor.TIMED;
import static io.tickring.engine.journaling.CompactBlockDescriptor.VALUE_SHIFT;
import static io.tickring.engine.journaling.CompactBlockState.ASK;
import static io.tickring.engine.journaling.CompactBlockState.ASK_SIZE;
import static io.tickring.engine.journaling.CompactBlockState.BID;
import static io.tickring.engine.journaling.CompactBlockState.BID_SIZE;
import static io.tickring.engine.journaling.CompactBlockState.EXCHANGE_TIME;
import static io.tickring.engine.journaling.CompactBlockState.POWER;
import static io.tickring.engine.journaling.CompactBlockState.PRICE;
import static io.tickring.engine.journaling.CompactBlockState.PRICE_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockState.RECEIVE_TIME;
import static io.tickring.engine.journaling.CompactBlockState.SIZE_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockState.TRADE_ID;
import static io.tickring.engine.journaling.CompactBlockState.get;
import static io.tickring.engine.journaling.CompactBlockState.put;

import io.tickring.engine.tick.TickDescriptor;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Reads compact blocks back into the records that they were made of, byte for byte. One thread's.
 *
 * <p>Design note: a record that begins within the payload cannot lead further than {@link CompactBlockDescriptor#MAX_RECORD_LENGTH}
 * bytes past its end; so where it begins is checked, once for each, and no word within it. Where its values lie is looked up, three of
 * them at a time: what one record waits for of the one before is then its first three bytes alone.
 */
final class CompactBlockDecoder {
    private static final int NOT_EXTENDED = -1;
    private static final int SHAPE_MASK = (1 << SHAPE_LENGTH * Byte.SIZE) - 1;

    private final CompactBlockState state = new CompactBlockState();
    private long exchangePower;
    private long receivePower;

    /**
     * Writes the records to {@code records}, from its index 0 on.
     *
     * @param payload is readable for {@link CompactBlockDescriptor#MAX_RECORD_LENGTH} bytes more than {@code length}
     * @throws RuntimeException the payload is no compact block of {@code count} records
     */
    void decode(byte[] payload, int offset, int length, long firstSequence, int count, byte[] records) {
        require(length > 0);
        Objects.checkFromIndexSize(offset, length + CompactBlockDescriptor.MAX_RECORD_LENGTH, payload.length);
        Objects.checkFromIndexSize(0, count << TickDescriptor.LENGTH_SHIFT, records.length);
        state.begin();
        exchangePower = DecimalSteps.power(payload[offset] >>> 4 & MAX_EXPONENT);
        receivePower = DecimalSteps.power(payload[offset] & MAX_EXPONENT);
        int end = offset + length;
        int position = offset + 1;
        int lastId = 0;
        for (int i = 0; i < count; i++) {
            require(position < end);
            long record = BufferUtil.ARRAY_BASE_OFFSET + ((long) i << TickDescriptor.LENGTH_SHIFT);
            int shape = UnsafeApi.getInt(payload, BufferUtil.ARRAY_BASE_OFFSET + (long) position) & SHAPE_MASK;
            int extension = (shape & EXTENDED) == 0 ? NOT_EXTENDED : payload[position + SHAPE_LENGTH] & 0xFF;
            int extensionAt = position + SHAPE_LENGTH + 1;
            UnsafeApi.putLong(records, record + TickDescriptor.SEQUENCE_OFFSET, firstSequence + i);
            if (extension == 0) {
                position = decodeRaw(payload, shape, extensionAt, records, i << TickDescriptor.LENGTH_SHIFT);
                continue;
            }
            int idAt = position + SHAPE_LENGTH + extensionLength(extension);
            int idLength = shape >>> ID_SHIFT & ID_MASK;
            lastId = idLength == 0 ? lastId : (int) value(payload, BufferUtil.ARRAY_BASE_OFFSET + idAt, idLength);
            if (state.isNew(lastId)) {
                enter(lastId, extension);
            }
            if (extension != NOT_EXTENDED) {
                learn(payload, extension, extensionAt, CompactBlockState.row(lastId), shape & IS_TRADE);
            }
            position = idAt + idLength;
            position += decodeTick(payload, BufferUtil.ARRAY_BASE_OFFSET + position, shape, lastId, records, record);
        }
        require(position == end);
    }

    /** Answers what times and fields take, in bytes. The instrument is in the state, so its row is there. */
    private int decodeTick(byte[] in, long at, int shape, int id, byte[] out, long record) {
        long[] rows = state.instruments;
        long row = CompactBlockState.offset(CompactBlockState.row(id));
        int meta = (int) get(rows, row, CompactBlockState.META + (shape & IS_TRADE));
        int codes = shape >>> VALUE_SHIFT;
        int ends = PackedLong.ends(codes);
        int ends2 = PackedLong.ends(codes >>> PackedLong.GROUP_BITS);
        UnsafeApi.putLong(out, record + TickDescriptor.INSTRUMENT_ID_OFFSET, identity(id, shape, meta));
        writeTimes(meta, move(in, at, code(codes, 0)), move(in, at + (ends & 0xFF), code(codes, 1)), out, record);
        long move0 = move(in, at + (ends >>> Byte.SIZE & 0xFF), code(codes, 2));
        long at2 = at + (ends >>> 2 * Byte.SIZE);
        long move1 = move(in, at2, code(codes, 3));
        long move2 = move(in, at2 + (ends2 & 0xFF), code(codes, 4));
        long move3 = move(in, at2 + (ends2 >>> Byte.SIZE & 0xFF), code(codes, 5));
        if ((shape & IS_TRADE) == 0) {
            writeQuote(move0, move1, move2, move3, rows, row, out, record);
        } else {
            writeTrade(move0, move1, move2, move3, rows, row, out, record);
        }
        return (ends >>> 2 * Byte.SIZE) + (ends2 >>> 2 * Byte.SIZE);
    }

    /** Instrument id, type, side, flags and source, as they lie in a record. */
    private static long identity(int id, int shape, int meta) {
        int type = (shape & IS_TRADE) == 0 ? TickDescriptor.QUOTE : TickDescriptor.TRADE;
        int side = shape >>> SIDE_SHIFT & SIDE_MASK;
        return id | (long) (type | side << Byte.SIZE | meta << 2 * Byte.SIZE) << Integer.SIZE;
    }

    private static int decodeRaw(byte[] in, int shape, int position, byte[] out, int record) {
        require(shape == EXTENDED);
        int length = TickDescriptor.LENGTH - Long.BYTES;
        System.arraycopy(in, position, out, record + Long.BYTES, length);
        return position + length;
    }

    private void enter(int id, int extension) {
        require(extension != NOT_EXTENDED && (extension & SCALES) != 0 && id < CompactBlockDescriptor.MAX_INSTRUMENTS);
        state.enter(id);
    }

    private static int extensionLength(int extension) {
        return extension == NOT_EXTENDED
                ? 0
                : 1 + ((extension & META) == 0 ? 0 : META_LENGTH) + ((extension & SCALES) == 0 ? 0 : 1);
    }

    private void learn(byte[] in, int extension, int position, int row, int kind) {
        int scalesAt = position;
        if ((extension & META) != 0) {
            state.setMeta(row, kind, value(in, BufferUtil.ARRAY_BASE_OFFSET + position, META_LENGTH) & META_MASK);
            scalesAt += META_LENGTH;
        }
        if ((extension & SCALES) != 0) {
            state.setExponents(row, in[scalesAt] >>> 4 & MAX_EXPONENT, in[scalesAt] & MAX_EXPONENT);
        }
    }

    private void writeTimes(int meta, long receive, long exchange, byte[] out, long record) {
        int row = state.source(meta >>> 8 & 0xFF);
        long[] last = state.sources;
        long receiveTime = last[row + RECEIVE_TIME] + receive * receivePower;
        long exchangeTime = last[row + EXCHANGE_TIME] + exchange * exchangePower;
        last[row + RECEIVE_TIME] = receiveTime;
        last[row + EXCHANGE_TIME] = exchangeTime;
        boolean timed = (meta & TIMED) != 0;
        UnsafeApi.putLong(out, record + TickDescriptor.RECEIVE_TIME_OFFSET, receiveTime);
        UnsafeApi.putLong(
                out, record + TickDescriptor.EXCHANGE_TIME_OFFSET, timed ? exchangeTime : TickDescriptor.NO_TIME);
    }

    private static void writeQuote(
            long bidMove,
            long askMove,
            long bidSizeMove,
            long askSizeMove,
            long[] last,
            long row,
            byte[] out,
            long record) {
        long prices = get(last, row, PRICE_EXPONENT + POWER);
        long sizes = get(last, row, SIZE_EXPONENT + POWER);
        long bid = get(last, row, BID) + bidMove * prices;
        long ask = CompactBlockState.orElse(get(last, row, ASK), bid) + askMove * prices;
        long bidSize = get(last, row, BID_SIZE) + bidSizeMove * sizes;
        long askSize = get(last, row, ASK_SIZE) + askSizeMove * sizes;
        put(last, row, BID, bid);
        put(last, row, ASK, ask);
        put(last, row, BID_SIZE, bidSize);
        put(last, row, ASK_SIZE, askSize);
        UnsafeApi.putLong(out, record + TickDescriptor.BID_OFFSET, bid);
        UnsafeApi.putLong(out, record + TickDescriptor.ASK_OFFSET, ask);
        UnsafeApi.putLong(out, record + TickDescriptor.BID_SIZE_OFFSET, bidSize);
        UnsafeApi.putLong(out, record + TickDescriptor.ASK_SIZE_OFFSET, askSize);
    }

    private static void writeTrade(
            long priceMove, long size, long tradeIdMove, long spare, long[] last, long row, byte[] out, long record) {
        long expected = CompactBlockState.orElse(get(last, row, PRICE), get(last, row, BID));
        long price = expected + priceMove * get(last, row, PRICE_EXPONENT + POWER);
        long tradeId = get(last, row, TRADE_ID) + 1 + tradeIdMove;
        put(last, row, PRICE, price);
        put(last, row, TRADE_ID, tradeId);
        UnsafeApi.putLong(out, record + TickDescriptor.PRICE_OFFSET, price);
        UnsafeApi.putLong(out, record + TickDescriptor.SIZE_OFFSET, size * get(last, row, SIZE_EXPONENT + POWER));
        UnsafeApi.putLong(out, record + TickDescriptor.TRADE_ID_OFFSET, tradeId);
        UnsafeApi.putLong(out, record + TickDescriptor.TRADE_SPARE_OFFSET, spare);
    }

    private static int code(int codes, int value) {
        return codes >>> value * PackedLong.CODE_BITS & PackedLong.CODE_MASK;
    }

    private static long move(byte[] in, long at, int code) {
        return PackedLong.unzigzag(value(in, at, code));
    }

    private static long value(byte[] in, long at, int code) {
        return UnsafeApi.getLong(in, at) & PackedLong.mask(code);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("the payload is no compact block");
        }
    }
}
