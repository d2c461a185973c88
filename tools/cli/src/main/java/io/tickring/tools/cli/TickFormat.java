package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import java.io.IOException;

/** How a tick becomes a line of text. */
interface TickFormat {
    /** The columns, in their order, of every format. */
    String COLUMNS = "sequence,ts_event,ts_recv,symbol,type,side,bid_px,ask_px,bid_sz,ask_sz,price,size,trade_id";

    /** Called for each symbol before the first tick that bears its id. */
    void define(int instrumentId, String symbol);

    /** What stands above the first tick. */
    void begin(LineBuffer line) throws IOException;

    /** One tick, one line. */
    void write(Tick tick, LineBuffer line) throws IOException;
}
