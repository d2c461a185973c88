package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of {@code report --html} in a real browser. Without one on the PATH this is skipped, but for
 * {@code BROWSER_REQUIRED} in the environment.
 */
class HtmlReportIT {
    private static final long ENOUGH_PIXELS = 100;
    private static final long MOST_PIXELS_OF_A_CHANCE = 5;

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
    void shouldShowTwoRunsOfTheEngine() throws IOException, InterruptedException {
        Path slow = engineLog("slow", "sim:rate=1k");
        Path fast = engineLog("fast", "sim:rate=max");
        JsonText seen = seen(slow, fast);
        JsonText start = seen.field("start");
        List<String> names = Stream.of(slow, fast)
                .map(log -> log.getFileName().toString())
                .flatMap(name -> Stream.of("price · " + name, "journal · " + name))
                .toList();
        for (String panel : List.of("timeline", "curve")) {
            assertThat(ink(start, panel)).isGreaterThan(ENOUGH_PIXELS);
            assertThat(start.field(panel).field("names").value()).isEqualTo(names);
            JsonText price = seen.field("lastStageOff");
            assertThat(ink(price, panel, names.get(0))).isGreaterThan(ENOUGH_PIXELS);
            assertThat(ink(price, panel, names.get(2))).isGreaterThan(ENOUGH_PIXELS);
        }
        assertThat(seen.text("headline"))
                .contains(slow.getFileName() + ": from 20", "from a tick's claim", "queueing under saturation");
        assertThat(seen.text("conditions"))
                .contains(
                        "Machine",
                        System.getProperty("os.arch"),
                        "heap at most",
                        "feeds sim:rate=1k",
                        "feeds sim:rate=max")
                .doesNotContain("not recorded");
    }

    @Test
    void shouldFollowItsControls() throws IOException, InterruptedException {
        JsonText seen = seen(made("a.hlog", 1_000), made("b.hlog", 4_000));
        List<String> names = List.of("price · a.hlog", "journal · a.hlog", "price · b.hlog", "journal · b.hlog");
        for (String panel : List.of("timeline", "curve")) {
            for (String whole : List.of("start", "lastStageOn", "lastRunOn", "ms", "linear", "zoomedOut")) {
                JsonText view = seen.field(whole);
                assertThat(view.field(panel).field("names").value()).isEqualTo(names);
                assertThat(names).as(whole + " " + panel).allMatch(name -> ink(view, panel, name) > ENOUGH_PIXELS);
            }
            assertThat(names.stream()
                            .map(name -> seen.field("start")
                                    .field(panel)
                                    .field("lines")
                                    .field(name)
                                    .text("dash")))
                    .containsExactly("solid", "solid", "dashed", "dashed");
            assertVanished(seen, "lastStageOff", panel, "journal · a.hlog", "journal · b.hlog");
            assertVanished(seen, "lastRunOff", panel, "price · b.hlog", "journal · b.hlog");
            assertThat(seen.field("hidden")
                            .field(panel)
                            .field("lines")
                            .field(names.get(0))
                            .field("off")
                            .value())
                    .isEqualTo(true);
            assertThat(ink(seen.field("hidden"), panel, names.get(0))).isLessThan(MOST_PIXELS_OF_A_CHANCE);
            for (String withTarget : List.of("target", "ns")) {
                assertThat(ink(seen.field(withTarget), panel, "target")).isGreaterThan(ENOUGH_PIXELS);
            }
            assertThat(seen.field("noTarget").field(panel).field("names").value())
                    .isEqualTo(names);
            assertThat(seen.field("noStage").field(panel).field("names").elements())
                    .isEmpty();
        }
        assertThat(seen.field("zoomed").field("timeline"))
                .isNotEqualTo(seen.field("linear").field("timeline"));
        assertThat(seen.field("zoomed").field("curve"))
                .isEqualTo(seen.field("linear").field("curve"));
        assertThat(seen.field("zoomedOut").field("timeline"))
                .isEqualTo(seen.field("linear").field("timeline"));
        assertThat(seen.field("stages").value()).isEqualTo(List.of("price", "journal"));
        assertThat(seen.text("conditions")).contains("Machinenot recorded", "2024-08-08T23:54:15.088Z");
    }

