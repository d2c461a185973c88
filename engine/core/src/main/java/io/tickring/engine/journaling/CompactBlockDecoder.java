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
import static io.tickring.engine.journaling.CompactBlockDescriptor.VALUES;
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
import org.agrona.MutableDirectBuffer;

/** Reads compact blocks back into the records that they were made of, byte for byte. One thread's. */
final class CompactBlockDecoder {
    private final CompactBlockState state = new CompactBlockState();
    private final long[] moves = new long[VALUES];
    private int exchangeExponent;
    private int receiveExponent;
    private int lastId;

    /**
     * Writes the records to {@code records}, from its index 0 on.
     *
     * @param payload is readable for {@link CompactBlockDescriptor#MAX_RECORD_LENGTH} bytes more than {@code length}
     * @throws RuntimeException the payload is no compact block of {@code count} records
     */
    void decode(byte[] payload, int offset, int length, long firstSequence, int count, MutableDirectBuffer records) {
        require(length > 0);
        state.begin();
        lastId = 0;
        exchangeExponent = payload[offset] >>> 4 & MAX_EXPONENT;
        receiveExponent = payload[offset] & MAX_EXPONENT;
        int end = offset + length;
        int position = offset + 1;
        for (int i = 0; i < count; i++) {
            require(position < end);
            int record = i << TickDescriptor.LENGTH_SHIFT;
            records.putLong(record + TickDescriptor.SEQUENCE_OFFSET, firstSequence + i);
            int shape = (int) PackedLong.get(payload, position, SHAPE_LENGTH);
            position = shape == EXTENDED && payload[position + SHAPE_LENGTH] == 0
                    ? decodeRaw(payload, position + SHAPE_LENGTH + 1, records, record)
                    : decodeTick(payload, shape, position + SHAPE_LENGTH, records, record);
        }
        require(position == end);
    }

    private static int decodeRaw(byte[] in, int position, MutableDirectBuffer out, int record) {
        int length = TickDescriptor.LENGTH - Long.BYTES;
        out.putBytes(record + Long.BYTES, in, position, length);
        return position + length;
    }

    private int decodeTick(byte[] in, int shape, int start, MutableDirectBuffer out, int record) {
        int kind = shape & IS_TRADE;
        int extension = (shape & EXTENDED) == 0 ? 0 : in[start];
        int extensionAt = start + 1;
        int position = (shape & EXTENDED) == 0 ? start : extensionAt + extensionLength(extension);
        int idLength = shape >>> ID_SHIFT & ID_MASK;
        int id = idLength == 0 ? lastId : (int) PackedLong.get(in, position, idLength);
        lastId = id;
        position += idLength;
        for (int i = 0; i < VALUES; i++) {
            int code = shape >>> VALUE_SHIFT + i * PackedLong.CODE_BITS & PackedLong.CODE_MASK;
            moves[i] = PackedLong.unzigzag(PackedLong.get(in, position, code));
            position += PackedLong.length(code);
        }
        int row = CompactBlockState.row(id);
        if (state.isNew(id)) {
            require((extension & SCALES) != 0 && id < CompactBlockDescriptor.MAX_INSTRUMENTS);
            state.enter(id);
        }
        if (extension != 0) {
            learn(in, extension, extensionAt, row, kind);
        }
        out.putInt(record + TickDescriptor.INSTRUMENT_ID_OFFSET, id);
        write(kind, shape >>> SIDE_SHIFT & SIDE_MASK, row, out, record);
        return position;
    }

    private void write(int kind, int side, int row, MutableDirectBuffer out, int record) {
        int meta = (int) state.instruments[row + CompactBlockState.META + kind];
        int type = kind == 0 ? TickDescriptor.QUOTE : TickDescriptor.TRADE;
        out.putInt(record + TickDescriptor.TYPE_OFFSET, type | side << 8 | meta << 16);
        writeTimes(state.source(meta >>> 8 & 0xFF), (meta & TIMED) != 0, out, record);
        if (kind == 0) {
            writeQuote(row, out, record);
        } else {
            writeTrade(row, out, record);
        }
    }

    private static int extensionLength(int extension) {
        return ((extension & META) == 0 ? 0 : META_LENGTH) + ((extension & SCALES) == 0 ? 0 : 1);
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

    private void writeTimes(int row, boolean timed, MutableDirectBuffer out, int record) {
        long[] last = state.sources;
        long receiveTime = last[row + RECEIVE_TIME] + moves[0] * DecimalSteps.power(receiveExponent);
        long exchangeTime = last[row + EXCHANGE_TIME] + moves[1] * DecimalSteps.power(exchangeExponent);
        last[row + RECEIVE_TIME] = receiveTime;
        last[row + EXCHANGE_TIME] = exchangeTime;
        out.putLong(record + TickDescriptor.RECEIVE_TIME_OFFSET, receiveTime);
        out.putLong(record + TickDescriptor.EXCHANGE_TIME_OFFSET, timed ? exchangeTime : TickDescriptor.NO_TIME);
    }

    private void writeQuote(int row, MutableDirectBuffer out, int record) {
        long[] last = state.instruments;
        long prices = last[row + PRICE_EXPONENT + POWER];
        long sizes = last[row + SIZE_EXPONENT + POWER];
        long bid = last[row + BID] + moves[2] * prices;
        long ask = CompactBlockState.orElse(last[row + ASK], bid) + moves[3] * prices;
        long bidSize = last[row + BID_SIZE] + moves[4] * sizes;
        long askSize = last[row + ASK_SIZE] + moves[5] * sizes;
        last[row + BID] = bid;
        last[row + ASK] = ask;
        last[row + BID_SIZE] = bidSize;
        last[row + ASK_SIZE] = askSize;
        out.putLong(record + TickDescriptor.BID_OFFSET, bid);
        out.putLong(record + TickDescriptor.ASK_OFFSET, ask);
        out.putLong(record + TickDescriptor.BID_SIZE_OFFSET, bidSize);
        out.putLong(record + TickDescriptor.ASK_SIZE_OFFSET, askSize);
    }

    private void writeTrade(int row, MutableDirectBuffer out, int record) {
        long[] last = state.instruments;
        long prices = last[row + PRICE_EXPONENT + POWER];
        long sizes = last[row + SIZE_EXPONENT + POWER];
        long price = CompactBlockState.orElse(last[row + PRICE], last[row + BID]) + moves[2] * prices;
        long tradeId = last[row + TRADE_ID] + 1 + moves[4];
        last[row + PRICE] = price;
        last[row + TRADE_ID] = tradeId;
        out.putLong(record + TickDescriptor.PRICE_OFFSET, price);
        out.putLong(record + TickDescriptor.SIZE_OFFSET, moves[3] * sizes);
        out.putLong(record + TickDescriptor.TRADE_ID_OFFSET, tradeId);
        out.putLong(record + TickDescriptor.TRADE_SPARE_OFFSET, moves[5]);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("the payload is no compact block");
        }
    }
}
