package io.tickring.engine.feed;

/** What a frame of a Binance stream says of itself, by its {@code e} field or by its stream's name. */
enum BinanceEvent {
    /** It does not say. */
    ABSENT,
    BOOK_TICKER,
    TRADE,
    /** Something that is no tick. */
    OTHER;

    private static final String BOOK_TICKER_NAME = "bookTicker";
    private static final String TRADE_NAME = "trade";

    /** The event with this name. */
    static BinanceEvent named(char[] text, int offset, int length) {
        if (equal(BOOK_TICKER_NAME, text, offset, length)) {
            return BOOK_TICKER;
        }
        return equal(TRADE_NAME, text, offset, length) ? TRADE : OTHER;
    }

    /** The event of a stream such as {@code btcusdt@trade} or {@code !bookTicker}: the name after the last {@code @} or {@code !}. */
    static BinanceEvent ofStream(char[] text, int offset, int length) {
        int end = offset + length;
        for (int i = end - 1; i >= offset; i--) {
            if (text[i] == '@' || text[i] == '!') {
                return named(text, i + 1, end - i - 1);
            }
        }
        return OTHER;
    }

    private static boolean equal(String name, char[] text, int offset, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
