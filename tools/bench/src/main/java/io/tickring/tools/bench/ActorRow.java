package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** An instrument in a map on the heap: plain fields, the same as a row of Tickring's table, sums in 128 bits too. Guarded by its owner. */
final class ActorRow {
    private static final int PRICE_SCALE = 8;
    private static final BigInteger LOW_WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

    private long sequence;
    private long bid;
    private long ask;
    private long bidSize;
    private long askSize;
    private long exchangeTimeNs = TickDescriptor.NO_TIME;
    private long receiveTimeNs = TickDescriptor.NO_TIME;
    private long last;
    private long lastSize;
    private long lastSide;
    private long open;
    private long high;
    private long low;
    private long lastTradeId = TickDescriptor.NO_TRADE_ID;
    private long quotes;
    private long trades;
    private long receiveTimeBack;
    private long repeatedIds;
    private long volumeHigh;
    private long volumeLow;
    private long notionalHigh;
    private long notionalLow;
    private long writtenNs;

    ActorRow() {}

    /** Empty, but for when it was written. */
    ActorRow(long writtenNs) {
        this.writtenNs = writtenNs;
    }

    /** Makes this row what {@code other} is. */
    void copyFrom(ActorRow other) {
        sequence = other.sequence;
        bid = other.bid;
        ask = other.ask;
        bidSize = other.bidSize;
        askSize = other.askSize;
        exchangeTimeNs = other.exchangeTimeNs;
        receiveTimeNs = other.receiveTimeNs;
        last = other.last;
        lastSize = other.lastSize;
        lastSide = other.lastSide;
        open = other.open;
        high = other.high;
        low = other.low;
        lastTradeId = other.lastTradeId;
        quotes = other.quotes;
        trades = other.trades;
        receiveTimeBack = other.receiveTimeBack;
        repeatedIds = other.repeatedIds;
        volumeHigh = other.volumeHigh;
        volumeLow = other.volumeLow;
        notionalHigh = other.notionalHigh;
        notionalLow = other.notionalLow;
        writtenNs = other.writtenNs;
    }

    /** For a cache: by {@link TimeToLive#stamp}. */
    void written(long atNs) {
        writtenNs = atNs;
    }

    long writtenNs() {
        return writtenNs;
    }

    /** Whether it shows one quote of {@link TickSet#bound}, or none. */
    boolean isBound() {
        return quotes == 0 || ask == bid + 1 && askSize == bidSize;
    }

    void quote(Tick quote) {
        times(quote.sequence(), quote.exchangeTimeNs(), quote.receiveTimeNs());
        bid = quote.bid();
        ask = quote.ask();
        bidSize = quote.bidSize();
        askSize = quote.askSize();
        quotes++;
    }

    void quote(TickMessage quote) {
        times(quote.sequence(), quote.exchangeTimeNs(), quote.receiveTimeNs());
        bid = quote.first();
        ask = quote.second();
        bidSize = quote.third();
        askSize = quote.fourth();
        quotes++;
    }

    void trade(TickMessage trade) {
        times(trade.sequence(), trade.exchangeTimeNs(), trade.receiveTimeNs());
        long price = trade.first();
        long size = trade.second();
        last = price;
        lastSize = size;
        lastSide = trade.side();
        open = trades == 0 ? price : open;
        high = trades == 0 ? price : Math.max(high, price);
        low = trades == 0 ? price : Math.min(low, price);
        trades++;
        volumeLow += size;
        volumeHigh += Long.compareUnsigned(volumeLow, size) < 0 ? 1 : 0;
        long product = price * size;
        notionalLow += product;
        notionalHigh += Math.multiplyHigh(price, size) + (Long.compareUnsigned(notionalLow, product) < 0 ? 1 : 0);
        if (trade.third() != TickDescriptor.NO_TRADE_ID) {
            repeatedIds += trade.third() <= lastTradeId ? 1 : 0;
            lastTradeId = trade.third();
        }
    }

    private void times(long tickSequence, long exchangedNs, long receivedNs) {
        receiveTimeBack += receivedNs < receiveTimeNs ? 1 : 0;
        sequence = tickSequence;
        receiveTimeNs = receivedNs;
        if (exchangedNs != TickDescriptor.NO_TIME) {
            exchangeTimeNs = exchangedNs;
        }
    }

    Map<TableRows.Field, BigDecimal> fields() {
        Map<TableRows.Field, BigDecimal> fields = new EnumMap<>(TableRows.Field.class);
        TableRows.put(fields, TableRows.Field.SEQUENCE, sequence);
        TableRows.put(fields, TableRows.Field.BID, bid);
        TableRows.put(fields, TableRows.Field.ASK, ask);
        TableRows.put(fields, TableRows.Field.BID_SIZE, bidSize);
        TableRows.put(fields, TableRows.Field.ASK_SIZE, askSize);
        TableRows.put(fields, TableRows.Field.EXCHANGE_TIME, exchangeTimeNs);
        TableRows.put(fields, TableRows.Field.RECEIVE_TIME, receiveTimeNs);
        TableRows.put(fields, TableRows.Field.LAST, last);
        TableRows.put(fields, TableRows.Field.LAST_SIZE, lastSize);
        TableRows.put(fields, TableRows.Field.LAST_SIDE, lastSide);
        TableRows.put(fields, TableRows.Field.OPEN, open);
        TableRows.put(fields, TableRows.Field.HIGH, high);
        TableRows.put(fields, TableRows.Field.LOW, low);
        TableRows.put(fields, TableRows.Field.LAST_TRADE_ID, lastTradeId);
        TableRows.put(fields, TableRows.Field.QUOTES, quotes);
        TableRows.put(fields, TableRows.Field.TRADES, trades);
        TableRows.put(fields, TableRows.Field.RECEIVE_TIME_BACK, receiveTimeBack);
        TableRows.put(fields, TableRows.Field.REPEATED_IDS, repeatedIds);
        fields.put(TableRows.Field.VOLUME, sum(volumeHigh, volumeLow, PRICE_SCALE));
        fields.put(TableRows.Field.NOTIONAL, sum(notionalHigh, notionalLow, 2 * PRICE_SCALE));
        return fields;
    }

    private static BigDecimal sum(long highWord, long lowWord, int scale) {
        BigInteger unsignedLow = lowWord < 0 ? BigInteger.valueOf(lowWord).add(LOW_WORD) : BigInteger.valueOf(lowWord);
        return new BigDecimal(BigInteger.valueOf(highWord).multiply(LOW_WORD).add(unsignedLow), scale);
    }
}
