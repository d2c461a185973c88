package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.TextTable;
import io.tickring.engine.analytics.Bar;
import io.tickring.engine.analytics.BarHistory;
import io.tickring.engine.tick.Decimals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prints intervals one below the other. An empty one has counts of 0 and no values. */
abstract class BarPrinter implements BarHistory.IntervalListener {
    /** Of every format, in their order. */
    private static final List<String> COLUMNS = List.of(
            "start",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "notional",
            "vwap",
            "trades",
            "buy_volume",
            "sell_volume",
            "late");

    private final boolean isoTimes;
    private long empty;

    private BarPrinter(boolean isoTimes) {
        this.isoTimes = isoTimes;
    }

    /** CSV but for JSON, or for people who asked for neither. */
    static BarPrinter of(boolean json, boolean csv, boolean pretty, Console console) throws IOException {
        if (json) {
            return new Lines(pretty, console);
        }
        return pretty && !csv ? new Table(console) : new Csv(pretty, console);
    }

    /** What stands above the first line. */
    abstract void begin() throws IOException;

    /** @param cells by column; null for what an empty interval does not have */
    abstract void line(List<String> cells) throws IOException;

    /** After the last interval. */
    abstract void end() throws IOException;

    /** Intervals without a bar. */
    long empty() {
        return empty;
    }

    @Override
    public final void onInterval(long startNs, Bar bar, long late) throws IOException {
        List<String> cells = new ArrayList<>();
        cells.add(isoTimes ? Notation.isoTime(startNs) : Long.toString(startNs));
        if (bar == null) {
            empty++;
            cells.addAll(Arrays.asList(null, null, null, null, "0", "0", null, "0", "0", "0"));
        } else {
            cells.addAll(List.of(
                    Decimals.format(bar.open()),
                    Decimals.format(bar.high()),
                    Decimals.format(bar.low()),
                    Decimals.format(bar.close()),
                    Notation.plain(bar.volume()),
                    Notation.plain(bar.notional()),
                    Notation.plain(bar.vwap()),
                    Long.toString(bar.trades()),
                    Notation.plain(bar.buyVolume()),
                    Notation.plain(bar.sellVolume())));
        }
        cells.add(Long.toString(late));
        line(cells);
    }

    /** As RFC 4180, but for its line ends, which are single line feeds. */
    private static final class Csv extends BarPrinter {
        private final Console console;

        Csv(boolean isoTimes, Console console) {
            super(isoTimes);
            this.console = console;
        }

        @Override
        void begin() throws IOException {
            console.print(CsvFormat.line(COLUMNS));
        }

        @Override
        void line(List<String> cells) throws IOException {
            console.print(CsvFormat.line(cells));
        }

        @Override
        void end() {}
    }

    /** One JSON object a line: prices, volumes and notional are strings, counts and ns integers. */
    private static final class Lines extends BarPrinter {
        private static final List<String> INTEGERS = List.of("trades", "late");

        private final JsonGenerator generator;
        private final boolean isoTimes;

        Lines(boolean isoTimes, Console console) throws IOException {
            super(isoTimes);
            this.isoTimes = isoTimes;
            this.generator = Json.generator(console.data());
            generator.setRootValueSeparator(null);
        }

        @Override
        void begin() {}

        @Override
        void line(List<String> cells) throws IOException {
            generator.writeStartObject();
            for (int i = 0; i < cells.size(); i++) {
                String name = COLUMNS.get(i);
                if (INTEGERS.contains(name) || i == 0 && !isoTimes) {
                    generator.writeFieldName(name);
                    generator.writeNumber(cells.get(i));
                } else {
                    Json.writeField(generator, name, cells.get(i));
                }
            }
            generator.writeEndObject();
            generator.writeRaw('\n');
        }

        @Override
        void end() throws IOException {
            generator.close();
        }
    }

    /** Aligned columns, so many lines at once: whoever wants millions of them need not have the memory for all. */
    private static final class Table extends BarPrinter {
        private static final int MOST_AT_ONCE = 10_000;

        private final Console console;
        private final List<List<String>> rows = new ArrayList<>();

        Table(Console console) {
            super(true);
            this.console = console;
        }

        @Override
        void begin() {}

        @Override
        void line(List<String> cells) throws IOException {
            if (rows.size() == MOST_AT_ONCE) {
                end();
            }
            rows.add(cells.stream().map(cell -> cell == null ? "-" : cell).toList());
        }

        @Override
        void end() throws IOException {
            TextTable table = new TextTable(COLUMNS.stream()
                    .map(column -> new TextTable.Column(column, !column.equals("start")))
                    .toArray(TextTable.Column[]::new));
            rows.forEach(table::add);
            rows.clear();
            console.print(table.lines());
        }
    }
}
