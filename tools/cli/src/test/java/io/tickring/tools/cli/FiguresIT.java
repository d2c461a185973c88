package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickring.engine.analytics.Bar;
import io.tickring.engine.analytics.FiguresReader;
import io.tickring.engine.analytics.InstrumentFigures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bars and figures over real recordings, through the jars, against what an independent decoder made of them. Only where they are found.
 */
class FiguresIT {
    private static final String MIDNIGHT_NS = "1723161600000000000";

    @TempDir
    Path folder;

    private final Map<String, String> files = new LinkedHashMap<>();
    private Jar jar;
    private JsonText expected;

    @BeforeEach
    void record() throws IOException {
        Path recordings = RecordingsIT.find();
        assumeTrue(recordings != null, "no shared/data/binance-20240808 above this module");
        expected = JsonText.parse(Files.readString(recordings.resolve("expected.json")));
        jar = new Jar(folder);
        List<Object> arguments = new ArrayList<>(List.of("--data", "d", "--bars", "1s,1m", "--json", "--quiet"));
        for (String file : expected.names()) {
            String name = file.substring(0, file.indexOf("_2024"));
            arguments.addAll(List.of("--feed", name + "=binance:" + recordings.resolve(file)));
            files.put(name, file);
        }
        RunLaws.hold(jar.engine(arguments.toArray()));
    }

    @AfterEach
    void endAll() {
        if (jar != null) {
            jar.close();
        }
    }

    @Test
    void shouldHoldAllThatWasTraded() {
        List<String> symbols = new ArrayList<>();
        for (JsonText figures : analyze("--symbol", "*").field("instruments").elements()) {
            String symbol = figures.text("symbol");
            JsonText wanted = expected.field(files.get(symbol.substring(symbol.indexOf('.') + 1)));
            assertThat(figures.integer("quotes")).isEqualTo(wanted.integer("quotes"));
            assertThat(figures.integer("trades")).isEqualTo(wanted.integer("trades"));
            assertThat(figures.integer("late")).isZero();
            assertThat(decimal(figures, "buy_volume").add(decimal(figures, "sell_volume")))
                    .isEqualByComparingTo(wanted.text("volume"));
            for (String interval : List.of("1s", "1m", "7d")) {
                requireSums(bars(symbol, "--interval", interval), wanted);
            }
            symbols.add(symbol);
        }
        assertThat(symbols)
                .containsExactlyInAnyOrder(
                        "ETHUSD_PERP.cm_ethusd_perp",
                        "BTCUSDT.spot_btcusdt",
                        "BTCUSDT.usdm_btcusdt",
                        "ETHUSDT.usdm_ethusdt");
    }

    private static void requireSums(List<JsonText> all, JsonText wanted) {
        List<JsonText> bars =
                all.stream().filter(bar -> bar.integer("trades") > 0).toList();
        for (String sum : List.of("volume", "notional")) {
            assertThat(folded(bars, sum, BigDecimal::add)).as(sum).isEqualByComparingTo(wanted.text(sum));
        }
        assertThat(folded(bars, "high", BigDecimal::max)).isEqualByComparingTo(wanted.text("high"));
        assertThat(folded(bars, "low", BigDecimal::min)).isEqualByComparingTo(wanted.text("low"));
        assertThat(decimal(bars.get(0), "open")).isEqualByComparingTo(wanted.text("open"));
        assertThat(decimal(bars.get(bars.size() - 1), "close")).isEqualByComparingTo(wanted.text("last"));
        assertThat(bars.stream().mapToLong(bar -> bar.integer("trades")).sum()).isEqualTo(wanted.integer("trades"));
        assertThat(all.stream().mapToLong(bar -> bar.integer("late")).sum()).isZero();
    }

    /** They were received before it, but the exchange's clock is ahead. */
    @Test
    void shouldHaveTheTradesBehindMidnightInAnIntervalOfTheirOwn() {
        assertThat(tradesFromMidnight("BTCUSDT.spot_btcusdt")).isEqualTo(19);
        assertThat(tradesFromMidnight("BTCUSDT.usdm_btcusdt") + tradesFromMidnight("ETHUSDT.usdm_ethusdt"))
                .isEqualTo(25);
        assertThat(tradesFromMidnight("ETHUSD_PERP.cm_ethusd_perp")).isZero();
    }

