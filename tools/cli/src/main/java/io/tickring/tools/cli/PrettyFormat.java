package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/** Columns for people, with times in ISO-8601. As wide as is usual; a longer value moves the rest of its line. */
final class PrettyFormat implements TickFormat {
    private static final int TIME_WIDTH = 30;
    private static final int NUMBER_WIDTH = 11;
    private static final int[] WIDTHS = {
        10,
        TIME_WIDTH,
        TIME_WIDTH,
        10,
        5,
        4,
        NUMBER_WIDTH,
        NUMBER_WIDTH,
        NUMBER_WIDTH,
        NUMBER_WIDTH,
        NUMBER_WIDTH,
        NUMBER_WIDTH,
        12
    };
    private static final int FIRST_TEXT = 1;
    private static final int FIRST_NUMBER = 6;

    private final TickText text = new TickText();
    private int symbolWidth = WIDTHS[3];
    private int column;
    private int start;

    @Override
    public void define(int instrumentId, String symbol) {
        text.define(instrumentId, symbol);
        symbolWidth = Math.max(symbolWidth, symbol.length());
    }

    @Override
    public void begin(LineBuffer line) throws IOException {
        column = 0;
        for (String title : COLUMNS.split(",")) {
            beginCell(line);
            line.append(LineBuffer.ascii(title));
            endCell(line);
        }
        line.endLine();
    }

    @Override
    public void write(Tick tick, LineBuffer line) throws IOException {
        column = 0;
        integer(tick.sequence(), line);
        time(tick.exchangeTimeNs(), line);
        time(tick.receiveTimeNs(), line);
        word(text.symbol(tick.instrumentId()), line);
        word(TickText.type(tick), line);
        word(TickText.side(tick), line);
        if (tick.type() == TickDescriptor.QUOTE) {
            decimal(tick.bid(), line);
            decimal(tick.ask(), line);
            decimal(tick.bidSize(), line);
            decimal(tick.askSize(), line);
        } else {
            absent(line);
            absent(line);
            absent(line);
            absent(line);
            decimal(tick.price(), line);
            decimal(tick.size(), line);
            if (tick.tradeId() != TickDescriptor.NO_TRADE_ID) {
                integer(tick.tradeId(), line);
            }
        }
        line.endLine();
    }

    private void integer(long value, LineBuffer line) {
        beginCell(line);
        line.append(value);
        endCell(line);
    }

    private void decimal(long value, LineBuffer line) {
        beginCell(line);
        line.decimal(value);
        endCell(line);
    }

    private void word(byte[] word, LineBuffer line) {
        beginCell(line);
        line.append(word);
        endCell(line);
    }

    private void time(long epochNs, LineBuffer line) {
        beginCell(line);
        if (Notation.isKnown(epochNs)) {
            line.isoTime(epochNs);
        }
        endCell(line);
    }

    private void absent(LineBuffer line) {
        beginCell(line);
        endCell(line);
    }

    private void beginCell(LineBuffer line) {
        if (column > 0) {
            line.append(' ').append(' ');
        }
        start = line.position();
    }

    private void endCell(LineBuffer line) {
        int width = column == 3 ? symbolWidth : WIDTHS[column];
        boolean isNumber = column < FIRST_TEXT || column >= FIRST_NUMBER;
        line.pad(start, width, isNumber);
        column++;
    }
}
