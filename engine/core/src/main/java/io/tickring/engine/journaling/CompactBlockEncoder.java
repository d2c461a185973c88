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
import static io.tickring.engine.journaling.CompactBlockState.BID;
import static io.tickring.engine.journaling.CompactBlockState.BID_SIZE;
import static io.tickring.engine.journaling.CompactBlockState.EXCHANGE_TIME;
import static io.tickring.engine.journaling.CompactBlockState.INVERSE;
import static io.tickring.engine.journaling.CompactBlockState.LIMIT;
import static io.tickring.engine.journaling.CompactBlockState.PRICE;
import static io.tickring.engine.journaling.CompactBlockState.PRICE_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockState.RECEIVE_TIME;
import static io.tickring.engine.journaling.CompactBlockState.SIZE_EXPONENT;
import static io.tickring.engine.journaling.CompactBlockState.TRADE_ID;

import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockDescriptor;
import org.agrona.DirectBuffer;

/**
 * Writes compact blocks. Learns the increments of each instrument's prices and sizes and of the times; they only get finer, until
 * they are learned anew. One thread's; allocates nothing but for an instrument that it never met.
 */
final class CompactBlockEncoder {
    /** The records' sequences are not the block's, so they cannot be left out. */
    static final int NOT_IN_SEQUENCE = 0;

    private static final int AGAIN = -1;

