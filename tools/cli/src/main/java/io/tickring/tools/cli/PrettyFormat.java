package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/** As {@link PrettyCells}. */
final class PrettyFormat implements TickFormat {
    private static final int TYPE_WIDTH = 5;

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
    public void write(Tick tick, LineBuffer line) throws IOException {
        write(tick, cells.begin(line));
        line.endLine();
    }

    /** The cells of a tick. */
    static void write(Tick tick, PrettyCells cells) {
        cells.integer(tick.sequence())
                .time(tick.exchangeTimeNs())
                .time(tick.receiveTimeNs())
                .symbol(tick.instrumentId())
                .word(TickText.type(tick))
                .word(TickText.side(tick));
        if (tick.type() == TickDescriptor.QUOTE) {
            cells.decimal(tick.bid())
                    .decimal(tick.ask())
                    .decimal(tick.bidSize())
                    .decimal(tick.askSize());
        } else {
            cells.absent(4).decimal(tick.price()).decimal(tick.size()).tradeId(tick.tradeId());
        }
    }
}
