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

import io.tickring.engine.tick.TickDescriptor;

/** Reads compact blocks back into the records that they were made of, byte for byte. One thread's. */
final class CompactBlockDecoder {
    private static final int NOT_EXTENDED = -1;

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
        state.begin();
        long[] rows = state.instruments;
        int lastId = 0;
        exchangePower = DecimalSteps.power(payload[offset] >>> 4 & MAX_EXPONENT);
        receivePower = DecimalSteps.power(payload[offset] & MAX_EXPONENT);
        int end = offset + length;
        int position = offset + 1;
        for (int i = 0; i < count; i++) {
            require(position < end);
            int record = i << TickDescriptor.LENGTH_SHIFT;
            int shape = (int) PackedLong.get(payload, position, SHAPE_LENGTH);
            int extension = (shape & EXTENDED) == 0 ? NOT_EXTENDED : payload[position + SHAPE_LENGTH] & 0xFF;
            position += SHAPE_LENGTH;
            if (extension == 0) {
                position = decodeRaw(payload, shape, position + 1, records, record);
                PackedLong.put(records, record + TickDescriptor.SEQUENCE_OFFSET, firstSequence + i);
                continue;
            }
            int extensionAt = position + 1;
            position += extensionLength(extension);
            int idLength = shape >>> ID_SHIFT & ID_MASK;
            int id = idLength == 0 ? lastId : (int) PackedLong.get(payload, position, idLength);
            lastId = id;
            int row = CompactBlockState.row(id);
            if (state.isNew(id)) {
                enter(id, extension);
                rows = state.instruments;
            }
            if (extension != NOT_EXTENDED) {
                learn(payload, extension, extensionAt, row, shape & IS_TRADE);
            }
            int meta = (int) rows[row + CompactBlockState.META + (shape & IS_TRADE)];
            position = decodeTimes(payload, shape, position + idLength, meta, records, record);
            position = (shape & IS_TRADE) == 0
                    ? decodeQuote(payload, shape, position, rows, row, records, record)
                    : decodeTrade(payload, shape, position, rows, row, records, record);
            PackedLong.put(records, record + TickDescriptor.SEQUENCE_OFFSET, firstSequence + i);
            PackedLong.put(records, record + TickDescriptor.INSTRUMENT_ID_OFFSET, identity(id, shape, meta));
        }
        require(position == end);
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
            state.setMeta(row, kind, PackedLong.get(in, position, META_LENGTH) & META_MASK);
            scalesAt += META_LENGTH;
        }
        if ((extension & SCALES) != 0) {
            state.setExponents(row, in[scalesAt] >>> 4 & MAX_EXPONENT, in[scalesAt] & MAX_EXPONENT);
        }
    }

    private int decodeTimes(byte[] in, int shape, int receiveAt, int meta, byte[] out, int record) {
        int row = state.source(meta >>> 8 & 0xFF);
        int receiveCode = code(shape, 0);
        int exchangeCode = code(shape, 1);
        int exchangeAt = receiveAt + PackedLong.length(receiveCode);
        long[] last = state.sources;
        long receiveTime = last[row + RECEIVE_TIME] + move(in, receiveAt, receiveCode) * receivePower;
        long exchangeTime = last[row + EXCHANGE_TIME] + move(in, exchangeAt, exchangeCode) * exchangePower;
        last[row + RECEIVE_TIME] = receiveTime;
        last[row + EXCHANGE_TIME] = exchangeTime;
        boolean timed = (meta & TIMED) != 0;
        PackedLong.put(out, record + TickDescriptor.RECEIVE_TIME_OFFSET, receiveTime);
        PackedLong.put(
                out, record + TickDescriptor.EXCHANGE_TIME_OFFSET, timed ? exchangeTime : TickDescriptor.NO_TIME);
        return exchangeAt + PackedLong.length(exchangeCode);
    }

    private int decodeQuote(byte[] in, int shape, int bidAt, long[] last, int row, byte[] out, int record) {
        int askAt = bidAt + PackedLong.length(code(shape, 2));
        int bidSizeAt = askAt + PackedLong.length(code(shape, 3));
        int askSizeAt = bidSizeAt + PackedLong.length(code(shape, 4));
        long prices = last[row + PRICE_EXPONENT + POWER];
        long sizes = last[row + SIZE_EXPONENT + POWER];
        long bid = last[row + BID] + move(in, bidAt, code(shape, 2)) * prices;
        long ask = CompactBlockState.orElse(last[row + ASK], bid) + move(in, askAt, code(shape, 3)) * prices;
        long bidSize = last[row + BID_SIZE] + move(in, bidSizeAt, code(shape, 4)) * sizes;
        long askSize = last[row + ASK_SIZE] + move(in, askSizeAt, code(shape, 5)) * sizes;
        last[row + BID] = bid;
        last[row + ASK] = ask;
        last[row + BID_SIZE] = bidSize;
        last[row + ASK_SIZE] = askSize;
        PackedLong.put(out, record + TickDescriptor.BID_OFFSET, bid);
        PackedLong.put(out, record + TickDescriptor.ASK_OFFSET, ask);
        PackedLong.put(out, record + TickDescriptor.BID_SIZE_OFFSET, bidSize);
        PackedLong.put(out, record + TickDescriptor.ASK_SIZE_OFFSET, askSize);
        return askSizeAt + PackedLong.length(code(shape, 5));
    }

    private int decodeTrade(byte[] in, int shape, int priceAt, long[] last, int row, byte[] out, int record) {
        int sizeAt = priceAt + PackedLong.length(code(shape, 2));
        int tradeIdAt = sizeAt + PackedLong.length(code(shape, 3));
        int spareAt = tradeIdAt + PackedLong.length(code(shape, 4));
        long prices = last[row + PRICE_EXPONENT + POWER];
        long sizes = last[row + SIZE_EXPONENT + POWER];
        long expected = CompactBlockState.orElse(last[row + PRICE], last[row + BID]);
        long price = expected + move(in, priceAt, code(shape, 2)) * prices;
        long tradeId = last[row + TRADE_ID] + 1 + move(in, tradeIdAt, code(shape, 4));
        last[row + PRICE] = price;
        last[row + TRADE_ID] = tradeId;
        PackedLong.put(out, record + TickDescriptor.PRICE_OFFSET, price);
        PackedLong.put(out, record + TickDescriptor.SIZE_OFFSET, move(in, sizeAt, code(shape, 3)) * sizes);
        PackedLong.put(out, record + TickDescriptor.TRADE_ID_OFFSET, tradeId);
        PackedLong.put(out, record + TickDescriptor.TRADE_SPARE_OFFSET, move(in, spareAt, code(shape, 5)));
        return spareAt + PackedLong.length(code(shape, 5));
    }

    private static int code(int shape, int value) {
        return shape >>> VALUE_SHIFT + value * PackedLong.CODE_BITS & PackedLong.CODE_MASK;
    }

    private static long move(byte[] in, int position, int code) {
        return PackedLong.unzigzag(PackedLong.get(in, position, code));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("the payload is no compact block");
        }
    }
}