    private long tradesFromMidnight(String symbol) {
        return bars(symbol, "--interval", "1m").stream()
                .filter(bar -> bar.field("start").value().toString().equals(MIDNIGHT_NS))
                .mapToLong(bar -> bar.integer("trades"))
                .sum();
    }

    @Test
    void shouldAnalyzeTheSameHoweverTheWorkIsShared() {
        JsonText first = analyze();
        for (String strategy : List.of("static", "stealing")) {
            assertThat(analyze("--strategy", strategy, "--workers", "3")).isEqualTo(first);
        }
        List<JsonText> rows = first.field("correlation").elements();
        assertThat(rows).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(new BigDecimal(rows.get(i).elements().get(i).value().toString()))
                    .isEqualByComparingTo("1");
            for (int j = 0; j < i; j++) {
                Object value = rows.get(i).elements().get(j).value();
                assertThat((BigDecimal) value).isBetween(new BigDecimal("0.5"), new BigDecimal("0.95"));
                assertThat(rows.get(j).elements().get(i).value()).isEqualTo(value);
            }
        }
    }

    @Test
    void shouldFindWhatTheEngineKeptLive() throws IOException {
        List<JsonText> all = analyze().field("instruments").elements();
        FiguresReader live = FiguresReader.map(jar.work().resolve("d"));
        InstrumentFigures figures = live.newFigures();
        for (JsonText found : all) {
            assertThat(live.read(live.find(found.text("symbol")), figures)).isTrue();
            assertThat(found.integer("quotes")).isEqualTo(figures.quotes());
            assertThat(found.integer("trades")).isEqualTo(figures.trades());
            assertThat(found.integer("returns")).isEqualTo(figures.returns());
            assertThat(number(found, "time_weighted_spread")).isEqualTo(figures.timeWeightedSpread());
            assertThat(number(found, "ewma")).isEqualTo(figures.ewma());
            assertThat(number(found, "realized_volatility")).isEqualTo(figures.realizedVolatility());
            assertThat(number(found, "imbalance")).isEqualTo(figures.imbalance());
            assertThat(decimal(found, "buy_volume")).isEqualByComparingTo(figures.buyVolume());
            assertThat(decimal(found, "sell_volume")).isEqualByComparingTo(figures.sellVolume());
            List<Bar> newest = figures.bars(1);
            JsonText last = bars(figures.symbol(), "--interval", "1m").stream()
                    .reduce((a, b) -> b)
                    .orElseThrow();
            Bar bar = newest.get(newest.size() - 1);
            assertThat(last.integer("start")).isEqualTo(bar.startNs());
            assertThat(last.integer("trades")).isEqualTo(bar.trades());
            assertThat(decimal(last, "notional")).isEqualByComparingTo(bar.notional());
        }
    }

    private static double number(JsonText figures, String name) {
        return Double.parseDouble(figures.field(name).value().toString());
    }

    private JsonText analyze(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("analyze", "--data", "d", "--json"));
        arguments.addAll(List.of(more));
        Run run = jar.tools(arguments.toArray());
        assertThat(run.exitCode()).as(run.talk()).isZero();
        return JsonText.parse(run.data());
    }

    private List<JsonText> bars(String symbol, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("bars", "--data", "d", "--json", "--symbol", symbol));
        arguments.addAll(List.of(more));
        Run run = jar.tools(arguments.toArray());
        assertThat(run.exitCode()).as(run.talk()).isZero();
        return run.dataLines().stream().map(JsonText::parse).toList();
    }

    private static BigDecimal folded(List<JsonText> bars, String name, BinaryOperator<BigDecimal> operator) {
        return bars.stream().map(bar -> decimal(bar, name)).reduce(operator).orElseThrow();
    }

    private static BigDecimal decimal(JsonText object, String name) {
        return new BigDecimal(object.text(name));
    }
}
