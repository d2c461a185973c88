package io.tickring.engine.feed;

import io.tickring.engine.tick.Nearest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which column of a CSV file holds what: as the settings say, and for the rest as the header's names do. Immutable.
 *
 * <p>Design note: dbn's files are told by rtype and publisher_id, not by ts_event, which our own have too.
 */
final class CsvColumns {
    private static final List<String> DBN_NAMES = List.of("rtype", "publisherid");
    private static final int MAX_TOLD = 300;

    private final String path;
    private final CsvContext context;
    private final List<String> names;
    private final List<String> plainNames;
    private final int count;
    private final int[] columns = new int[CsvField.values().length];

    private CsvColumns(String path, CsvContext context, List<String> names) {
        this.path = path;
        this.context = context;
        this.names = names;
        this.plainNames = names.stream().map(CsvField::plain).toList();
        int filled = names.size();
        while (context.hasHeader() && filled > 0 && names.get(filled - 1).isEmpty()) {
            filled--;
        }
        this.count = filled;
    }

    /**
     * Reads the header, or where there is none counts the columns of the first row.
     *
     * @throws IOException naming the path, the column that is missing, and what can be done.
     */
    static CsvColumns of(String path, CsvContext context, CsvRow first) throws IOException {
        List<String> names = IntStream.range(0, Math.min(first.count(), CsvRow.MAX_FIELDS))
                .mapToObj(first::field)
                .toList();
        CsvColumns columns = new CsvColumns(path, context, names);
        for (CsvField field : CsvField.values()) {
            columns.columns[field.ordinal()] = columns.find(field);
        }
        columns.require();
        return columns;
    }

    /** How many fields a row must have. */
    int count() {
        return count;
    }

    /** The column of a field, from 0, or -1. */
    int column(CsvField field) {
        return columns[field.ordinal()];
    }

    boolean has(CsvField field) {
        return column(field) >= 0;
    }

    /** Whether bid and ask are there. */
    boolean hasQuotes() {
        return has(CsvField.BID) && has(CsvField.ASK);
    }

    /** Whether prices without a point are in 10⁻⁹ and actions tell what a row is. */
    boolean isDatabento() {
        return context.hasHeader() && !has(CsvField.TYPE) && DBN_NAMES.stream().anyMatch(plainNames::contains);
    }

    private int find(CsvField field) throws IOException {
        String asked = context.columns().get(field);
        if (asked != null) {
            return context.hasHeader() ? named(asked) : numbered(asked);
        }
        if (context.hasHeader()) {
            for (String name : field.names()) {
                int column = plainNames.indexOf(name);
                if (column >= 0) {
                    return once(name, column);
                }
            }
        }
        return -1;
    }

    private int named(String asked) throws IOException {
        int exact = names.indexOf(asked);
        if (exact >= 0 && exact == names.lastIndexOf(asked)) {
            return exact;
        }
        String plain = CsvField.plain(asked);
        int column = plainNames.indexOf(plain);
        if (column < 0) {
            throw wrong("has no column '" + asked + "', did you mean '" + Nearest.of(asked, names) + "'? " + told());
        }
        return once(plain, column);
    }

    private int once(String plain, int column) throws IOException {
        if (plainNames.lastIndexOf(plain) != column) {
            throw wrong("has more than one column '" + names.get(column) + "'. " + told());
        }
        return column;
    }

    private int numbered(String asked) throws IOException {
        int number = Integer.parseInt(asked);
        if (number > count) {
            throw wrong("has no column " + number + ": its first row has " + count + " columns");
        }
        return number - 1;
    }

    private void require() throws IOException {
        boolean hasSymbol = has(CsvField.SYMBOL);
        if (!has(CsvField.TIME) && !has(CsvField.EXCHANGE_TIME)) {
            throw missing("a time", "time=" + placeholder());
        }
        if (!hasSymbol && context.instrument() == null) {
            throw missing("a symbol", "symbol=" + placeholder() + " or instrument=NAME");
        }
        if (hasSymbol && context.instrument() != null) {
            throw wrong(
                    "has a column for the symbol; instrument=" + context.instrument() + " is for a file without one");
        }
        requireWhole(CsvField.BID, CsvField.ASK, hasQuotes());
        requireWhole(CsvField.PRICE, CsvField.SIZE, has(CsvField.PRICE) && has(CsvField.SIZE));
        if (!hasQuotes() && !(has(CsvField.PRICE) && has(CsvField.SIZE))) {
            String column = placeholder();
            throw missing(
                    "bid and ask, nor price and size",
                    "bid=" + column + "&ask=" + column + " or price=" + column + "&size=" + column);
        }
    }

    /** Who names one of a pair means to have the pair. */
    private void requireWhole(CsvField one, CsvField other, boolean areThere) throws IOException {
        boolean asked = context.columns().containsKey(one) || context.columns().containsKey(other);
        if (asked && !areThere) {
            CsvField absent = has(one) ? other : one;
            throw missing(absent.key(), absent.key() + "=" + placeholder());
        }
    }

    private IOException missing(String what, String remedy) {
        return wrong((context.hasHeader() ? "tells no column for " : "needs the number of a column for ")
                + what + "; name it: ?" + remedy
                + (context.hasHeader() ? ", or header=no where the first row is no header. " + told() : ""));
    }

    private String placeholder() {
        return context.hasHeader() ? "COL" : "NUMBER";
    }

    private String told() {
        String all = String.join(", ", names.subList(0, count)).replaceAll("\\p{Cntrl}", "?");
        return "Its columns are " + (all.length() <= MAX_TOLD ? all : all.substring(0, MAX_TOLD) + "...");
    }

    private IOException wrong(String what) {
        return new IOException("path=" + path + " " + what);
    }
}
