package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarsCommandTest {
    private static final String HEADER =
            "start,open,high,low,close,volume,notional,vwap,trades,buy_volume,sell_volume,late";
    private static final List<String> MINUTES = List.of(
            "1723161600000000000,99.5,105,99.5,101,4.5,460,102.22222222,4,1.5,2,1",
            "1723161660000000000,,,,,0,0,,0,0,0,0",
            "1723161720000000000,110,110,110,110,1,110,110,1,1,0,0",
            "1723161780000000000,,,,,0,0,,0,0,0,1",
            "1723161840000000000,,,,,0,0,,0,0,0,0",
            "1723161900000000000,120,120,120,120,2,240,120,1,0,2,0");
    private static final String SUMMARY = "3 bars, 8 trades, 2 late, 3 intervals without a trade";

    @TempDir
    static Path data;

    @BeforeAll
    static void writeMarket() {
        FigureMarket.write(data);
    }

    @Test
    void shouldPrintEachIntervalAsCsvByItself() {
        Run run = bars("A,B");
        assertThat(run.exitCode()).isZero();
        assertThat(run.data())
                .isEqualTo(HEADER + "\n" + String.join("\n", MINUTES) + "\n")
                .isEqualTo(bars("A,B", "--csv", "--interval", "60s", "--grace", "2s")
                        .data());
        assertThat(run.talkLines()).containsExactly(SUMMARY);
    }

    @Test
    void shouldPrintJsonWithNullsForAnEmptyInterval() {
        Run run = bars("A,B", "--json");
        assertThat(run.dataLines())
                .hasSize(6)
                .startsWith(
                        "{\"start\":1723161600000000000,\"open\":\"99.5\",\"high\":\"105\",\"low\":\"99.5\",\"close\":\"101\","
                                + "\"volume\":\"4.5\",\"notional\":\"460\",\"vwap\":\"102.22222222\",\"trades\":4,"
                                + "\"buy_volume\":\"1.5\",\"sell_volume\":\"2\",\"late\":1}",
                        "{\"start\":1723161660000000000,\"open\":null,\"high\":null,\"low\":null,\"close\":null,"
                                + "\"volume\":\"0\",\"notional\":\"0\",\"vwap\":null,\"trades\":0,\"buy_volume\":\"0\","
                                + "\"sell_volume\":\"0\",\"late\":0}");
        assertThat(run.talkLines()).containsExactly(SUMMARY);
        assertThat(bars("A,B", "--json", "--pretty").dataLines().get(5))
                .startsWith("{\"start\":\"2024-08-09T00:05:00.000000000Z\",\"open\":\"120\"");
    }

    @Test
    void shouldAlignColumnsForPeople() {
        assertThat(bars("A,B", "--pretty").dataLines())
                .containsExactly(
                        "start                           open  high   low  close  volume  notional          vwap  trades"
                                + "  buy_volume  sell_volume  late",
                        "2024-08-09T00:00:00.000000000Z  99.5   105  99.5    101     4.5       460  102.22222222       4"
                                + "         1.5            2     1",
                        "2024-08-09T00:01:00.000000000Z     -     -     -      -       0         0             -       0"
                                + "           0            0     0",
                        "2024-08-09T00:02:00.000000000Z   110   110   110    110       1       110           110       1"
                                + "           1            0     0",
                        "2024-08-09T00:03:00.000000000Z     -     -     -      -       0         0             -       0"
                                + "           0            0     1",
                        "2024-08-09T00:04:00.000000000Z     -     -     -      -       0         0             -       0"
                                + "           0            0     0",
                        "2024-08-09T00:05:00.000000000Z   120   120   120    120       2       240           120       1"
                                + "           0            2     0");
        assertThat(bars("A,B", "--pretty", "--csv").dataLines())
                .element(2)
                .isEqualTo("2024-08-09T00:01:00.000000000Z,,,,,0,0,,0,0,0,0");
    }

    @Test
    void shouldKeepColumnsWhereItHasMoreLinesThanItAlignsAtOnce() {
        List<String> lines =
                bars("A,B", "--pretty", "--interval", "10ms", "--grace", "0s").dataLines();
        assertThat(lines).filteredOn(line -> line.startsWith("start")).hasSize(3);
        assertThat(lines).filteredOn(line -> line.startsWith("2024-")).hasSize(29_501);
    }

    @Test
    void shouldTakeOnlyLateTradesThatItsGraceDoesNotCover() {
        List<String> lines = bars("A,B", "--grace", "1h").dataLines();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(1)).isEqualTo("1723161600000000000,99.5,105,1,101,11.5,467,40.60869565,5,1.5,9,0");
        assertThat(lines.get(4)).isEqualTo("1723161780000000000,1000,1000,1000,1000,0.25,250,1000,1,0.25,0,0");
    }

    @Test
    void shouldTakeARangeByBothItsEnds() {
        List<Integer> trades = sequences("A,B");
        assertThat(trades).hasSize(8);
        assertThat(bars("A,B", "--from", trades.get(4), "--to", trades.get(4)).dataLines())
                .containsExactly(HEADER, MINUTES.get(2));
        assertThat(bars("A,B", "--from", "2024-08-09T00:02:00Z").dataLines())
                .startsWith(HEADER, "1723161600000000000,,,,,0,0,,0,0,0,1")
                .hasSize(7);
        assertThat(bars("A,B", "--to", trades.get(3)).dataLines())
                .containsExactly(HEADER, MINUTES.get(0).replaceFirst("1$", "0"));
        Run behind = bars("A,B", "--from", "2025-01-01T00:00:00Z");
        assertThat(behind)
                .isEqualTo(new Run(
                        0,
                        HEADER + "\n",
                        "tickring: no tick of symbol=A,B is in the journal from 2025-01-01T00:00:00.000000000Z to the end;"
                                + " 'describe' lists symbols and times\n"));
        assertThat(bars("A,B", "--from", "9", "--to", "8").talk()).isEqualTo("tickring: --from lies behind --to\n");
    }

    @Test
    void shouldSayInOneLineThatASymbolHasNoTick() {
        for (String symbol : List.of("NEW", "a,b", "A*")) {
            assertThat(bars(symbol))
                    .isEqualTo(new Run(
                            0,
                            HEADER + "\n",
                            "tickring: no tick of symbol=" + symbol
                                    + " is in the whole journal; 'describe' lists symbols and times\n"));
        }
        assertThat(bars("NEW", "--json").data()).isEmpty();
    }

    @Test
    void shouldPrintNoBarOfAnInstrumentWithoutATrade() {
        assertThat(bars("C"))
                .isEqualTo(new Run(0, HEADER + "\n", "0 bars, 0 trades, 0 late, 0 intervals without a trade\n"));
        assertThat(bars("C", "--json").data()).isEmpty();
        assertThat(bars("C", "--pretty").dataLines()).hasSize(1);
    }

    @Test
    void shouldNotLetTheQuotesOfYearsStandInItsWay(@TempDir Path years) {
        Market.write(years, publisher -> {
            int id = publisher.define("A");
            for (long day = 0; day < 2; day++) {
                long timeNs = FigureMarket.T0_NS + day * 500 * 86_400 * FigureMarket.SECOND_NS;
                Market.publish(publisher, tick -> tick.quote(id, timeNs, timeNs, 1 + timeNs, 2 + timeNs, 1, 1));
                Market.publish(publisher, tick -> tick.trade(id, timeNs, timeNs, 1, 1, 1, (byte) 0));
            }
        });
        assertThat(Run.tools("bars", "--data", years, "--symbol", "A", "--interval", "1d")
                        .dataLines())
                .hasSize(502);
        Run milliseconds = Run.tools("bars", "--data", years, "--symbol", "A", "--interval", "1ms", "--grace", "1s");
        assertThat(milliseconds.exitCode()).isEqualTo(1);
        assertThat(milliseconds.data()).isEmpty();
        assertThat(milliseconds.talk())
                .contains("symbol=A lie in 43,200,000,001 intervals, from 2024-08-09T00:00:00", "longer --interval");
    }

    @Test
    void shouldRefuseWhatCannotBe(@TempDir Path empty) {
        refused(Run.tools("bars", "--data", empty, "--symbol", "A"), "there is no journal: directory=" + empty);
        refused(Run.tools("bars", "--data", data), "missing required option: '--symbol=SYMBOL'");
        refused(bars("A,B", "--interval", "0s"), "--interval=0s must be from 1ms to 7d");
        refused(bars("A,B", "--interval", "8d"), "--interval=8d must be from 1ms to 7d");
        refused(bars("A,B", "--interval", "soon"), "--interval");
        refused(bars("A,B", "--grace", "2h"), "--grace=2h must be from 0s to 1h");
        refused(bars("A,B", "--interval", "1ms"), "--grace=2s is more than 1000 bars of 1ms");
        refused(bars("A,B", "--csv", "--json"), "--csv, --json are mutually exclusive");
    }

    @Test
    void shouldNameTheDamageOfAJournal(@TempDir Path damaged) throws IOException {
        Journals.writeManyBlocks(damaged, 200);
        Journals.flipBit(damaged, 150);
        Run run = Run.tools("bars", "--data", damaged, "--symbol", "BTC");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines()).singleElement().asString().startsWith("tickring: the journal is damaged: file=");
    }

    private static Run bars(Object... symbolAndMore) {
        return Run.tools(Stream.concat(Stream.of("bars", "--data", data, "--symbol"), Stream.of(symbolAndMore))
                .toArray());
    }

    private static List<Integer> sequences(String symbol) {
        return Run.tools("replay", "--data", data, "--symbol", symbol).dataLines().stream()
                .filter(line -> line.contains(",trade,"))
                .map(line -> Integer.valueOf(Arrays.asList(line.split(",")).get(0)))
                .toList();
    }

    private static void refused(Run run, String said) {
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines()).singleElement().asString().contains(said);
    }
}
