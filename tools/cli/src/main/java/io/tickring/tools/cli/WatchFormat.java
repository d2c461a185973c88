package io.tickring.tools.cli;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import java.io.IOException;
import java.util.Locale;

/** How what a subscriber is given becomes lines of text: the columns of a tick, and behind them what is missing or folded. */
interface WatchFormat {
    /** The columns, in their order, of every format. */
    String COLUMNS = TickFormat.COLUMNS + ",gap,first_missed,last_missed,missed,folded";

    /** A row of the table in the {@code type} column: as it was at a snapshot, or the newest state. */
    enum RowType {
        SNAPSHOT,
        LATEST;

        final byte[] text = LineBuffer.ascii(name().toLowerCase(Locale.ROOT));
    }

    /** Called for each symbol before the first line that bears its id. */
    void define(int instrumentId, String symbol);

    /** What stands above the first line. */
    void begin(LineBuffer line) throws IOException;

    void tick(Tick tick, LineBuffer line) throws IOException;

    /** @param folded ticks between this state and the one before; of no meaning for a snapshot's */
    void row(PriceRow row, RowType type, long folded, LineBuffer line) throws IOException;

    /** The price of an instrument has become stale or has expired; the time stands where a tick's of its reception does. */
    void state(int instrumentId, PriceState state, long sequence, long timeNs, LineBuffer line) throws IOException;

    void missed(long first, long last, MissedCause cause, LineBuffer line) throws IOException;

    /** The state as it stands in the {@code type} column. */
    static byte[] text(PriceState state) {
        return LineBuffer.ascii(state.name().toLowerCase(Locale.ROOT));
    }

    /** A row's word in the {@code type} column: a newest state that is stale or has expired says so. */
    static byte[] text(RowType type, PriceRow row) {
        return type == RowType.LATEST && row.state() != PriceState.LIVE ? text(row.state()) : type.text;
    }

    /** The cause as it stands in the {@code gap} column. */
    static byte[] text(MissedCause cause) {
        return LineBuffer.ascii(cause.name().toLowerCase(Locale.ROOT));
    }
}
