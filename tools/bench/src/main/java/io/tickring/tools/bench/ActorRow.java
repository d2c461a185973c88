package io.tickring.tools.bench;

import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** An instrument in an actor's HashMap: plain fields, the same as a row of Tickring's table, sums in 128 bits too. */
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

    void quote(TickMessage quote) {
        times(quote);
        bid = quote.first();
        ask = quote.second();
        bidSize = quote.third();
        askSize = quote.fourth();
        quotes++;
    }

    void trade(TickMessage trade) {
        times(trade);
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

    private void times(TickMessage tick) {
        receiveTimeBack += tick.receiveTimeNs() < receiveTimeNs ? 1 : 0;
        sequence = tick.sequence();
        receiveTimeNs = tick.receiveTimeNs();
        if (tick.exchangeTimeNs() != TickDescriptor.NO_TIME) {
            exchangeTimeNs = tick.exchangeTimeNs();
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
