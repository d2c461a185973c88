package io.tickring.engine.feed;

/** Tells what a row is: by its type, in dbn's files by its action, else by which fields are filled. One thread; allocates nothing. */
final class CsvKind {
    /** Neither quote nor trade. */
    static final int OTHER = 0;

    static final int QUOTE = 1;
    static final int TRADE = 2;
    /** A quote or trade without what makes it one. */
    static final int INCOMPLETE = 4;

    /** dbn's undefined price, the largest of 64 bits, and undefined time, the largest without a sign. */
    private static final String NO_DBN_PRICE = "9223372036854775807";

    private static final String NO_DBN_TIME = "18446744073709551615";

    private final CsvColumns columns;
    private final CsvRow row;
    private final boolean isDatabento;

    CsvKind(CsvColumns columns, CsvRow row) {
        this.columns = columns;
        this.row = row;
        this.isDatabento = columns.isDatabento();
    }

    /** {@link #QUOTE}, {@link #TRADE}, both, {@link #OTHER} or {@link #INCOMPLETE}. */
    int ofRow() {
        if (isFilled(CsvField.TYPE)) {
            return ofType();
        }
        if (isDatabento && (columns.has(CsvField.ACTION) || columns.hasQuotes())) {
            return ofAction();
        }
        int quoteAndTrade = quoteIfFilled() | tradeIfFilled();
        return quoteAndTrade == 0 ? INCOMPLETE : quoteAndTrade;
    }

    boolean isFilled(CsvField field) {
        int column = columns.column(field);
        return column >= 0 && row.length(column) > 0;
    }

    boolean isTimeFilled(CsvField field) {
        return isFilled(field) && !(isDatabento && row.is(columns.column(field), NO_DBN_TIME));
    }

    private int ofType() {
        int column = columns.column(CsvField.TYPE);
        if (row.is(column, "quote")) {
            return orIncomplete(quoteIfFilled());
        }
        return row.is(column, "trade") ? orIncomplete(tradeIfFilled()) : OTHER;
    }

    /** A trade of a file with a book comes with the book before it; any other action, and none, tells a new book. */
    private int ofAction() {
        int action = columns.column(CsvField.ACTION);
        if (action >= 0 && row.is(action, "t")) {
            return tradeIfFilled() == 0 ? INCOMPLETE : TRADE | quoteIfFilled();
        }
        boolean isCleared = !isPriceFilled(CsvField.BID) && !isPriceFilled(CsvField.ASK);
        return isCleared ? OTHER : orIncomplete(quoteIfFilled());
    }

    private int quoteIfFilled() {
        return isPriceFilled(CsvField.BID) && isPriceFilled(CsvField.ASK) ? QUOTE : 0;
    }

    private int tradeIfFilled() {
        return isPriceFilled(CsvField.PRICE) && isFilled(CsvField.SIZE) ? TRADE : 0;
    }

    private boolean isPriceFilled(CsvField field) {
        return isFilled(field) && !(isDatabento && row.is(columns.column(field), NO_DBN_PRICE));
    }

    private static int orIncomplete(int kind) {
        return kind == 0 ? INCOMPLETE : kind;
    }
}
