package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** CSV as RFC 4180 has it, but for its line ends, which are single line feeds. Absent is empty. */
final class CsvFormat implements TickFormat {
    private static final byte[] HEADER = LineBuffer.ascii(COLUMNS);
    private static final byte[] FOUR_ABSENT = LineBuffer.ascii(",,,,");
    private static final byte[] THREE_ABSENT = LineBuffer.ascii(",,,");

    private final TickText text = new TickText();
    private final boolean isoTimes;

    CsvFormat(boolean isoTimes) {
        this.isoTimes = isoTimes;
    }

    @Override
    public void define(int instrumentId, String symbol) {
        text.define(instrumentId, quoted(symbol));
    }

    /** One line of cells; null for what is absent. */
    static String line(List<String> cells) {
        return cells.stream().map(cell -> cell == null ? "" : quoted(cell)).collect(Collectors.joining(","));
    }

    /** As a cell: in quotes where it needs them. */
    private static String quoted(String text) {
        boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void begin(LineBuffer line) throws IOException {
        line.append(HEADER).endLine();
    }

    @Override
    public void write(Tick tick, LineBuffer line) throws IOException {
        fields(tick, line);
        line.endLine();
    }

    /** The columns of a tick, without the end of their line. */
    void fields(Tick tick, LineBuffer line) {
        head(
                tick.sequence(),
                tick.exchangeTimeNs(),
                tick.receiveTimeNs(),
                tick.instrumentId(),
                TickText.type(tick),
                line);
        line.append(',').append(TickText.side(tick)).append(',');
        if (tick.type() == TickDescriptor.QUOTE) {
            line.decimal(tick.bid()).append(',').decimal(tick.ask()).append(',');
            line.decimal(tick.bidSize()).append(',').decimal(tick.askSize()).append(THREE_ABSENT);
        } else {
            line.append(FOUR_ABSENT)
                    .decimal(tick.price())
                    .append(',')
                    .decimal(tick.size())
                    .append(',');
            if (tick.tradeId() != TickDescriptor.NO_TRADE_ID) {
                line.append(tick.tradeId());
            }
        }
    }

    /** The columns of any line up to the type, without the comma behind it. */
    void head(long sequence, long exchangeTimeNs, long receiveTimeNs, int instrumentId, byte[] type, LineBuffer line) {
        line.append(sequence).append(',');
        time(exchangeTimeNs, line);
        line.append(',');
        time(receiveTimeNs, line);
        line.append(',').append(text.symbol(instrumentId)).append(',').append(type);
    }

    private void time(long epochNs, LineBuffer line) {
        if (Notation.isKnown(epochNs)) {
            if (isoTimes) {
                line.isoTime(epochNs);
            } else {
                line.append(epochNs);
            }
        }
    }
}
