package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/**
 * The fields of one JSON object that make a bookTicker or a trade, taken from a parser as they come. Numbers are read at once, as
 * a value or a code of {@link Decimals}; null, an array and an object count as missing; of a field that comes twice the last
 * one holds. One thread; allocates nothing.
 */
final class BinanceFields {
    private static final int BID = 0;
    private static final int BID_SIZE = 1;
    private static final int ASK = 2;
    private static final int ASK_SIZE = 3;
    private static final int PRICE = 4;
    private static final int SIZE = 5;
    private static final int TRADE_ID = 6;
    private static final int TRANSACTION_TIME = 7;
    private static final int EVENT_TIME = 8;
    private static final int SYMBOL = 9;
    private static final int BUYER_IS_MAKER = 10;
    private static final int NUMBERS = 9;
    private static final int QUOTE_FIELDS = 1 << SYMBOL | 1 << BID | 1 << BID_SIZE | 1 << ASK | 1 << ASK_SIZE;
    private static final int TRADE_FIELDS = 1 << SYMBOL | 1 << PRICE | 1 << SIZE | 1 << BUYER_IS_MAKER;
    private static final long NS_PER_MS = 1_000_000;

    private final long[] numbers = new long[NUMBERS];
    private final char[] symbol = new char[TickDescriptor.SYMBOL_LENGTH];
    private int symbolLength;
    private boolean buyerIsMaker;
    private BinanceEvent event;
    private int present;

    void clear() {
        present = 0;
        event = BinanceEvent.ABSENT;
    }

    /** Takes the field {@code name}, whose value the parser stands on. */
    void put(String name, JsonToken token, JsonParser parser) throws IOException {
        if (name.length() != 1) {
            return;
        }
        switch (name.charAt(0)) {
            case 'e' -> event = eventOf(token, parser);
            case 's' -> putSymbol(token, parser);
            case 'm' -> putMaker(token);
            case 'b' -> putDecimal(BID, token, parser);
            case 'B' -> putDecimal(BID_SIZE, token, parser);
            case 'a' -> putDecimal(ASK, token, parser);
            case 'A' -> putDecimal(ASK_SIZE, token, parser);
            case 'p' -> putDecimal(PRICE, token, parser);
            case 'q' -> putDecimal(SIZE, token, parser);
            case 't' -> putInteger(TRADE_ID, 1, token, parser);
            case 'T' -> putInteger(TRANSACTION_TIME, NS_PER_MS, token, parser);
            case 'E' -> putInteger(EVENT_TIME, NS_PER_MS, token, parser);
            default -> {}
        }
    }

    BinanceEvent event() {
        return event;
    }

    /** Whether everything that a bookTicker has is there. */
    boolean isQuoteShaped() {
        return (present & QUOTE_FIELDS) == QUOTE_FIELDS;
    }

    /** Why this is no quote, or null; the symbol is judged elsewhere. */
    RejectReason quoteFault() {
        if (!isQuoteShaped()) {
            return RejectReason.MISSING_FIELD;
        }
        RejectReason fault = numberFault(BID, ASK_SIZE);
        if (fault == null) {
            fault = timeFault();
        }
        return fault == null ? TickRules.quoteFault(bidSize(), askSize()) : fault;
    }

    /** Why this is no trade, or null; the symbol is judged elsewhere. */
    RejectReason tradeFault() {
        if ((present & TRADE_FIELDS) != TRADE_FIELDS) {
            return RejectReason.MISSING_FIELD;
        }
        RejectReason fault = numberFault(PRICE, has(TRADE_ID) ? TRADE_ID : SIZE);
        if (fault == null) {
            fault = timeFault();
        }
        return fault == null ? TickRules.tradeFault(price(), size()) : fault;
    }

    char[] symbol() {
        return symbol;
    }

    /** 1 to 32, or 0 for a symbol that cannot be valid. */
    int symbolLength() {
        return symbolLength;
    }

    /** The transaction's time, else the event's, else NO_TIME. */
    long exchangeTimeNs() {
        int field = timeField();
        return field < 0 ? NO_TIME : numbers[field];
    }

    long bid() {
        return numbers[BID];
    }

    long bidSize() {
        return numbers[BID_SIZE];
    }

    long ask() {
        return numbers[ASK];
    }

    long askSize() {
        return numbers[ASK_SIZE];
    }

    long price() {
        return numbers[PRICE];
    }

    long size() {
        return numbers[SIZE];
    }

    long tradeId() {
        return has(TRADE_ID) ? numbers[TRADE_ID] : NO_TRADE_ID;
    }

    /** The aggressor's: who sold to a buyer that was the maker, sold. */
    byte side() {
        return buyerIsMaker ? TickDescriptor.SIDE_SELL : TickDescriptor.SIDE_BUY;
    }

    private boolean has(int field) {
        return (present & 1 << field) != 0;
    }

    private boolean mark(int field, boolean isPresent) {
        present = isPresent ? present | 1 << field : present & ~(1 << field);
        return isPresent;
    }

    private static boolean isScalar(JsonToken token) {
        return token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }

    private static BinanceEvent eventOf(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return BinanceEvent.named(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        return isScalar(token) ? BinanceEvent.OTHER : BinanceEvent.ABSENT;
    }

    private void putSymbol(JsonToken token, JsonParser parser) throws IOException {
        if (mark(SYMBOL, isScalar(token))) {
            int length = token == JsonToken.VALUE_STRING ? parser.getTextLength() : 0;
            symbolLength = length <= symbol.length ? length : 0;
            System.arraycopy(parser.getTextCharacters(), parser.getTextOffset(), symbol, 0, symbolLength);
        }
    }

    private void putMaker(JsonToken token) {
        buyerIsMaker = token == JsonToken.VALUE_TRUE;
        mark(BUYER_IS_MAKER, token.isBoolean());
    }

    private void putDecimal(int field, JsonToken token, JsonParser parser) throws IOException {
        if (mark(field, isScalar(token))) {
            numbers[field] = Decimals.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
    }

    private void putInteger(int field, long unit, JsonToken token, JsonParser parser) throws IOException {
        if (mark(field, isScalar(token))) {
            numbers[field] =
                    TickRules.integer(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), unit);
        }
    }

    private RejectReason numberFault(int firstField, int lastField) {
        for (int field = firstField; field <= lastField; field++) {
            RejectReason fault = TickRules.numberFault(numbers[field]);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private int timeField() {
        if (has(TRANSACTION_TIME)) {
            return TRANSACTION_TIME;
        }
        return has(EVENT_TIME) ? EVENT_TIME : -1;
    }

    private RejectReason timeFault() {
        int field = timeField();
        return field < 0 ? null : numberFault(field, field);
    }
}
