package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    private static final String TITLES = "symbol,quotes,trades,time_weighted_spread,ewma,realized_volatility,returns,"
            + "imbalance,buy_volume,sell_volume,late";
    private static final Offset<Double> CLOSE = within(1e-12);
    /** Log returns of {@code A,B} and {@code C} on the grid of a second. */
    private static final double[] A = {Math.log(102.0 / 100), 0, Math.log(100.0 / 102)};

    private static final double[] C = {Math.log(51.0 / 50), 0, Math.log(52.0 / 51)};

    @TempDir
    static Path data;

    @BeforeAll
    static void writeMarket() {
        FigureMarket.write(data);
    }

    @Test
    void shouldPrintJson() {
        Run run = analyze("--json");
        assertThat(run.exitCode()).isZero();
        JsonText json = JsonText.parse(run.data());
        assertThat(json.names()).containsExactly("interval_ns", "grid_ns", "digest", "instruments", "correlation");
        assertThat(json.integer("interval_ns")).isEqualTo(1_000_000_000);
        List<JsonText> all = json.field("instruments").elements();
        assertThat(all)
                .allSatisfy(each -> assertThat(String.join(",", each.names())).isEqualTo(TITLES));
        assertThat(all).extracting(each -> each.text("symbol")).containsExactly("A,B", "C", "D");
        JsonText first = all.get(0);
        assertThat(first.integer("quotes")).isEqualTo(3);
        assertThat(first.integer("trades")).isEqualTo(8);
        assertThat(number(first, "time_weighted_spread")).isCloseTo((2 * 1 + 4 * 2) / 3.0, CLOSE);
        assertThat(number(first, "ewma")).isCloseTo(ewma(100, 102, 100), within(1e-9));
        assertThat(number(first, "realized_volatility")).isCloseTo(volatility(A), CLOSE);
        assertThat(first.integer("returns")).isEqualTo(3);
        assertThat(number(first, "imbalance")).isCloseTo(-0.5, CLOSE);
        assertThat(first.text("buy_volume")).isEqualTo("2.75");
        assertThat(first.text("sell_volume")).isEqualTo("11");
        assertThat(first.integer("late")).isEqualTo(3);
        assertThat(number(all.get(1), "time_weighted_spread")).isCloseTo(2, CLOSE);
        assertThat(number(all.get(1), "realized_volatility")).isCloseTo(volatility(C), CLOSE);
        assertThat(all.get(2).value())
                .hasToString("{symbol=D, quotes=0, trades=1, time_weighted_spread=null, ewma=null,"
                        + " realized_volatility=null, returns=0, imbalance=null, buy_volume=1, sell_volume=0, late=0}");
        assertThat(correlation(json, 0, 0)).isCloseTo(1, CLOSE);
        assertThat(correlation(json, 0, 1)).isCloseTo(pearson(A, C), CLOSE);
        assertThat(correlation(json, 1, 0)).isEqualTo(correlation(json, 0, 1));
        for (int i = 0; i < 3; i++) {
            assertThat(cell(json, 2, i)).isNull();
            assertThat(cell(json, i, 2)).isNull();
        }
    }

    @Test
    void shouldPrintTheSameAsCsv() {
        JsonText json = JsonText.parse(analyze("--json").data());
        Run run = analyze("--csv");
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.dataLines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo(TITLES + ",\"correlation:A,B\",correlation:C,correlation:D");
        assertThat(lines.get(1)).startsWith("\"A,B\",3,8,").contains(",2.75,11,3,");
        assertThat(lines.get(3)).isEqualTo("D,0,1,,,,0,,1,0,0,,,");
        String[] cells = lines.get(2).split(",", -1);
        JsonText second = json.field("instruments").elements().get(1);
        for (int i = 0; i < second.names().size(); i++) {
            assertThat(cells[i])
                    .isEqualTo(second.field(second.names().get(i)).value().toString());
        }
        assertThat(Double.parseDouble(cells[11])).isEqualTo(correlation(json, 1, 0));
        assertThat(Double.parseDouble(cells[12])).isEqualTo(correlation(json, 1, 1));
        assertThat(cells).hasSize(14).endsWith("");
    }

    @Test
    void shouldPrintTablesForPeople() {
        Run run = analyze();
        assertThat(run.exitCode()).isZero();
        assertThat(run.dataLines())
                .containsExactly(
                        "symbol  quotes  trades  time_weighted_spread     ewma  realized_volatility  returns  imbalance"
                                + "  buy_volume  sell_volume  late",
                        "A,B          3       8               3.33333  100.117            0.0280051        3  -0.500000"
                                + "        2.75           11     3",
                        "C            3       0               2.00000  50.3172            0.0277346        3    0.00000"
                                + "           0            0     0",
                        "D            0       1                     -        -                    -        0          -"
                                + "           1            0     0",
                        "",
                        "correlation     A,B       C  D",
                        "A,B          1.0000  0.0170  -",
                        "C            0.0170  1.0000  -",
                        "D                 -       -  -");
        assertThat(run.talkLines())
                .singleElement()
                .asString()
                .matches("analyzed 15 ticks of 3 instruments in [0-9.]+ s, digest [0-9a-f]{16}");
    }

    @Test
    void shouldGiveTheSameHoweverTheWorkIsShared() {
        Set<String> outputs = new HashSet<>();
        Set<String> digests = new HashSet<>();
        for (String strategy : List.of("static", "dynamic", "stealing")) {
            for (int workers = 1; workers <= 3; workers++) {
                for (String format : List.of("--json", "--csv")) {
                    Run run = analyze(format, "--strategy", strategy, "--workers", workers);
                    assertThat(run.exitCode()).isZero();
                    outputs.add(run.data());
                    digests.add(digest(run));
                }
            }
        }
        assertThat(outputs).hasSize(2);
        assertThat(digests).hasSize(1);
        assertThat(digests)
                .containsExactly(JsonText.parse(analyze("--json").data()).text("digest"));
    }

    @Test
    void shouldTakeSettingsRangeAndSymbols() {
        JsonText whole = only(analyze("--json", "--symbol", "C"));
        assertThat(whole.integer("quotes")).isEqualTo(3);
        JsonText longer = only(analyze("--json", "--symbol", "C", "--grid", "2s"));
        assertThat(longer.integer("returns")).isEqualTo(1);
        JsonText patient = only(analyze("--json", "--symbol", "A*", "--grace", "1m"));
        assertThat(patient.integer("late")).isEqualTo(2);
        JsonText quick = only(analyze("--json", "--symbol", "C", "--half-life", "1ms"));
        assertThat(number(quick, "ewma")).isCloseTo(52, CLOSE);
        JsonText later = only(analyze("--json", "--symbol", "A*", "--from", "2024-08-09T00:02:00Z"));
        assertThat(later.integer("trades")).isEqualTo(4);
        assertThat(later.integer("quotes")).isZero();
        JsonText earlier = only(analyze("--json", "--symbol", "A*", "--to", "2024-08-09T00:00:01Z"));
        assertThat(earlier.integer("quotes")).isEqualTo(2);
        assertThat(JsonText.parse(analyze("--json", "--symbol", "C", "--symbol", "D")
                                .data())
                        .field("instruments")
                        .elements())
                .hasSize(2);
    }

    @Test
    void shouldShowOneInstrumentWithoutAMatrix() {
        Run run = analyze("--symbol", "C");
        assertThat(run.dataLines()).hasSize(2);
        assertThat(analyze("--symbol", "C", "--csv").dataLines().get(0)).isEqualTo(TITLES + ",correlation:C");
    }

    @Test
    void shouldShowTheMatrixOfMoreThanATerminalTakesOnlyToPrograms(@TempDir Path many) {
        FigureMarket.writeMany(many, 13);
        List<String> lines = Run.tools("analyze", "--data", many).dataLines();
        assertThat(lines).hasSize(16);
        assertThat(lines.get(15)).isEqualTo("correlation of 13 instruments: --csv, --json and --html have it");
        assertThat(Run.tools("analyze", "--data", many, "--symbol", "S?").dataLines())
                .hasSize(11 + 1 + 11);
        assertThat(Run.tools("analyze", "--data", many, "--csv").dataLines().get(0))
                .endsWith(",correlation:S12");
    }

    @Test
    void shouldGiveAnEmptyResultWhereThereIsNoTick(@TempDir Path empty) {
        Market.writeWithoutTicks(empty);
        noTick(Run.tools("analyze", "--data", empty, "--csv"), "tickring: no tick is in the whole journal;");
        noTick(analyze("--csv", "--symbol", "x*"), "tickring: no tick of symbol=x* is in the whole journal;");
        noTick(
                analyze("--csv", "--from", "2025-01-01T00:00:00Z"),
                "tickring: no tick is in the journal from 2025-01-01T00:00:00.000000000Z to the end;");
        JsonText json = JsonText.parse(analyze("--json", "--symbol", "x*").data());
        assertThat(json.field("instruments").elements()).isEmpty();
        assertThat(json.field("correlation").elements()).isEmpty();
        assertThat(analyze("--symbol", "x*").dataLines()).hasSize(1);
    }

    @Test
    void shouldRefuseWhatCannotBe(@TempDir Path empty) {
        refused(Run.tools("analyze", "--data", empty), "there is no journal: directory=" + empty);
        refused(analyze("--interval", "1us"), "--interval=1us must be from 1ms to 7d");
        refused(analyze("--half-life", "0s"), "--half-life=0s must be from 1ms to 7d");
        refused(analyze("--grace", "61m"), "--grace=61m must be from 0s to 1h");
        refused(analyze("--workers", "0"), "--workers=0 must be from 1 to 256");
        refused(analyze("--workers", "257"), "--workers=257 must be from 1 to 256");
        refused(analyze("--strategy", "fair"), "--strategy: 'fair' is none of static, dynamic, stealing");
        refused(analyze("--csv", "--json"), "--csv, --json are mutually exclusive");
        refused(analyze("-f"), "-f without --html: there is no file to overwrite");
        refused(analyze("--from", "3", "--to", "2"), "--from lies behind --to");
    }

    @Test
    void shouldNameTheDamageOfAJournalAndLeaveNoPage(@TempDir Path damaged) throws IOException {
        Journals.writeManyBlocks(damaged, 200);
        Journals.flipBit(damaged, 150);
        Path page = damaged.resolve("page.html");
        Run run = Run.tools("analyze", "--data", damaged, "--html", page);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines()).singleElement().asString().startsWith("tickring: the journal is damaged: file=");
        assertThat(damaged.toFile().list()).noneMatch(name -> name.startsWith("page"));
    }

    @Test
    void shouldSayThatAGridIsTooFineForTheRange(@TempDir Path years) {
        Market.write(years, publisher -> {
            int id = publisher.define("A");
            for (long day = 0; day < 2; day++) {
                long timeNs = FigureMarket.T0_NS + day * 500 * 86_400 * FigureMarket.SECOND_NS;
                Market.publish(publisher, tick -> tick.quote(id, timeNs, timeNs, 1 + timeNs, 2 + timeNs, 1, 1));
            }
        });
        for (String strategy : List.of("static", "dynamic", "stealing")) {
            Run run = Run.tools("analyze", "--data", years, "--strategy", strategy, "--workers", "2");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.talkLines()).singleElement().asString().startsWith("tickring: the returns span more than");
        }
    }

    private static void noTick(Run run, String said) {
        assertThat(run.exitCode()).isZero();
        assertThat(run.dataLines()).containsExactly(TITLES);
        assertThat(run.talkLines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(said)
                .endsWith("lists symbols and times");
        assertThat(run.talkLines().get(1)).startsWith("analyzed 0 ticks of 0 instruments in ");
    }

    private static void refused(Run run, String said) {
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines()).singleElement().asString().contains(said);
    }

    private static Run analyze(Object... more) {
        return Run.tools(Stream.concat(Stream.of("analyze", "--data", data), Stream.of(more))
                .toArray());
    }

    private static JsonText only(Run run) {
        List<JsonText> all = JsonText.parse(run.data()).field("instruments").elements();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String digest(Run run) {
        return run.talk().strip().replaceAll("(?s).*digest ", "");
    }

    private static Object cell(JsonText json, int row, int column) {
        return json.field("correlation")
                .elements()
                .get(row)
                .elements()
                .get(column)
                .value();
    }

    private static double correlation(JsonText json, int row, int column) {
        return Double.parseDouble(cell(json, row, column).toString());
    }

    private static double pearson(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double number(JsonText figures, String name) {
        return Double.parseDouble(figures.field(name).value().toString());
    }

    private static double ewma(double first, double second, double third) {
        double average = first + (1 - Math.pow(2, -1 / 10.0)) * (second - first);
        return average + (1 - Math.pow(2, -2 / 10.0)) * (third - average);
    }

    private static double volatility(double[] returns) {
        double sum = 0;
        for (double each : returns) {
            sum += each * each;
        }
        return Math.sqrt(sum);
    }
}