    private final CompactBlockState state = new CompactBlockState();
    private final byte[] raw = new byte[BlockDescriptor.MAX_RECORDS << TickDescriptor.LENGTH_SHIFT];
    private int receiveExponent;
    private long receiveInverse;
    private long receiveLimit;
    private int exchangeExponent;
    private long exchangeInverse;
    private long exchangeLimit;
    private int lastId;
    private int shape;
    private long receive;
    private long exchange;
    private long field0;
    private long field1;
    private long field2;
    private long field3;

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
        records.getBytes(offset, raw, 0, recordsLength);
        int length;
        do {
            length = encodeOnce(raw, firstSequence, recordsLength, payload);
        } while (length == AGAIN);
        return length;
    }

    /** AGAIN after an exponent of the times was lowered, which holds for the whole block. */
    private int encodeOnce(byte[] in, long firstSequence, int recordsLength, byte[] out) {
        state.begin();
        if (state.beginsEra()) {
            setTimeExponents(MAX_EXPONENT, MAX_EXPONENT);
        }
        lastId = 0;
        out[0] = (byte) (exchangeExponent << 4 | receiveExponent);
        long sequence = firstSequence;
        int position = 1;
        for (int record = 0; record < recordsLength; record += TickDescriptor.LENGTH) {
            if (PackedLong.word(in, record + TickDescriptor.SEQUENCE_OFFSET) != sequence++) {
                return NOT_IN_SEQUENCE;
            }
            long identity = PackedLong.word(in, record + TickDescriptor.INSTRUMENT_ID_OFFSET);
            int id = (int) identity;
            int word = (int) (identity >>> Integer.SIZE);
            if (!isCompact(id, word)) {
                position = encodeRaw(in, record, out, position);
                continue;
            }
            int kind = (byte) word == TickDescriptor.TRADE ? IS_TRADE : 0;
            int row = CompactBlockState.row(id);
            int extension = 0;
            if (state.isNew(id)) {
                state.enter(id);
                extension = SCALES;
            }
            long exchangeTime = PackedLong.word(in, record + TickDescriptor.EXCHANGE_TIME_OFFSET);
            long receiveTime = PackedLong.word(in, record + TickDescriptor.RECEIVE_TIME_OFFSET);
            int meta = exchangeTime == TickDescriptor.NO_TIME ? word >>> 16 : word >>> 16 | TIMED;
            if (state.instruments[row + CompactBlockState.META + kind] != meta) {
                state.setMeta(row, kind, meta);
                extension |= META;
            }
            if (!moveTimes(state.source(word >>> 24), receiveTime, exchangeTime)) {
                return AGAIN;
            }
            extension |= kind == 0 ? moveQuote(in, record, row) : moveTrade(in, record, row);
            position = write(kind | (word >>> 8 & SIDE_MASK) << SIDE_SHIFT, extension, meta, id, out, position);
        }
        return position;
    }

    private static boolean isCompact(int id, int word) {
        return TickDescriptor.isTick((byte) word)
                && (word >>> 8 & 0xFF) <= SIDE_MASK
                && id >= 0
                && id < CompactBlockDescriptor.MAX_INSTRUMENTS;
    }

    private static int encodeRaw(byte[] in, int record, byte[] out, int position) {
        PackedLong.put(out, position, EXTENDED);
        int start = position + SHAPE_LENGTH + 1;
        System.arraycopy(in, record + Long.BYTES, out, start, TickDescriptor.LENGTH - Long.BYTES);
        return start + TickDescriptor.LENGTH - Long.BYTES;
    }

    private int write(int kindAndSide, int extension, int meta, int id, byte[] out, int position) {
        int idLength = id == lastId ? 0 : 1 + (255 - id >>> 31) + (65_535 - id >>> 31);
        lastId = id;
        shape = kindAndSide | idLength << ID_SHIFT;
        int end = position + SHAPE_LENGTH;
        if (extension != 0) {
            shape |= EXTENDED;
            end = writeExtension(extension, meta, CompactBlockState.row(id), out, end);
        }
        PackedLong.put(out, end, id);
        end += idLength;
        end = putMove(receive, 0, out, end);
        end = putMove(exchange, 1, out, end);
        end = putMove(field0, 2, out, end);
        end = putMove(field1, 3, out, end);
        end = putMove(field2, 4, out, end);
        end = putMove(field3, 5, out, end);
        out[position] = (byte) shape;
        out[position + 1] = (byte) (shape >>> 8);
        out[position + 2] = (byte) (shape >>> 16);
        return end;
    }

    private int putMove(long move, int index, byte[] out, int position) {
        long value = PackedLong.zigzag(move);
        int code = PackedLong.code(value);
        shape |= code << VALUE_SHIFT + index * PackedLong.CODE_BITS;
        PackedLong.put(out, position, value);
        return position + PackedLong.length(code);
    }

    private int writeExtension(int extension, int meta, int row, byte[] out, int position) {
        out[position] = (byte) extension;
        int end = position + 1;
        if ((extension & META) != 0) {
            PackedLong.put(out, end, meta);
            end += META_LENGTH;
        }
        if ((extension & SCALES) != 0) {
            out[end++] = (byte) (state.instruments[row + PRICE_EXPONENT] << 4 | state.instruments[row + SIZE_EXPONENT]);
        }
        return end;
    }

    /** False if an exponent does not suit; it does from then on. */
    private boolean moveTimes(int row, long receiveTime, long exchangeTime) {
        long[] last = state.sources;
        long receiveMove = receiveTime - last[row + RECEIVE_TIME];
        long exchangeMove = exchangeTime == TickDescriptor.NO_TIME ? 0 : exchangeTime - last[row + EXCHANGE_TIME];
        last[row + RECEIVE_TIME] = receiveTime;
        last[row + EXCHANGE_TIME] += exchangeMove;
        long receiveSteps = DecimalSteps.divide(receiveMove, receiveExponent, receiveInverse, receiveLimit);
        long exchangeSteps = DecimalSteps.divide(exchangeMove, exchangeExponent, exchangeInverse, exchangeLimit);
        receive = receiveSteps - receiveLimit;
        exchange = exchangeSteps - exchangeLimit;
        if (DecimalSteps.isExact(receiveSteps, receiveLimit) & DecimalSteps.isExact(exchangeSteps, exchangeLimit)) {
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
        receiveLimit = DecimalSteps.limit(receiveTimes);
        exchangeExponent = exchangeTimes;
        exchangeInverse = DecimalSteps.inverse(exchangeTimes);
        exchangeLimit = DecimalSteps.limit(exchangeTimes);
    }

    private int moveQuote(byte[] in, int record, int row) {
        long bid = PackedLong.word(in, record + TickDescriptor.BID_OFFSET);
        long ask = PackedLong.word(in, record + TickDescriptor.ASK_OFFSET);
        long bidSize = PackedLong.word(in, record + TickDescriptor.BID_SIZE_OFFSET);
        long askSize = PackedLong.word(in, record + TickDescriptor.ASK_SIZE_OFFSET);
        long[] last = state.instruments;
        long bidMove = bid - last[row + BID];
        long askMove = ask - CompactBlockState.orElse(last[row + ASK], bid);
        long bidSizeMove = bidSize - last[row + BID_SIZE];
        long askSizeMove = askSize - last[row + ASK_SIZE];
        last[row + BID] = bid;
        last[row + ASK] = ask;
        last[row + BID_SIZE] = bidSize;
        last[row + ASK_SIZE] = askSize;
        return moveFields(last, row, bidMove, askMove, bidSizeMove, askSizeMove);
    }

    private int moveTrade(byte[] in, int record, int row) {
        long price = PackedLong.word(in, record + TickDescriptor.PRICE_OFFSET);
        long size = PackedLong.word(in, record + TickDescriptor.SIZE_OFFSET);
        long tradeId = PackedLong.word(in, record + TickDescriptor.TRADE_ID_OFFSET);
        long[] last = state.instruments;
        long priceMove = price - CompactBlockState.orElse(last[row + PRICE], last[row + BID]);
        int extension = moveFields(last, row, priceMove, 0, size, 0);
        field1 = field2;
        field2 = tradeId - last[row + TRADE_ID] - 1;
        field3 = PackedLong.word(in, record + TickDescriptor.TRADE_SPARE_OFFSET);
        last[row + PRICE] = price;
        last[row + TRADE_ID] = tradeId;
        return extension;
    }

    /** Two prices and two sizes; SCALES if the instrument's exponents did not suit, as they do from then on. */
    private int moveFields(long[] rows, int row, long price, long otherPrice, long size, long otherSize) {
        int prices = row + PRICE_EXPONENT;
        int sizes = row + SIZE_EXPONENT;
        long priceLimit = rows[prices + LIMIT];
        long sizeLimit = rows[sizes + LIMIT];
        long steps0 = divide(price, rows, prices);
        long steps1 = divide(otherPrice, rows, prices);
        long steps2 = divide(size, rows, sizes);
        long steps3 = divide(otherSize, rows, sizes);
        if (DecimalSteps.isExact(steps0, priceLimit)
                & DecimalSteps.isExact(steps1, priceLimit)
                & DecimalSteps.isExact(steps2, sizeLimit)
                & DecimalSteps.isExact(steps3, sizeLimit)) {
            field0 = steps0 - priceLimit;
            field1 = steps1 - priceLimit;
            field2 = steps2 - sizeLimit;
            field3 = steps3 - sizeLimit;
            return 0;
        }
        lowerExponents(row, price, otherPrice, size, otherSize);
        moveFields(rows, row, price, otherPrice, size, otherSize);
        return SCALES;
    }

    private static long divide(long value, long[] rows, int exponent) {
        return DecimalSteps.divide(value, rows[exponent], rows[exponent + INVERSE], rows[exponent + LIMIT]);
    }

    private void lowerExponents(int row, long price, long otherPrice, long size, long otherSize) {
        int prices = DecimalSteps.largest(price, (int) state.instruments[row + PRICE_EXPONENT]);
        int sizes = DecimalSteps.largest(size, (int) state.instruments[row + SIZE_EXPONENT]);
        state.setExponents(row, DecimalSteps.largest(otherPrice, prices), DecimalSteps.largest(otherSize, sizes));
    }
}
