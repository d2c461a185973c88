package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.TextTable;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the price table, while an engine of another process writes it and after it has ended. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Shows the price table, also of a running engine.",
        footer = {"", "Example: java -jar tools.jar prices --symbol 'BTC*' --json"})
final class PricesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private LiveOption live;

    @Mixin
    private SymbolOption symbols;

    @Option(names = "--json", description = "One JSON array instead of a table.")
    private boolean json;

    PricesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        PriceTableReader prices = live.prices();
        return json ? writeJson(prices) : writeTable(prices);
    }

    private int writeJson(PriceTableReader prices) throws IOException {
        try (JsonGenerator generator = Json.generator(console.data())) {
            generator.writeStartArray();
            int exitCode = forEach(prices, row -> PriceFields.write(row, generator));
            generator.writeEndArray();
            generator.writeRaw('\n');
            return exitCode;
        }
    }

    private int writeTable(PriceTableReader prices) throws IOException {
        TextTable table = PriceFields.table();
        int exitCode = forEach(prices, row -> table.add(PriceFields.cells(row)));
        console.print(table.lines());
        console.data().flush();
        live.sayIfEnded(console);
        return exitCode;
    }

    /** Takes one row. */
    @FunctionalInterface
    private interface RowConsumer {
        void accept(PriceRow row) throws IOException;
    }

    private int forEach(PriceTableReader prices, RowConsumer consumer) throws IOException {
        Predicate<String> wanted = symbols.wanted();
        PriceRow row = new PriceRow();
        int exitCode = ToolsCommand.WELL;
        int instruments = prices.instruments();
        for (int id = 0; id < instruments; id++) {
            String symbol = prices.symbol(id);
            if (wanted != null && !wanted.test(symbol)) {
                continue;
            }
            if (prices.read(id, row)) {
                consumer.accept(row);
            } else {
                console.say("tickring: " + prices.unreadable(id));
                exitCode = ToolsCommand.FAILED;
            }
        }
        return exitCode;
    }
}