    @Test
    void shouldGiveTheTableInTheUnitAndMarkWhatIsAboveTheTarget() throws IOException, InterruptedException {
        JsonText seen = seen(made("a.hlog", 1_000));
        assertThat(seen.field("runsHidden").value()).isEqualTo(true);
        assertThat(row(seen, "start", 0))
                .containsExactly("stage", "count", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "max");
        assertThat(row(seen, "start", 1))
                .containsExactly("price", "3,000", "500.2", "900.1", "990.2", "999.4", "1,000.4", "1,000.4");
        assertThat(row(seen, "ms", 1))
                .containsExactly("price", "3,000", "0.500", "0.900", "0.990", "0.999", "1.000", "1.000");
        assertThat(row(seen, "ns", 1).get(2)).isEqualTo("500,223");
        assertThat(seen.text("targetUnit")).isEqualTo("ms");
        assertThat(seen.text("targetInNs")).isEqualTo("600000");
        assertThat(seen.field("start").field("over").elements()).isEmpty();
        assertThat(seen.field("target").field("over").value())
                .isEqualTo(List.of(
                        "0.900", "0.990", "0.999", "1.000", "1.000", "1.000", "1.800", "1.980", "1.999", "2.001",
                        "2.001"));
        assertThat(seen.field("noTarget").field("over").elements()).isEmpty();
    }

    @Test
    void shouldShowMergedIntervalsAndHostileNamesAsText() throws IOException, InterruptedException {
        String hostile = "</script><script>probeErrors.push('ran')</script><b>&amp;";
        Path log = folder.resolve("many.hlog");
        try (Hlog many = Hlog.create(log, "Machine: " + hostile)) {
            for (int i = 0; i < 2_500; i++) {
                many.interval(hostile, i * 100, i * 100 + 100, 1_000 + i % 100);
            }
        }
        JsonText seen = seen(log);
        assertThat(seen.field("start").text("notes"))
                .contains(hostile + ": 2,500 intervals, each step the maximum of 2.");
        assertThat(ink(seen.field("start"), "timeline", hostile)).isGreaterThan(ENOUGH_PIXELS);
        assertThat(seen.field("stages").value()).isEqualTo(List.of(hostile));
        assertThat(seen.text("conditions")).contains(hostile);
    }

    @Test
    void shouldShowALogWithoutAnIntervalInANarrowDarkWindow() throws IOException, InterruptedException {
        Hlog.create(folder.resolve("empty.hlog")).close();
        JsonText seen = seen(
                List.of("--window-size=500,900", "--blink-settings=preferredColorScheme=0"),
                folder.resolve("empty.hlog"));
        assertThat(ink(seen.field("start"), "curve")).isGreaterThan(ENOUGH_PIXELS);
        assertThat(seen.field("start").field("curve").field("names").elements()).isEmpty();
        List<JsonText> width = seen.field("width").elements();
        assertThat((Long) width.get(0).value())
                .isLessThanOrEqualTo((Long) width.get(1).value());
    }

    private void assertVanished(JsonText seen, String step, String panel, String... names) {
        JsonText view = seen.field(step);
        assertThat(view.field(panel).field("lines").names()).hasSize(2).doesNotContain(names);
        assertThat(view.field(panel).field("lines").names()).allMatch(name -> ink(view, panel, name) > ENOUGH_PIXELS);
        assertThat(view.field("table").elements()).hasSize(3);
    }

    private static List<String> row(JsonText seen, String step, int number) {
        JsonText row = seen.field(step).field("table").elements().get(number);
        return row.elements().stream().map(cell -> (String) cell.value()).toList();
    }

    private static long ink(JsonText view, String panel) {
        return view.field(panel).integer("ink");
    }

    private static long ink(JsonText view, String panel, String name) {
        return view.field(panel).field("lines").field(name).integer("ink");
    }

    /** Three intervals a second long: price takes 1 to 1,000 steps, journal twice as long. */
    private Path made(String name, long stepNs) {
        long[] price = Hlog.values(1, 1_000);
        try (Hlog log = Hlog.create(folder.resolve(name))) {
            for (int i = 0; i < 3; i++) {
                log.interval("price", i * 1_000L, (i + 1) * 1_000L, scaled(price, stepNs));
                log.interval("journal", i * 1_000L + 3, (i + 1) * 1_000L + 3, scaled(price, 2 * stepNs));
            }
            return log.file();
        }
    }

    private static long[] scaled(long[] values, long factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private Path engineLog(String name, String feed) throws IOException {
        Run run = jar.engine("--data", name, "--feed", feed, "--duration", "3s", "--quiet");
        assertThat(run.exitCode()).as(run.talk()).isZero();
        try (Stream<Path> all = Files.list(jar.work().resolve(name))) {
            return all.filter(file -> file.toString().endsWith(".hlog"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private JsonText seen(Path... logs) throws IOException, InterruptedException {
        return seen(List.of(), logs);
    }

    /** Writes the page with the real jar and looks at it. */
    private JsonText seen(List<String> flags, Path... logs) throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        Run run = jar.tools(Stream.concat(Stream.of("report", "--html", page), Stream.of(logs))
                .toArray());
        assertThat(run.exitCode()).as(run.talk()).isZero();
        return browser.probe(page, "probe-report.js", flags.toArray(String[]::new));
    }
}
