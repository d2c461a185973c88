package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;

import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.TickDescriptor;

/** Makes the quote and the trade of rows, and gives them or says why not: a row is given whole or not at all. One thread. */
final class CsvTicks {
    private static final long DBN_PER_UNIT = 10;

    private final CsvColumns columns;
    private final CsvRow row;
    private final CsvKind kind;
    private final CsvTime time;
    private final boolean isDatabento;
    private final char[] instrument;
    private final Instruments instruments = new Instruments();
    private final char[] symbol = new char[TickDescriptor.SYMBOL_LENGTH];
    private long receiveTimeNs;
    private long exchangeTimeNs;
    private long bid;
    private long ask;
    private long bidSize;
    private long askSize;
    private long price;
    private long size;
    private long tradeId;
    private byte side;

    CsvTicks(CsvColumns columns, CsvContext context, CsvRow row) {
        this.columns = columns;
        this.row = row;
        this.kind = new CsvKind(columns, row);
        this.time = new CsvTime(context.timeUnit());
        this.isDatabento = columns.isDatabento();
        this.instrument =
                context.instrument() == null ? null : context.instrument().toCharArray();
    }

    /** The receive time that was read last. */
    long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** Reads the receive time, or says why there is none. */
    RejectReason readTime() {
        CsvField field = columns.has(CsvField.TIME) ? CsvField.TIME : CsvField.EXCHANGE_TIME;
        if (!kind.isTimeFilled(field)) {
            return RejectReason.MISSING_FIELD;
        }
        receiveTimeNs = time(field);
        RejectReason fault = TickRules.numberFault(receiveTimeNs);
        return fault == null && receiveTimeNs <= 0 ? RejectReason.OUT_OF_RANGE : fault;
    }

    /** Gives what the row holds, whose receive time is read; or says why not. */
    RejectReason give(FeedOutput output) {
        int ticks = kind.ofRow();
        if (ticks == CsvKind.OTHER) {
            output.ignored();
            return null;
        }
        RejectReason fault = read(ticks);
        if (fault != null) {
            return fault;
        }
        int id = instruments.id(symbol, symbolLength(), output);
        if (id < 0) {
            return Instruments.refusal(id);
        }
        output.awaitDue(receiveTimeNs);
        if ((ticks & CsvKind.QUOTE) != 0) {
            output.quote(id, exchangeTimeNs, receiveTimeNs, bid, ask, bidSize, askSize);
        }
        if ((ticks & CsvKind.TRADE) != 0) {
            output.trade(id, exchangeTimeNs, receiveTimeNs, price, size, tradeId, side);
        }
        return null;
    }

    private RejectReason read(int ticks) {
        boolean isSymbolMissing = instrument == null && !kind.isFilled(CsvField.SYMBOL);
        if (ticks == CsvKind.INCOMPLETE || isSymbolMissing) {
            return RejectReason.MISSING_FIELD;
        }
        RejectReason fault = (ticks & CsvKind.QUOTE) != 0 ? readQuote() : null;
        if (fault == null && (ticks & CsvKind.TRADE) != 0) {
            fault = readTrade();
        }
        if (fault == null) {
            fault = readExchangeTime();
        }
        if (fault == null && (ticks & CsvKind.QUOTE) != 0) {
            fault = TickRules.quoteFault(bidSize, askSize);
        }
        return fault == null && (ticks & CsvKind.TRADE) != 0 ? TickRules.tradeFault(price, size) : fault;
    }

    private RejectReason readQuote() {
        if (isMissing(CsvField.BID_SIZE) || isMissing(CsvField.ASK_SIZE)) {
            return RejectReason.MISSING_FIELD;
        }
        bid = price(CsvField.BID);
        ask = price(CsvField.ASK);
        bidSize = size(CsvField.BID_SIZE);
        askSize = size(CsvField.ASK_SIZE);
        return firstFault(bid, bidSize, ask, askSize);
    }

    private RejectReason readTrade() {
        price = price(CsvField.PRICE);
        size = size(CsvField.SIZE);
        boolean hasId = kind.isFilled(CsvField.TRADE_ID);
        tradeId = hasId ? tradeId() : NO_TRADE_ID;
        RejectReason fault = firstFault(price, size, 0, 0);
        if (fault == null && hasId) {
            fault = TickRules.numberFault(tradeId);
        }
        return fault == null && !readSide() ? RejectReason.MALFORMED_LINE : fault;
    }

    private RejectReason readExchangeTime() {
        exchangeTimeNs = NO_TIME;
        if (!kind.isTimeFilled(CsvField.EXCHANGE_TIME)) {
            return null;
        }
        exchangeTimeNs = time(CsvField.EXCHANGE_TIME);
        return TickRules.numberFault(exchangeTimeNs);
    }

    private boolean isMissing(CsvField field) {
        return columns.has(field) && !kind.isFilled(field);
    }

    private long time(CsvField field) {
        int column = columns.column(field);
        return time.parse(row.text(), row.start(column), row.length(column));
    }

    /** In dbn's files a price without a point is in 10⁻⁹. */
    private long price(CsvField field) {
        int column = columns.column(field);
        if (!isDatabento || row.has(column, '.')) {
            return Decimals.parse(row.text(), row.start(column), row.length(column));
        }
        long value = TickRules.integer(row.text(), row.start(column), row.length(column), 1);
        if (Decimals.isError(value)) {
            return value;
        }
        return value % DBN_PER_UNIT == 0 ? value / DBN_PER_UNIT : Decimals.TOO_PRECISE;
    }

    /** 0 where the file has no column for it. */
    private long size(CsvField field) {
        int column = columns.column(field);
        return column < 0 ? 0 : Decimals.parse(row.text(), row.start(column), row.length(column));
    }

    private long tradeId() {
        int column = columns.column(CsvField.TRADE_ID);
        return TickRules.integer(row.text(), row.start(column), row.length(column), 1);
    }

    private boolean readSide() {
        side = TickDescriptor.SIDE_NONE;
        if (!kind.isFilled(CsvField.SIDE)) {
            return true;
        }
        int column = columns.column(CsvField.SIDE);
        if (row.is(column, "buy") || row.is(column, "b") || row.is(column, "bid")) {
            side = TickDescriptor.SIDE_BUY;
            return true;
        }
        if (row.is(column, "sell") || row.is(column, "s") || row.is(column, "ask") || row.is(column, "a")) {
            side = TickDescriptor.SIDE_SELL;
            return true;
        }
        return row.is(column, "none") || row.is(column, "n");
    }

    /** 0 for a symbol that cannot be valid. */
    private int symbolLength() {
        if (instrument != null) {
            System.arraycopy(instrument, 0, symbol, 0, instrument.length);
            return instrument.length;
        }
        int column = columns.column(CsvField.SYMBOL);
        int length = row.length(column);
        if (length > symbol.length) {
            return 0;
        }
        System.arraycopy(row.text(), row.start(column), symbol, 0, length);
        return length;
    }

    private static RejectReason firstFault(long first, long second, long third, long fourth) {
        RejectReason fault = TickRules.numberFault(first);
        fault = fault == null ? TickRules.numberFault(second) : fault;
        fault = fault == null ? TickRules.numberFault(third) : fault;
        return fault == null ? TickRules.numberFault(fourth) : fault;
    }
}
