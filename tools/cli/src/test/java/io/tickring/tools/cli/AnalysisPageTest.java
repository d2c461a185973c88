package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisPageTest {
    private static final String HOSTILE = "</script><b>{{data}}&$1\\";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeMarket() {
        FigureMarket.write(data);
    }

    @Test
    void shouldHoldWhatWasAnalyzed() throws IOException {
        Run run = analyze(data, "--from", "2024-08-09T00:00:00Z", "--symbol", "A*", "--symbol", "?");
        assertThat(run.exitCode()).isZero();
        assertThat(run.talkLines()).hasSize(2).first().isEqualTo("wrote " + page());
        JsonText json = PageData.of(page());
        assertThat(json.names())
                .containsExactly("intervalMs", "gridMs", "conditions", "figures", "drawn", "correlation", "bars");
        assertThat(json.integer("intervalMs")).isEqualTo(1_000);
        String digest = run.talk().strip().replaceAll("(?s).*digest ", "");
        assertThat(json.field("conditions").value())
                .hasToString("{Data folder=" + data.toAbsolutePath()
                        + ", Range=the journal from 2024-08-09T00:00:00.000000000Z to the end, Symbols=A*, ?"
                        + ", Settings=bars 1s, grace 2s, half-life 10s, grid 1s"
                        + ", Ticks=15 ticks of 3 instruments, Digest=" + digest + "}");
        assertThat(json.field("drawn").value()).isEqualTo(List.of(0L, 1L, 2L));
    }

    @Test
    void shouldHoldTheFiguresAndCorrelationThatJsonHas() throws IOException {
        Run run = analyze(data, "--json");
        JsonText printed = JsonText.parse(run.data());
        JsonText json = PageData.of(page());
        assertThat(json.field("figures")).isEqualTo(printed.field("instruments"));
        assertThat(json.field("correlation").value()).hasToString("[[1.0], [0.017, 1.0], [null, null, null]]");
    }

    @Test
    void shouldHoldTheBarsThatBarsPrints() throws IOException {
        analyze(data, "--interval", "1m");
        List<JsonText> bars = PageData.of(page()).field("bars").elements();
        assertThat(bars).hasSize(3);
        assertThat(bars.get(0).value())
                .hasToString("{intervals=1, startMs=[1723161600000, 1723161720000, 1723161900000],"
                        + " open=[99.5, 110, 120], high=[105, 110, 120], low=[99.5, 110, 120], close=[101, 110, 120],"
                        + " volume=[4.5, 1, 2], trades=[4, 1, 1]}");
        assertThat(bars.get(1).field("startMs").elements()).isEmpty();
        assertThat(bars.get(2).field("open").value()).hasToString("[7]");
    }

    @Test
    void shouldHoldFractionsOfAMillisecond() throws IOException {
        analyze(data, "--interval", "1500us", "--grace", "1ms", "--symbol", "D");
        JsonText json = PageData.of(page());
        assertThat(json.field("intervalMs").value()).hasToString("1.5");
        assertThat(json.field("bars").elements().get(0).field("startMs").value())
                .hasToString("[1723161600000]");
    }

    @Test
    void shouldDrawAsManyInstrumentsAsABrowserTakes(@TempDir Path many) throws IOException {
        FigureMarket.writeMany(many, AnalysisPageData.MOST_INSTRUMENTS + 5);
        analyze(many);
        JsonText json = PageData.of(page());
        assertThat(json.field("figures").elements()).hasSize(AnalysisPageData.MOST_INSTRUMENTS + 5);
        for (String drawn : List.of("drawn", "correlation", "bars")) {
            assertThat(json.field(drawn).elements()).hasSize(AnalysisPageData.MOST_INSTRUMENTS);
        }
    }

    @Test
    void shouldNeedNothingButItself() throws IOException {
        analyze(data);
        PageData.requireAlone(page());
    }

    @Test
    void shouldTakeNothingInANameForMarkup(@TempDir Path parent) throws IOException {
        Path hostile = parent.resolve("<img onerror=alert(2)>&");
        FigureMarket.writeOne(hostile, HOSTILE);
        assertThat(analyze(hostile).exitCode()).isZero();
        assertThat(Files.readString(page()))
                .doesNotContain("</script><b>", "<img onerror")
                .contains("&lt;img onerror=alert(2)&gt;&amp;</title>");
        JsonText json = PageData.of(page());
        assertThat(json.field("figures").elements().get(0).text("symbol")).isEqualTo(HOSTILE);
        assertThat(json.field("conditions").text("Data folder")).isEqualTo(hostile.toString());
    }

    @Test
    void shouldMakeAPageWithoutATick() throws IOException {
        Run run = analyze(data, "--symbol", "x");
        assertThat(run.exitCode()).isZero();
        JsonText json = PageData.of(page());
        for (String empty : List.of("figures", "drawn", "correlation", "bars")) {
            assertThat(json.field(empty).elements()).isEmpty();
        }
    }

    @Test
    void shouldOverwriteOnlyWhenTold() throws IOException {
        Files.writeString(page(), "mine");
        refused(analyze(data), "file=" + page() + " exists: -f overwrites it");
        assertThat(page()).hasContent("mine");
        assertThat(analyze(data, "-f").exitCode()).isZero();
        assertThat(Files.readString(page())).startsWith("<!DOCTYPE html>");
        refused(Run.tools("analyze", "--data", data, "--html", folder), "file=" + folder + " is a folder");
        refused(Run.tools("analyze", "--data", data, "--html", folder.resolve("no/a")), "cannot be written");
        refused(Run.tools("analyze", "--data", data, "--html", ""), "'' is empty: name a path");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(page());
        }
    }

    private Run analyze(Path journal, Object... more) {
        return Run.tools(Stream.concat(Stream.of("analyze", "--data", journal, "--html", page()), Stream.of(more))
                .toArray());
    }

    private Path page() {
        return folder.resolve("page.html");
    }

    private static void refused(Run run, String said) {
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines()).singleElement().asString().contains(said);
    }
}
