package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;

/** One JSON object a line; prices and sizes are strings, absent is null. */
final class JsonFormat implements TickFormat {
    private static final byte[] NULL = LineBuffer.ascii("null");
    private static final byte[] SEQUENCE = LineBuffer.ascii("{\"sequence\":");
    private static final byte[] EVENT_TIME = LineBuffer.ascii(",\"ts_event\":");
    private static final byte[] RECEIVE_TIME = LineBuffer.ascii(",\"ts_recv\":");
    private static final byte[] SYMBOL = LineBuffer.ascii(",\"symbol\":\"");
    private static final byte[] TYPE = LineBuffer.ascii("\",\"type\":\"");
    private static final byte[] SIDE = LineBuffer.ascii("\",\"side\":\"");
    private static final byte[] BID = LineBuffer.ascii("\",\"bid_px\":\"");
    private static final byte[] ASK = LineBuffer.ascii("\",\"ask_px\":\"");
    private static final byte[] BID_SIZE = LineBuffer.ascii("\",\"bid_sz\":\"");
    private static final byte[] ASK_SIZE = LineBuffer.ascii("\",\"ask_sz\":\"");
    private static final byte[] NO_TRADE = LineBuffer.ascii("\",\"price\":null,\"size\":null,\"trade_id\":null");
    private static final byte[] NO_QUOTE =
            LineBuffer.ascii("\",\"bid_px\":null,\"ask_px\":null,\"bid_sz\":null,\"ask_sz\":null,\"price\":\"");
    private static final byte[] SIZE = LineBuffer.ascii("\",\"size\":\"");
    private static final byte[] TRADE_ID = LineBuffer.ascii("\",\"trade_id\":");

    private final TickText text = new TickText();
    private final boolean isoTimes;

    JsonFormat(boolean isoTimes) {
        this.isoTimes = isoTimes;
    }

    @Override
    public void define(int instrumentId, String symbol) {
        text.define(instrumentId, symbol.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    @Override
    public void begin(LineBuffer line) {}

    @Override
    public void write(Tick tick, LineBuffer line) throws IOException {
        fields(tick, line);
        line.append('}').endLine();
    }

    /** The fields of a tick, without the end of their object. */
    void fields(Tick tick, LineBuffer line) {
        head(
                tick.sequence(),
                tick.exchangeTimeNs(),
                tick.receiveTimeNs(),
                tick.instrumentId(),
                TickText.type(tick),
                line);
        line.append(SIDE).append(TickText.side(tick));
        if (tick.type() == TickDescriptor.QUOTE) {
            line.append(BID).decimal(tick.bid()).append(ASK).decimal(tick.ask());
            line.append(BID_SIZE).decimal(tick.bidSize()).append(ASK_SIZE).decimal(tick.askSize());
            line.append(NO_TRADE);
        } else {
            line.append(NO_QUOTE)
                    .decimal(tick.price())
                    .append(SIZE)
                    .decimal(tick.size())
                    .append(TRADE_ID);
            if (tick.tradeId() == TickDescriptor.NO_TRADE_ID) {
                line.append(NULL);
            } else {
                line.append(tick.tradeId());
            }
        }
    }

    /** The fields of any line up to the type, the end of which is the next one's beginning. */
    void head(long sequence, long exchangeTimeNs, long receiveTimeNs, int instrumentId, byte[] type, LineBuffer line) {
        line.append(SEQUENCE).append(sequence).append(EVENT_TIME);
        time(exchangeTimeNs, line);
        line.append(RECEIVE_TIME);
        time(receiveTimeNs, line);
        line.append(SYMBOL).append(text.symbol(instrumentId)).append(TYPE).append(type);
    }

    private void time(long epochNs, LineBuffer line) {
        if (!Notation.isKnown(epochNs)) {
            line.append(NULL);
        } else if (isoTimes) {
            line.append('"').isoTime(epochNs).append('"');
        } else {
            line.append(epochNs);
        }
    }
}
