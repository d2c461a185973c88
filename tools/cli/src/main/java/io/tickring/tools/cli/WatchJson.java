package io.tickring.tools.cli;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/** As {@link JsonFormat}. */
final class WatchJson implements WatchFormat {
    private static final byte[] NULL = LineBuffer.ascii("null");
    private static final byte[] SIDE = LineBuffer.ascii("\",\"side\":\"");
    private static final byte[] END_SIDE = LineBuffer.ascii("\"");
    private static final byte[] BID = LineBuffer.ascii(",\"bid_px\":");
    private static final byte[] ASK = LineBuffer.ascii(",\"ask_px\":");
    private static final byte[] BID_SIZE = LineBuffer.ascii(",\"bid_sz\":");
    private static final byte[] ASK_SIZE = LineBuffer.ascii(",\"ask_sz\":");
    private static final byte[] PRICE = LineBuffer.ascii(",\"price\":");
    private static final byte[] SIZE = LineBuffer.ascii(",\"size\":");
    private static final byte[] TRADE_ID = LineBuffer.ascii(",\"trade_id\":");
    private static final byte[] NONE_MISSED =
            LineBuffer.ascii(",\"gap\":null,\"first_missed\":null,\"last_missed\":null,\"missed\":null,\"folded\":");
    private static final byte[] NONE_BEHIND_TYPE = LineBuffer.ascii("\",\"side\":null,\"bid_px\":null,\"ask_px\":null,"
            + "\"bid_sz\":null,\"ask_sz\":null,\"price\":null,\"size\":null,\"trade_id\":null");
    private static final byte[] GAP = LineBuffer.ascii("{\"sequence\":null,\"ts_event\":null,\"ts_recv\":null,"
            + "\"symbol\":null,\"type\":\"gap\",\"side\":null,\"bid_px\":null,\"ask_px\":null,\"bid_sz\":null,"
            + "\"ask_sz\":null,\"price\":null,\"size\":null,\"trade_id\":null,\"gap\":\"");
    private static final byte[] FIRST_MISSED = LineBuffer.ascii("\",\"first_missed\":");
    private static final byte[] LAST_MISSED = LineBuffer.ascii(",\"last_missed\":");
    private static final byte[] MISSED = LineBuffer.ascii(",\"missed\":");
    private static final byte[] NOT_FOLDED = LineBuffer.ascii(",\"folded\":null}");

    private final JsonFormat json;

    WatchJson(boolean isoTimes) {
        this.json = new JsonFormat(isoTimes);
    }

    @Override
    public void define(int instrumentId, String symbol) {
        json.define(instrumentId, symbol);
    }

    @Override
    public void begin(LineBuffer line) {}

    @Override
    public void tick(Tick tick, LineBuffer line) throws IOException {
        json.fields(tick, line);
        line.append(NONE_MISSED).append(NULL).append('}').endLine();
    }

    @Override
    public void row(PriceRow row, RowType type, long folded, LineBuffer line) throws IOException {
        json.head(
                row.sequence(),
                row.exchangeTimeNs(),
                row.receiveTimeNs(),
                row.instrumentId(),
                WatchFormat.text(type, row),
                line);
        line.append(SIDE).append(TickText.side(row.lastSide())).append(END_SIDE);
        boolean quoted = row.quotes() > 0;
        decimal(BID, row.bid(), quoted, line);
        decimal(ASK, row.ask(), quoted, line);
        decimal(BID_SIZE, row.bidSize(), quoted, line);
        decimal(ASK_SIZE, row.askSize(), quoted, line);
        decimal(PRICE, row.last(), row.trades() > 0, line);
        decimal(SIZE, row.lastSize(), row.trades() > 0, line);
        line.append(TRADE_ID);
        integer(row.lastTradeId(), row.lastTradeId() != TickDescriptor.NO_TRADE_ID, line);
        line.append(NONE_MISSED);
        integer(folded, type == RowType.LATEST, line);
        line.append('}').endLine();
    }

    @Override
    public void state(int instrumentId, PriceState state, long sequence, long timeNs, LineBuffer line)
            throws IOException {
        json.head(sequence, TickDescriptor.NO_TIME, timeNs, instrumentId, WatchFormat.text(state), line);
        line.append(NONE_BEHIND_TYPE).append(NONE_MISSED);
        line.append(NULL).append('}').endLine();
    }

    @Override
    public void missed(long first, long last, MissedCause cause, LineBuffer line) throws IOException {
        line.append(GAP).append(WatchFormat.text(cause)).append(FIRST_MISSED).append(first);
        line.append(LAST_MISSED).append(last).append(MISSED).append(last - first + 1);
        line.append(NOT_FOLDED).endLine();
    }

    private static void decimal(byte[] name, long value, boolean isKnown, LineBuffer line) {
        line.append(name);
        if (isKnown) {
            line.append('"').decimal(value).append('"');
        } else {
            line.append(NULL);
        }
    }

    private static void integer(long value, boolean isKnown, LineBuffer line) {
        if (isKnown) {
            line.append(value);
        } else {
            line.append(NULL);
        }
    }
}
