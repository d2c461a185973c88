package io.tickring.engine.feed;

import io.tickring.engine.tick.Symbols;
import java.util.EnumMap;
import java.util.Map;

/** How a CSV file is to be read. Fluent; {@link #conclude} tells what cannot be. What is not set the file's header decides. */
public final class CsvContext {
    private final Map<CsvField, String> columns = new EnumMap<>(CsvField.class);
    private CsvTimeUnit timeUnit = CsvTimeUnit.AUTO;
    private char separator = ',';
    private boolean header = true;
    private String instrument;

    /** The column that holds {@code field}: its name, or its number from 1 where there is no header. */
    public CsvContext column(CsvField field, String column) {
        columns.put(field, column);
        return this;
    }

    /** How times are written. Default: {@link CsvTimeUnit#AUTO}. */
    public CsvContext timeUnit(CsvTimeUnit unit) {
        this.timeUnit = unit;
        return this;
    }

    /** What stands between two fields. Default: a comma. */
    public CsvContext separator(char character) {
        this.separator = character;
        return this;
    }

    /** Whether the first row names the columns. Default: true. */
    public CsvContext header(boolean isThere) {
        this.header = isThere;
        return this;
    }

    /** The one symbol of a file that has no column for it. */
    public CsvContext instrument(String symbol) {
        this.instrument = symbol;
        return this;
    }

    /**
     * Checks what can be checked without the file.
     *
     * @throws IllegalArgumentException naming the setting that cannot be, and why.
     */
    public CsvContext conclude() {
        require(separator != '"' && separator != '\r' && separator != '\n', "sep", "cannot be a quote or a line break");
        require(
                instrument == null || !columns.containsKey(CsvField.SYMBOL),
                "instrument=" + instrument,
                "and symbol=" + columns.get(CsvField.SYMBOL) + " exclude each other");
        require(
                instrument == null || Symbols.isValid(instrument),
                "instrument=" + instrument,
                "must be 1 to 32 printable ASCII characters");
        if (!header) {
            columns.forEach((field, column) -> require(
                    column.matches("[1-9][0-9]{0,5}"),
                    field.key() + "=" + column,
                    "must be the number of a column, from 1, as header=no says that columns have no names"));
        }
        return this;
    }

    Map<CsvField, String> columns() {
        return columns;
    }

    CsvTimeUnit timeUnit() {
        return timeUnit;
    }

    char separator() {
        return separator;
    }

    boolean hasHeader() {
        return header;
    }

    /** Null where a column tells it. */
    String instrument() {
        return instrument;
    }

    private static void require(boolean holds, String what, String why) {
        if (!holds) {
            throw new IllegalArgumentException(what + " " + why);
        }
    }
}
