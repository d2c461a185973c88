package io.tickring.tools.bench;

import static io.tickring.tools.bench.Named.rates;
import static io.tickring.tools.bench.Named.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session leaves in files, and what a later one makes of it. */
class SessionFilesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        Baseline baseline = baseline(session(result(rates(6, 8, 6), rates(2, 2, 3))));
        assertThat(baseline.machine()).isEqualTo("a <machine>");
        assertThat(baseline.benches()).containsExactly("test");
        assertThat(baseline.rows()).containsOnlyKeys(new Baseline.Key("test", "A"), new Baseline.Key("test", "B"));
        Baseline.Row row = baseline.rows().get(new Baseline.Key("test", "B"));
        assertThat(row.ratio()).isEqualTo(3, within(1e-6));
        assertThat(row.noise()).isEqualTo(1, within(1e-6));
        assertThat(row.oversubscribed()).isFalse();
    }

    @Test
    void shouldWriteEachRoundAndEachWarning() throws IOException {
        assertThat(json(session(result(3, rates(4, 8), rates(2, 2)))))
                .contains("\"tickringBench\" : 1", "\"oversubscribed\" : true", "\"osJitter\"", "no verdict")
                .contains("[ 4.0, 8.0", "\"a note\"", "NO VERDICT");
    }

    @Test
    void shouldRefuseWhatIsNoSession() throws IOException {
        for (String text : List.of("[]", "{}", "{\"tickringBench\":99}", "nothing", "")) {
            Path file = Files.writeString(folder.resolve("file"), text);
            assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldMakeAPageOfItsOwn() throws IOException {
        String page = SessionHtml.page(session(result(3, rates(6, 8, 6), rates(2, 2, 3))));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("a &lt;machine&gt;", "oversubscribed", "3.00 4.00 2.00", "<svg", "a note")
                .doesNotContain("{{", "http:", "https:", "<script", "a <machine>");
        assertThat(page.split("<tr", -1)).hasSize(4);
    }

    @Test
    void shouldTellThatARatioFell() throws IOException {
        Baseline then = baseline(session(result(rates(60, 62, 58), rates(20, 20, 20))));
        assertThat(compared(then, result(rates(40, 41, 39), rates(20, 20, 20))).fell())
                .isTrue();
        assertThat(compared(then, result(rates(59, 61, 57), rates(20, 20, 20))).fell())
                .isFalse();
        assertThat(compared(then, result(rates(90, 92, 88), rates(20, 20, 20))).rows())
                .singleElement()
                .extracting(Comparison.Row::verdict)
                .isEqualTo(Comparison.Verdict.ROSE);
    }

    @Test
    void shouldNotTakeASlowerMachineForAFall() throws IOException {
        Baseline then = baseline(session(result(rates(60, 62, 58), rates(20, 20, 20))));
        assertThat(compared(then, result(rates(6, 6.2, 5.8), rates(2, 2, 2))).fell())
                .isFalse();
    }

    @Test
    void shouldAllowForTheNoiseOfBoth() throws IOException {
        Baseline then = baseline(session(result(rates(60, 70, 50), rates(20, 20, 20))));
        assertThat(compared(then, result(rates(45, 55, 40), rates(20, 20, 20))).fell())
                .isFalse();
        assertThat(compared(then, result(rates(45, 45, 45), rates(20, 20, 20))).fell())
                .isTrue();
    }

    @Test
    void shouldGiveNoVerdictOnWhatIsOversubscribed() throws IOException {
        Baseline then = baseline(session(result(3, rates(60, 62, 58), rates(20, 20, 20))));
        Comparison comparison = compared(then, result(rates(10, 10, 10), rates(20, 20, 20)));
        assertThat(comparison.fell()).isFalse();
        StringWriter text = new StringWriter();
        comparison.print(new PrintWriter(text), "then.json");
        assertThat(text.toString()).contains("then.json", "NO VERDICT", "0.50 ± 0.01, was 3.00");
    }

    @Test
    void shouldLeaveNoHalfFile() throws IOException {
        ResultFile file = new ResultFile(Files.writeString(folder.resolve("result"), "old"));
        file.probe();
        assertThat(file.path()).hasContent("old");
        assertThatThrownBy(() -> file.write(out -> {
                    out.write('n');
                    throw new IOException("no room");
                }))
                .hasMessage("no room");
        assertThat(file.path()).hasContent("old");
        file.write(out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        assertThat(file.path()).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("result");
    }

    @Test
    void shouldHoldWhatHasNoPeersInAllThreeForms() throws IOException {
        MeasuresResult result = new MeasuresResult(
                "restart",
                "a start < a second",
                List.of(new MeasuresResult.Row("1,000 ticks", "ms", new Figures(new double[] {3, 1, 1_002}))),
                List.of("a note"),
                List.of("MET a mark"));
        BenchSession session = new BenchSession(conditions(), List.of(), List.of(result), null);
        StringWriter text = new StringWriter();
        new MeasuresText(new PrintWriter(text)).print(result);
        assertThat(text.toString())
                .contains("a start < a second", "1,000 ticks", "3.00", "1.00 - 1,002.00", "a note", "MET a mark");
        assertThat(json(session)).contains("\"measures\"", "\"1,000 ticks\"", "1002.0", "\"MET a mark\"");
        assertThat(SessionHtml.page(session))
                .contains(
                        "<h2>a start &lt; a second</h2>",
                        "<td>1,000 ticks</td>",
                        "1.00 – 1,002.00",
                        "a note",
                        "MET a mark");
        assertThat(baseline(session).rows()).isEmpty();
    }

    private Comparison compared(Baseline then, BenchResult now) {
        return new Comparison(then, session(now));
    }

    private static BenchSession session(BenchResult result) {
        return new BenchSession(conditions(), List.of(result));
    }

    private static Conditions conditions() {
        OsJitter jitter = new OsJitter(1_000_000, new Histogram(3));
        return new Conditions("a <machine>", "a JVM", "a folder", "today", 2, 0, jitter, 3);
    }

    private static String json(BenchSession session) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        SessionJson.write(session, text);
        return text.toString(StandardCharsets.UTF_8);
    }

    private Baseline baseline(BenchSession session) throws IOException {
        return Baseline.read(Files.writeString(folder.resolve("then.json"), json(session)));
    }
}
