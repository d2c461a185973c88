package io.tickring.engine.price;

import static io.tickring.engine.price.PriceTableDescriptor.*;

import io.tickring.engine.tick.Symbols;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The table's one writer. Each row is guarded by a seqlock (version odd, release fence, fields, version even), so readers in this
 * process or another copy a row without ever holding the writer up. One thread at a time.
 *
 * <p>Source of the protocol: H.-J. Boehm, "Can seqlocks get along with programming language memory models?", 2012.
 */
public final class PriceTableWriter {
    private final UnsafeBuffer table;
    private final int capacity;
    private int instruments;

    /** Writes into {@code table}, which holds zeros and at least {@link PriceTableDescriptor#lengthBytes} bytes. */
    public PriceTableWriter(UnsafeBuffer table, int capacity) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new UnsupportedOperationException(
                    "byteOrder=" + ByteOrder.nativeOrder() + ": the table is little-endian");
        }
        this.table = table;
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
        return TableDigest.of(table, instruments);
    }

    /** Says that every record up to {@code sequence} is in the table. */
    public void applied(long sequence) {
        table.putLongRelease(APPLIED_SEQUENCE_OFFSET, sequence);
    }

    /** Gives row {@code id} its symbol. Answers false when the table has no such row. */
    boolean define(Tick definition) {
        int id = definition.instrumentId();
        if (id < 0 || id >= capacity) {
            return false;
        }
        int row = rowOffset(id);
        long version = begin(row);
        Symbols.encode(definition.symbol(), table, row + SYMBOL);
        table.putLong(row + EXCHANGE_TIME, TickDescriptor.NO_TIME);
        table.putLong(row + RECEIVE_TIME, TickDescriptor.NO_TIME);
        table.putLong(row + LAST_TRADE_ID, TickDescriptor.NO_TRADE_ID);
        end(row, version);
        instruments = Math.max(instruments, id + 1);
        table.putIntRelease(INSTRUMENTS_OFFSET, instruments);
        return true;
    }

    /** Answers false when the instrument is not defined. */
    boolean quote(Tick quote) {
        int id = quote.instrumentId();
        if (id < 0 || id >= instruments) {
            return false;
        }
        int row = rowOffset(id);
        long version = begin(row);
        writeTimes(row, quote);
        table.putLong(row + BID, quote.bid());
        table.putLong(row + ASK, quote.ask());
        table.putLong(row + BID_SIZE, quote.bidSize());
        table.putLong(row + ASK_SIZE, quote.askSize());
        table.putLong(row + QUOTES, table.getLong(row + QUOTES) + 1);
        end(row, version);
        return true;
    }

    /** Answers false when the instrument is not defined. */
    boolean trade(Tick trade) {
        int id = trade.instrumentId();
        if (id < 0 || id >= instruments) {
            return false;
        }
        int row = rowOffset(id);
        long price = trade.price();
        long size = trade.size();
        long trades = table.getLong(row + TRADES);
        long version = begin(row);
        writeTimes(row, trade);
        table.putLong(row + LAST, price);
        table.putLong(row + LAST_SIZE, size);
        if (trades == 0) {
            table.putLong(row + OPEN, price);
            table.putLong(row + HIGH, price);
            table.putLong(row + LOW, price);
        } else {
            table.putLong(row + HIGH, Math.max(price, table.getLong(row + HIGH)));
            table.putLong(row + LOW, Math.min(price, table.getLong(row + LOW)));
        }
        add(row + VOLUME_HIGH, 0, size);
        add(row + NOTIONAL_HIGH, Math.multiplyHigh(price, size), price * size);
        table.putLong(row + TRADES, trades + 1);
        writeTradeId(row, trade.tradeId());
        end(row, version);
        return true;
    }

    private void writeTimes(int row, Tick tick) {
        long receiveTimeNs = tick.receiveTimeNs();
        if (receiveTimeNs < table.getLong(row + RECEIVE_TIME)) {
            table.putLong(row + RECEIVE_TIME_BACK, table.getLong(row + RECEIVE_TIME_BACK) + 1);
        }
        table.putLong(row + SEQUENCE, tick.sequence());
        table.putLong(row + RECEIVE_TIME, receiveTimeNs);
        if (tick.exchangeTimeNs() != TickDescriptor.NO_TIME) {
            table.putLong(row + EXCHANGE_TIME, tick.exchangeTimeNs());
        }
    }

    private void writeTradeId(int row, long tradeId) {
        if (tradeId == TickDescriptor.NO_TRADE_ID) {
            return;
        }
        if (tradeId <= table.getLong(row + LAST_TRADE_ID)) {
            table.putLong(row + REPEATED_IDS, table.getLong(row + REPEATED_IDS) + 1);
        }
        table.putLong(row + LAST_TRADE_ID, tradeId);
    }

    /** Adds 128 bits, high word first. */
    private void add(int offset, long high, long low) {
        long sum = table.getLong(offset + Long.BYTES) + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        table.putLong(offset + Long.BYTES, sum);
        table.putLong(offset, table.getLong(offset) + high + carry);
    }

    private long begin(int row) {
        long version = table.getLong(row + VERSION) + 1;
        table.putLongOpaque(row + VERSION, version);
        VarHandle.releaseFence();
        return version;
    }

    private void end(int row, long version) {
        table.putLongRelease(row + VERSION, version + 1);
    }
}
