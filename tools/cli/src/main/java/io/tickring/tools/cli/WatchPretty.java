package io.tickring.tools.cli;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/** As {@link PrettyCells}. */
final class WatchPretty implements WatchFormat {
    private static final int TYPE_WIDTH = 8;
    private static final int TYPE_COLUMN = 4;
    private static final int GAP_COLUMN = 13;
    private static final int MISSING_COLUMNS = 4;
    private static final byte[] GAP = LineBuffer.ascii("gap");

    private final PrettyCells cells = new PrettyCells(COLUMNS, TYPE_WIDTH);

    @Override
    public void define(int instrumentId, String symbol) {
        cells.define(instrumentId, symbol);
    }

    @Override
    public void begin(LineBuffer line) throws IOException {
        cells.begin(line).titles();
        line.endLine();
    }

    @Override
    public void tick(Tick tick, LineBuffer line) throws IOException {
        PrettyFormat.write(tick, cells.begin(line));
        line.endLine();
    }

    @Override
    public void row(PriceRow row, RowType type, long folded, LineBuffer line) throws IOException {
        cells.begin(line)
                .integer(row.sequence())
                .time(row.exchangeTimeNs())
                .time(row.receiveTimeNs())
                .symbol(row.instrumentId())
                .word(WatchFormat.text(type, row))
                .word(TickText.side(row.lastSide()));
        if (row.quotes() > 0) {
            cells.decimal(row.bid()).decimal(row.ask()).decimal(row.bidSize()).decimal(row.askSize());
        } else {
            cells.absent(4);
        }
        if (row.trades() > 0) {
            cells.decimal(row.last()).decimal(row.lastSize());
        } else {
            cells.absent(2);
        }
        cells.tradeId(row.lastTradeId());
        if (type == RowType.LATEST) {
            cells.absent(MISSING_COLUMNS).integer(folded);
        }
        line.endLine();
    }

    @Override
    public void state(int instrumentId, PriceState state, long sequence, long timeNs, LineBuffer line)
            throws IOException {
        cells.begin(line)
                .integer(sequence)
                .time(TickDescriptor.NO_TIME)
                .time(timeNs)
                .symbol(instrumentId)
                .word(WatchFormat.text(state));
        line.endLine();
    }

    @Override
    public void missed(long first, long last, MissedCause cause, LineBuffer line) throws IOException {
        cells.begin(line)
                .absent(TYPE_COLUMN)
                .word(GAP)
                .absent(GAP_COLUMN - TYPE_COLUMN - 1)
                .word(WatchFormat.text(cause))
                .integer(first)
                .integer(last)
                .integer(last - first + 1);
        line.endLine();
    }
}
