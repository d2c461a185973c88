package io.tickring.engine.price;

import static io.tickring.engine.price.PriceTableDescriptor.*;

import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Symbols;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.engine.tick.Xxh64;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The table's one writer. Each row is guarded by a seqlock (version odd, release fence, fields, version even), so readers in this
 * process or another copy a row without ever holding the writer up. One thread at a time.
 *
 * <p>Design note: the table's length is checked once and each id against the rows in use; within a row nothing is checked again, for
 * that took two fifths of the time.
 *
 * <p>Source of the protocol: H.-J. Boehm, "Can seqlocks get along with programming language memory models?", 2012.
 */
public final class PriceTableWriter {
    private final UnsafeBuffer table;
    private final byte[] base;
    private final long address;
    private final int capacity;
    private int instruments;
    private int staleInstruments;
    private long nowNs;
    /** Told by another thread, so that no stage has to ask a clock. */
    private volatile long toldNs;

    /** Writes into {@code table}, which holds zeros and at least {@link PriceTableDescriptor#lengthBytes} bytes. */
    public PriceTableWriter(UnsafeBuffer table, int capacity) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new UnsupportedOperationException(
                    "byteOrder=" + ByteOrder.nativeOrder() + ": the table is little-endian");
        }
        table.boundsCheck(0, PriceTableDescriptor.lengthBytes(capacity));
        this.table = table;
        this.base = table.byteArray();
        this.address = table.addressOffset();
        this.capacity = capacity;
        table.putInt(MAGIC_OFFSET, MAGIC);
        table.putInt(ROW_LENGTH_OFFSET, ROW_LENGTH);
        table.putInt(CAPACITY_OFFSET, capacity);
    }

    /** Names the run that writes; the table is ready for readers after this. */
    public void publish(long incarnation, long journalId, long pid, long startEpochMs) {
        table.putLong(INCARNATION_OFFSET, incarnation);
        table.putLong(JOURNAL_ID_OFFSET, journalId);
        table.putLong(PID_OFFSET, pid);
        table.putLong(START_OFFSET, startEpochMs);
        table.putIntRelease(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
    }

    /** Rows in use: ids 0 to this, exclusive. */
    public int instruments() {
        return instruments;
    }

    /** The 64-bit digest of the table as it stands; see {@link TableDigest}. Called by the writing thread. */
    public long digest() {
        return digest(new Xxh64());
    }

    /** As {@link #digest()}, computed with {@code hash}; allocates nothing. */
    long digest(Xxh64 hash) {
        return TableDigest.of(table, instruments, hash);
    }

    /** Says that every record up to {@code sequence} is in the table. */
    public void applied(long sequence) {
        table.putLongRelease(APPLIED_SEQUENCE_OFFSET, sequence);
    }

    /** Tells the engine's time, in ns since the epoch: rows written from the next batch on were applied then. Any one thread. */
    public void tellTime(long epochNs) {
        toldNs = epochNs;
    }

    /** Looks at the time that was told. */
    void beginBatch() {
        nowNs = toldNs;
    }

    /** The bytes of the rows in use. */
    public int rowsLength() {
        return instruments << ROW_LENGTH_SHIFT;
    }

    /**
     * Copies the rows in use as they lie in the table, ids 0 to {@link #instruments()}, exclusive, but for the times at which they were
     * applied, which are 0. Called by the writing thread.
     */
    public void copyRows(MutableDirectBuffer to, int offset) {
        int length = rowsLength();
        to.putBytes(offset, table, HEADER_LENGTH, length);
        for (int row = offset; row < offset + length; row += ROW_LENGTH) {
            to.putLong(row + APPLIED_TIME, 0);
        }
    }

    /**
     * Makes the table that of {@link #copyRows}: every row is overwritten but for its version word, rows behind the last are
     * emptied. A reader sees each row whole, the old one or the new. What was applied at a time that is not told counts as applied now.
     *
     * @throws IllegalArgumentException if the table has fewer rows; it is then as it was
     */
    public void restoreRows(DirectBuffer from, int offset, int instruments) {
        if (instruments < 0 || instruments > capacity) {
            throw new IllegalArgumentException("instruments=" + instruments + " capacity=" + capacity
                    + ": the table has no room for these rows; ask for more instruments");
        }
        int stale = 0;
        beginBatch();
        for (int id = 0; id < Math.max(instruments, this.instruments); id++) {
            int row = rowOffset(id);
            long version = begin(base, address + row);
            if (id < instruments) {
                int source = offset + (id << ROW_LENGTH_SHIFT);
                table.putBytes(row + SEQUENCE, from, source + SEQUENCE, ROW_LENGTH - SEQUENCE);
                stale += table.getByte(row + STATE) == PriceState.LIVE.code() ? 0 : 1;
                if (table.getLong(row + SEQUENCE) > 0 && table.getLong(row + APPLIED_TIME) == 0) {
                    table.putLong(row + APPLIED_TIME, nowNs);
                }
            } else {
                table.setMemory(row + SEQUENCE, ROW_LENGTH - SEQUENCE, (byte) 0);
            }
            end(base, address + row, version);
        }
        this.instruments = instruments;
        table.putIntRelease(INSTRUMENTS_OFFSET, instruments);
        countStale(stale - staleInstruments);
    }

    /**
     * Puts the quote, trade, definition or judgement at {@code offset} into its row. Answers false for any other record, when the table
     * has no such row, and for a judgement of a row that has moved on.
     */
    public boolean apply(DirectBuffer records, int offset) {
        records.boundsCheck(offset, TickDescriptor.LENGTH);
        byte[] from = records.byteArray();
        long record = records.addressOffset() + offset;
        return switch (records.getByte(offset + TickDescriptor.TYPE_OFFSET)) {
            case TickDescriptor.QUOTE -> quote(from, record);
            case TickDescriptor.TRADE -> trade(from, record);
            case TickDescriptor.DEFINITION -> define(new Tick().wrap(records, offset));
            case TickDescriptor.STALE -> judge(from, record);
            default -> false;
        };
    }

    /** Gives row {@code id} its symbol. Answers false when the table has no such row. */
    boolean define(Tick definition) {
        int id = definition.instrumentId();
        if (id < 0 || id >= capacity) {
            return false;
        }
        int row = rowOffset(id);
        long version = begin(base, address + row);
        Symbols.encode(definition.symbol(), table, row + SYMBOL);
        table.putLong(row + EXCHANGE_TIME, TickDescriptor.NO_TIME);
        table.putLong(row + RECEIVE_TIME, TickDescriptor.NO_TIME);
        table.putLong(row + LAST_TRADE_ID, TickDescriptor.NO_TRADE_ID);
        table.putLong(row + CONTROL_SEQUENCE, definition.sequence());
        end(base, address + row, version);
        instruments = Math.max(instruments, id + 1);
        table.putIntRelease(INSTRUMENTS_OFFSET, instruments);
        return true;
    }

    /**
     * Puts the quote whose record begins at {@code quote} of {@code from}, or at this address where that is null: 64 readable bytes.
     * Answers false when the instrument is not defined.
     */
    boolean quote(byte[] from, long quote) {
        int id = UnsafeApi.getInt(from, quote + TickDescriptor.INSTRUMENT_ID_OFFSET);
        if (id < 0 || id >= instruments) {
            return false;
        }
        byte[] to = base;
        long row = address + rowOffset(id);
        long version = begin(to, row);
        writeTimes(to, row, from, quote);
        putLong(to, row + BID, getLong(from, quote + TickDescriptor.BID_OFFSET));
        putLong(to, row + ASK, getLong(from, quote + TickDescriptor.ASK_OFFSET));
        putLong(to, row + BID_SIZE, getLong(from, quote + TickDescriptor.BID_SIZE_OFFSET));
        putLong(to, row + ASK_SIZE, getLong(from, quote + TickDescriptor.ASK_SIZE_OFFSET));
        putLong(to, row + QUOTES, getLong(to, row + QUOTES) + 1);
        byte flags = UnsafeApi.getByte(from, quote + TickDescriptor.FLAGS_OFFSET);
        if (flags != 0) {
            countFlags(to, row, flags);
        }
        end(to, row, version);
        return true;
    }

    /** As {@link #quote}, for a trade. */
    boolean trade(byte[] from, long trade) {
        int id = UnsafeApi.getInt(from, trade + TickDescriptor.INSTRUMENT_ID_OFFSET);
        if (id < 0 || id >= instruments) {
            return false;
        }
        byte[] to = base;
        long row = address + rowOffset(id);
        long price = getLong(from, trade + TickDescriptor.PRICE_OFFSET);
        long size = getLong(from, trade + TickDescriptor.SIZE_OFFSET);
        long trades = getLong(to, row + TRADES);
        long version = begin(to, row);
        writeTimes(to, row, from, trade);
        putLong(to, row + LAST, price);
        putLong(to, row + LAST_SIZE, size);
        UnsafeApi.putByte(to, row + LAST_SIDE, UnsafeApi.getByte(from, trade + TickDescriptor.SIDE_OFFSET));
        if (trades == 0) {
            putLong(to, row + OPEN, price);
            putLong(to, row + HIGH, price);
            putLong(to, row + LOW, price);
        } else {
            putLong(to, row + HIGH, Math.max(price, getLong(to, row + HIGH)));
            putLong(to, row + LOW, Math.min(price, getLong(to, row + LOW)));
        }
        add(to, row + VOLUME_HIGH, 0, size);
        add(to, row + NOTIONAL_HIGH, Math.multiplyHigh(price, size), price * size);
        putLong(to, row + TRADES, trades + 1);
        writeTradeId(to, row, getLong(from, trade + TickDescriptor.TRADE_ID_OFFSET));
        end(to, row, version);
        return true;
    }

    /** Puts the state of a STALE into its row. Answers false when the row's newest tick is not the judged one, and for an unknown state. */
    boolean judge(byte[] from, long stale) {
        int id = UnsafeApi.getInt(from, stale + TickDescriptor.INSTRUMENT_ID_OFFSET);
        PriceState state = PriceState.of(getLong(from, stale + TickDescriptor.JUDGED_STATE_OFFSET));
        if (id < 0 || id >= instruments || state == null) {
            return false;
        }
        byte[] to = base;
        long row = address + rowOffset(id);
        if (getLong(to, row + SEQUENCE) != getLong(from, stale + TickDescriptor.JUDGED_SEQUENCE_OFFSET)) {
            return false;
        }
        long version = begin(to, row);
        writeState(to, row, state);
        putLong(to, row + CONTROL_SEQUENCE, getLong(from, stale + TickDescriptor.SEQUENCE_OFFSET));
        end(to, row, version);
        return true;
    }

    private void writeState(byte[] to, long row, PriceState state) {
        int wasStale = UnsafeApi.getByte(to, row + STATE) == PriceState.LIVE.code() ? 0 : 1;
        UnsafeApi.putByte(to, row + STATE, state.code());
        countStale((state == PriceState.LIVE ? 0 : 1) - wasStale);
    }

    private void countStale(int more) {
        staleInstruments += more;
        table.putIntRelease(STALE_INSTRUMENTS_OFFSET, staleInstruments);
    }

    private void writeTimes(byte[] to, long row, byte[] from, long tick) {
        long receiveTimeNs = getLong(from, tick + TickDescriptor.RECEIVE_TIME_OFFSET);
        long exchangeTimeNs = getLong(from, tick + TickDescriptor.EXCHANGE_TIME_OFFSET);
        if (receiveTimeNs < getLong(to, row + RECEIVE_TIME)) {
            putLong(to, row + RECEIVE_TIME_BACK, getLong(to, row + RECEIVE_TIME_BACK) + 1);
        }
        if (UnsafeApi.getByte(to, row + STATE) != 0) {
            writeState(to, row, PriceState.LIVE);
        }
        putLong(to, row + SEQUENCE, getLong(from, tick + TickDescriptor.SEQUENCE_OFFSET));
        putLong(to, row + APPLIED_TIME, nowNs);
        putLong(to, row + RECEIVE_TIME, receiveTimeNs);
        if (exchangeTimeNs != TickDescriptor.NO_TIME) {
            putLong(to, row + EXCHANGE_TIME, exchangeTimeNs);
        }
    }

    private static void countFlags(byte[] to, long row, byte flags) {
        if ((flags & TickDescriptor.CROSSED) != 0) {
            putLong(to, row + CROSSED, getLong(to, row + CROSSED) + 1);
        }
        if ((flags & TickDescriptor.LOCKED) != 0) {
            putLong(to, row + LOCKED, getLong(to, row + LOCKED) + 1);
        }
    }

    private static void writeTradeId(byte[] to, long row, long tradeId) {
        if (tradeId == TickDescriptor.NO_TRADE_ID) {
            return;
        }
        long last = getLong(to, row + LAST_TRADE_ID);
        if (tradeId <= last) {
            putLong(to, row + REPEATED_IDS, getLong(to, row + REPEATED_IDS) + 1);
        } else if (tradeId != last + 1 && last != TickDescriptor.NO_TRADE_ID) {
            putLong(to, row + ID_GAPS, getLong(to, row + ID_GAPS) + 1);
        }
        putLong(to, row + LAST_TRADE_ID, tradeId);
    }

    /** Adds 128 bits, high word first. */
    private static void add(byte[] to, long sum, long high, long low) {
        long lowSum = getLong(to, sum + Long.BYTES) + low;
        long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        putLong(to, sum + Long.BYTES, lowSum);
        putLong(to, sum, getLong(to, sum) + high + carry);
    }

    private static long begin(byte[] to, long row) {
        long version = getLong(to, row + VERSION) + 1;
        UnsafeApi.putLongOpaque(to, row + VERSION, version);
        VarHandle.releaseFence();
        return version;
    }

    private static void end(byte[] to, long row, long version) {
        UnsafeApi.putLongRelease(to, row + VERSION, version + 1);
    }

    private static long getLong(byte[] from, long address) {
        return UnsafeApi.getLong(from, address);
    }

    private static void putLong(byte[] to, long address, long value) {
        UnsafeApi.putLong(to, address, value);
    }
}
