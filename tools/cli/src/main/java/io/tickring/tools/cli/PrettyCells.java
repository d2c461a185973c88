package io.tickring.tools.cli;

import io.tickring.engine.tick.TickDescriptor;
import java.util.List;

/** The cells of lines in columns for people, with times in ISO-8601. As wide as is usual; a longer value moves the rest of its line. */
final class PrettyCells {
    private static final int TIME_WIDTH = 30;
    private static final int NUMBER_WIDTH = 11;

    /** A column: how wide it is, and whether its values end at its right edge. */
    private record Column(String title, int width, boolean isNumber) {}

    private final TickText text = new TickText();
    private final List<Column> columns;
    private final int symbolColumn;
    private int symbolWidth;
    private LineBuffer line;
    private int column;
    private int absent;
    private int start;

    /**
     * @param titles with commas between them
     * @param typeWidth of the {@code type} column
     */
    PrettyCells(String titles, int typeWidth) {
        columns = List.of(titles.split(",")).stream()
                .map(title -> column(title, typeWidth))
                .toList();
        symbolColumn = columns.indexOf(column("symbol", typeWidth));
        symbolWidth = columns.get(symbolColumn).width();
    }

    private static Column column(String title, int typeWidth) {
        return switch (title) {
            case "ts_event", "ts_recv" -> new Column(title, TIME_WIDTH, false);
            case "symbol" -> new Column(title, 12, false);
            case "type" -> new Column(title, typeWidth, false);
            case "side" -> new Column(title, 4, false);
            case "gap" -> new Column(title, 9, false);
            case "sequence" -> new Column(title, 10, true);
            case "first_missed", "last_missed", "trade_id" -> new Column(title, 12, true);
            case "missed", "folded" -> new Column(title, 8, true);
            default -> new Column(title, NUMBER_WIDTH, true);
        };
    }

    void define(int instrumentId, String symbol) {
        text.define(instrumentId, symbol);
        symbolWidth = Math.max(symbolWidth, symbol.length());
    }

    /** Goes to the beginning of a line. */
    PrettyCells begin(LineBuffer ofLine) {
        line = ofLine;
        column = 0;
        absent = 0;
        return this;
    }

    void titles() {
        columns.forEach(each -> word(LineBuffer.ascii(each.title())));
    }

    PrettyCells symbol(int instrumentId) {
        return word(text.symbol(instrumentId));
    }

    PrettyCells integer(long value) {
        beginCell();
        line.append(value);
        return endCell();
    }

    /** In 10⁻⁸. */
    PrettyCells decimal(long value) {
        beginCell();
        line.decimal(value);
        return endCell();
    }

    PrettyCells word(byte[] word) {
        beginCell();
        line.append(word);
        return endCell();
    }

    PrettyCells time(long epochNs) {
        if (!Notation.isKnown(epochNs)) {
            return absent(1);
        }
        beginCell();
        line.isoTime(epochNs);
        return endCell();
    }

    PrettyCells tradeId(long id) {
        return id == TickDescriptor.NO_TRADE_ID ? absent(1) : integer(id);
    }

    /** No spaces stand at the end of a line. */
    PrettyCells absent(int cells) {
        absent += cells;
        return this;
    }

    private void beginCell() {
        for (; absent > 0; absent--) {
            beginNext();
            endCell();
        }
        beginNext();
    }

    private void beginNext() {
        if (column > 0) {
            if (!columns.get(column - 1).isNumber()) {
                line.pad(start, width(column - 1), false);
            }
            line.append(' ').append(' ');
        }
        start = line.position();
    }

    private PrettyCells endCell() {
        if (columns.get(column).isNumber()) {
            line.pad(start, width(column), true);
        }
        column++;
        return this;
    }

    private int width(int of) {
        return of == symbolColumn ? symbolWidth : columns.get(of).width();
    }
}
