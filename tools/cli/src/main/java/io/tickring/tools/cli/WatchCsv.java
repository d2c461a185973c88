package io.tickring.tools.cli;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/** As {@link CsvFormat}. */
final class WatchCsv implements WatchFormat {
    private static final byte[] HEADER = LineBuffer.ascii(COLUMNS);
    private static final byte[] NONE_BEHIND = LineBuffer.ascii(",,,,,");
    private static final byte[] FOUR_ABSENT = LineBuffer.ascii(",,,,");
    private static final byte[] NONE_BEHIND_TYPE = LineBuffer.ascii(",,,,,,,,,,,,,");
    private static final byte[] GAP = LineBuffer.ascii(",,,,gap,,,,,,,,,");

    private final CsvFormat csv;

    WatchCsv(boolean isoTimes) {
        this.csv = new CsvFormat(isoTimes);
    }

    @Override
    public void define(int instrumentId, String symbol) {
        csv.define(instrumentId, symbol);
    }

    @Override
    public void begin(LineBuffer line) throws IOException {
        line.append(HEADER).endLine();
    }

    @Override
    public void tick(Tick tick, LineBuffer line) throws IOException {
        csv.fields(tick, line);
        line.append(NONE_BEHIND).endLine();
    }

    @Override
    public void row(PriceRow row, RowType type, long folded, LineBuffer line) throws IOException {
        csv.head(
                row.sequence(),
                row.exchangeTimeNs(),
                row.receiveTimeNs(),
                row.instrumentId(),
                WatchFormat.text(type, row),
                line);
        line.append(',').append(TickText.side(row.lastSide())).append(',');
        if (row.quotes() > 0) {
            line.decimal(row.bid()).append(',').decimal(row.ask()).append(',');
            line.decimal(row.bidSize()).append(',').decimal(row.askSize()).append(',');
        } else {
            line.append(FOUR_ABSENT);
        }
        if (row.trades() > 0) {
            line.decimal(row.last()).append(',').decimal(row.lastSize());
        } else {
            line.append(',');
        }
        line.append(',');
        if (row.lastTradeId() != TickDescriptor.NO_TRADE_ID) {
            line.append(row.lastTradeId());
        }
        line.append(NONE_BEHIND);
        if (type == RowType.LATEST) {
            line.append(folded);
        }
        line.endLine();
    }

    @Override
    public void state(int instrumentId, PriceState state, long sequence, long timeNs, LineBuffer line)
            throws IOException {
        csv.head(sequence, TickDescriptor.NO_TIME, timeNs, instrumentId, WatchFormat.text(state), line);
        line.append(NONE_BEHIND_TYPE).endLine();
    }

    @Override
    public void missed(long first, long last, MissedCause cause, LineBuffer line) throws IOException {
        line.append(GAP).append(WatchFormat.text(cause)).append(',').append(first);
        line.append(',').append(last).append(',').append(last - first + 1).append(',');
        line.endLine();
    }
}
