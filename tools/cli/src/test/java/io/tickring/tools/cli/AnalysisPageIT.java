package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of {@code analyze --html} in a real browser. Without one on the PATH this is skipped, but for
 * {@code BROWSER_REQUIRED} in the environment.
 */
class AnalysisPageIT {
    private static final long ENOUGH_PIXELS = 100;

    private static Browser browser;

    @TempDir
    Path folder;

    private Jar jar;

    @BeforeAll
    static void findBrowser(@TempDir Path scratch) throws IOException, InterruptedException {
        browser = Browser.required(scratch);
    }

    @BeforeEach
    void prepare() {
        jar = new Jar(folder);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @Test
    void shouldShowFiguresPairsAndBars() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        FigureMarket.write(data);
        JsonText seen = seen(List.of(), data, "--interval", "1m");
        assertThat(seen.text("headline"))
                .isEqualTo("15 ticks of 3 instruments; the whole journal; bars of 1 min, returns of 1 s");
        assertThat(seen.text("conditions")).contains(data.toString(), "bars 1m, grace 2s");
        JsonText start = seen.field("start");
        assertThat(symbols(start)).containsExactly("symbol", "A,B", "C", "D");
        assertThat(cells(start, 1)).startsWith("A,B", "3", "8", "3.33333").endsWith("2.75", "11", "2");
        assertThat(start.text("note"))
                .startsWith("3 candles of 1 min; in 3 between them is no trade. 2 late trades are in none.");
        for (String plot : List.of("prices", "volumes")) {
            assertThat(start.field(plot).integer("up")).as(plot).isGreaterThan(ENOUGH_PIXELS);
            assertThat(start.field(plot).integer("runs")).as(plot).isEqualTo(3);
        }
        assertThat(start.field("prices").field("legend").elements()).hasSize(7);
        JsonText pointed = seen.field("pointed").field("prices").field("legend");
        assertThat(pointed.elements())
                .extracting(JsonText::value)
                .containsExactly(
                        "start (UTC)2024-08-09 00:00:00",
                        "open99.5",
                        "high105",
                        "low99.5",
                        "close101",
                        "volume4.5",
                        "trades4");
        assertThat(seen.field("secondByMap").text("instrument")).isEqualTo("1");
        assertThat(seen.field("secondByMap").integer("canvases")).isZero();
        assertThat(seen.field("secondByMap").text("note")).startsWith("C has no bar: no trade of it");
        assertThat(seen.field("thirdBySelect").text("note")).startsWith("One candle of 1 min.");
        assertThat(seen.field("firstByTable").text("note")).isEqualTo(start.text("note"));
    }

    @Test
    void shouldColourPairsByTheirCorrelation() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        FigureMarket.writeOpposites(data);
        JsonText seen = seen(List.of(), data);
        JsonText map = seen.field("map");
        long cell = map.integer("cell") * map.integer("cell");
        assertThat(map.integer("plus")).isBetween(cell, 2 * cell);
        assertThat(map.integer("minus")).isBetween(cell, 2 * cell);
        assertThat(map.integer("absent")).isBetween(3 * cell, 5 * cell);
        assertThat(seen.field("pairs").value())
                .hasToString("[UP · UP: 1.0000, UP · DOWN: -1.0000, FLAT · UP: not known, null]");
        assertThat(symbols(seen.field("mostQuotes"))).containsExactly("symbol", "DOWN", "UP", "FLAT");
        assertThat(symbols(seen.field("fewestQuotes"))).containsExactly("symbol", "FLAT", "UP", "DOWN");
        assertThat(symbols(seen.field("bySymbol"))).containsExactly("symbol", "DOWN", "FLAT", "UP");
        assertThat(symbols(seen.field("byVolatility"))).last().isEqualTo("FLAT");
    }

    @Test
    void shouldMergeBarsThatAreTooManyAndZoomBothPlotsAlike() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        FigureMarket.writeTrades(data, "A", AnalysisPageData.MOST_BARS + 1);
        JsonText seen = seen(List.of(), data);
        JsonText start = seen.field("start");
        assertThat(start.text("note"))
                .startsWith("1,001 candles of 2 s. Bars of 1 s would be too many: each candle is 2");
        assertThat(start.field("prices").integer("up")).isGreaterThan(ENOUGH_PIXELS);
        List<Double> whole = numbers(start, "x");
        List<Double> zoomed = numbers(seen.field("zoomed"), "x");
        assertThat(zoomed.subList(0, 2)).isEqualTo(zoomed.subList(2, 4));
        assertThat(zoomed.get(0)).isGreaterThan(whole.get(0));
        assertThat(zoomed.get(1)).isLessThan(whole.get(1));
        assertThat(seen.field("zoomed").field("prices").integer("up")).isGreaterThan(ENOUGH_PIXELS);
        assertThat(numbers(seen.field("zoomedOut"), "x")).isEqualTo(whole);
        assertThat(seen.field("map").field("shown").value()).isEqualTo(false);
    }

    @Test
    void shouldShowManyInstrumentsInANarrowDarkWindow() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        FigureMarket.writeMany(data, 100);
        JsonText seen = seen(List.of("--window-size=500,900", "--blink-settings=preferredColorScheme=0"), data);
        assertThat(seen.field("map").integer("cell")).isGreaterThanOrEqualTo(9);
        assertThat(seen.field("map").integer("absent")).isGreaterThan(100 * 100 * 9 * 9 / 2);
        assertThat(seen.field("pairs").elements().get(1).value()).isEqualTo("S0 · S1: not known");
        List<Double> width = numbers(seen, "width");
        assertThat(width.get(0)).isLessThanOrEqualTo(width.get(1));
    }

    @Test
    void shouldShowAHostileNameAsText() throws IOException, InterruptedException {
        String hostile = "</script><b>probeErrors</b>&amp;";
        Path data = folder.resolve("<b>&amp;");
        FigureMarket.writeOne(data, hostile);
        JsonText seen = seen(List.of(), data);
        assertThat(symbols(seen.field("start"))).containsExactly("symbol", hostile);
        assertThat(seen.text("conditions")).contains("<b>&amp;");
    }

    @Test
    void shouldSayThatThereIsNothing() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Market.writeWithoutTicks(data);
        JsonText seen = seen(List.of(), data);
        assertThat(seen.field("start").text("note")).isEqualTo("There is none.");
        assertThat(seen.field("start").field("table").elements()).isEmpty();
        assertThat(seen.field("map").field("shown").value()).isEqualTo(false);
    }

    private static List<String> symbols(JsonText view) {
        return view.field("table").elements().stream()
                .map(row -> (String) row.elements().get(0).value())
                .toList();
    }

    private static List<String> cells(JsonText view, int row) {
        return view.field("table").elements().get(row).elements().stream()
                .map(cell -> (String) cell.value())
                .toList();
    }

    private static List<Double> numbers(JsonText view, String name) {
        return view.field(name).elements().stream()
                .map(each -> Double.valueOf(each.value().toString()))
                .toList();
    }

    /** Writes the page with the real jar and looks at it. */
    private JsonText seen(List<String> flags, Path data, Object... more) throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        Run run = jar.tools(Stream.concat(Stream.of("analyze", "--data", data, "--html", page), Stream.of(more))
                .toArray());
        assertThat(run.exitCode()).as(run.talk()).isZero();
        return browser.probe(page, "probe-analysis.js", flags.toArray(String[]::new));
    }
}
