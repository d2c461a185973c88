package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>";

    @TempDir
    Path folder;

    @Test
    void shouldHoldTheRunsAndTheirConditions() throws IOException {
        Path first = log("a.hlog", "Machine: 2 cores", "JVM: 17", "Run: pace max", "Folder: d on ext4", "Other: x");
        Path second = log("b.hlog");
        Run run = report(first, second);
        assertThat(run.exitCode()).isZero();
        assertThat(run.dataLines()).hasSize(2).element(1).asString().startsWith("price       2,000   0.5");
        assertThat(run.talkLines()).containsExactly("wrote " + page());
        List<JsonText> runs = data().field("runs").elements();
        assertThat(runs).extracting(each -> each.text("name")).containsExactly("a.hlog", "b.hlog");
        JsonText one = runs.get(0);
        assertThat(one.text("start")).isEqualTo("2024-08-08T23:54:15.088Z");
        assertThat(one.integer("intervals")).isEqualTo(2);
        assertThat(one.integer("count")).isEqualTo(1_000);
        assertThat(one.field("seconds").value()).hasToString("2.0");
        assertThat(one.field("stated").value())
                .hasToString("{Tickring=null, Machine=2 cores, JVM=17, Run=pace max, Folder=d on ext4}");
        assertThat(runs.get(1).field("stated").field("Machine").value()).isNull();
        JsonText stage = one.field("stages").elements().get(0);
        assertThat(stage.names())
                .containsExactly(
                        "name",
                        "count",
                        "intervals",
                        "intervalsAStep",
                        "p50",
                        "p90",
                        "p99",
                        "p999",
                        "p9999",
                        "max",
                        "atS",
                        "maxNs",
                        "curveNs");
        assertThat(stage.field("atS").value()).hasToString("[0.0, 1.0, 2.0]");
        assertThat(stage.field("maxNs").value()).hasToString("[500, 1000, 1000]");
        assertThat(stage.field("curveNs").elements())
                .hasSameSizeAs(data().field("grid").elements());
    }

    @Test
    void shouldNeedNothingButItself() throws IOException {
        report(log("a.hlog"));
        PageData.requireAlone(page());
    }

    @Test
    void shouldTakeNothingInAFileForMarkup() throws IOException {
        Path hostile = folder.resolve("<img onerror=alert(2)>&.hlog");
        try (Hlog log = Hlog.create(hostile, "Machine: " + HOSTILE, "Run: {{script}} $1 \\")) {
            log.interval(HOSTILE, 0, 1_000, 5);
        }
        assertThat(report(hostile).exitCode()).isZero();
        String html = Files.readString(page());
        assertThat(html)
                .doesNotContain("alert(1)</script>", "<img onerror")
                .contains("<title>Tickring latency: &lt;img onerror=alert(2)&gt;&amp;.hlog</title>");
        JsonText run = data().field("runs").elements().get(0);
        assertThat(run.field("stated").text("Machine")).isEqualTo(HOSTILE);
        assertThat(run.field("stated").text("Run")).isEqualTo("{{script}} $1 \\");
        assertThat(run.field("stages").elements().get(0).text("name")).isEqualTo(HOSTILE);
        assertThat(run.text("name")).isEqualTo("<img onerror=alert(2)>&.hlog");
    }

    @Test
    void shouldOverwriteOnlyWhenTold() throws IOException {
        Path log = log("a.hlog");
        Files.writeString(page(), "mine");
        refused(report(log), 2, "file=" + page() + " exists: -f overwrites it");
        assertThat(page()).hasContent("mine");
        assertThat(Run.tools("report", log, "--html", page(), "-f").exitCode()).isZero();
        assertThat(Files.readString(page())).startsWith("<!DOCTYPE html>");
        refused(Run.tools("report", log, "--html", log, "-f"), 2, "file=" + log + " is the log itself");
        refused(Run.tools("report", log, "--html", folder), 2, "file=" + folder + " is a folder");
        assertThat(entries()).containsExactlyInAnyOrder("a.hlog", "page.html");
    }

    @Test
    void shouldRefuseBeforeItReadsWhereNoFileCanBe() throws IOException {
        Path damaged = Files.writeString(folder.resolve("a.hlog"), "no log");
        for (Path place : List.of(folder.resolve("none/page.html"), damaged.resolve("page.html"), Path.of("/proc/x"))) {
            refused(Run.tools("report", damaged, "--html", place), 2, "file=" + place + " cannot be written: ");
        }
        assertThat(entries()).containsExactly("a.hlog");
    }

    @Test
    void shouldLeaveNoFileOfADamagedLog() throws IOException {
        Path log = log("a.hlog");
        Path damaged = Files.writeString(folder.resolve("b.hlog"), Files.readString(log) + "Tag=price,0.1\n");
        refused(report(log, damaged), 1, "file=" + damaged + " line=");
        Files.writeString(folder.resolve("out-price.hgrm"), "mine");
        refused(
                Run.tools("report", log, "--html", page(), "--hgrm", folder.resolve("out")),
                2,
                "out-price.hgrm exists: -f overwrites it");
        assertThat(entries()).containsExactlyInAnyOrder("a.hlog", "b.hlog", "out-price.hgrm");
    }

    @Test
    void shouldTakeTheNewestLogOfTheFolderAndShowOneInItsHelp() throws IOException {
        log("latency-20240101-000000.000.hlog");
        log("latency-20240102-000000.000.hlog");
        Run run = Run.tools("report", "--data", folder, "--html", page(), "--json");
        assertThat(JsonText.parse(run.data()).names()).containsExactly("files", "latencyUs");
        assertThat(data().field("runs").elements())
                .extracting(each -> each.text("name"))
                .containsExactly("latency-20240102-000000.000.hlog");
        assertThat(Run.tools("report", "--help").data()).contains("--html=FILE", "tools.jar report --html report.html");
    }

    @Test
    void shouldMakeAPageOfALogWithoutAnInterval() throws IOException {
        Hlog.create(folder.resolve("a.hlog")).close();
        assertThat(report(folder.resolve("a.hlog")).exitCode()).isZero();
        assertThat(data().field("runs").elements().get(0).field("stages").elements())
                .isEmpty();
    }

    /** 1 to 1,000 ns in two intervals of a second. */
    private Path log(String name, String... comments) {
        try (Hlog log = Hlog.create(folder.resolve(name), comments)) {
            return log.interval("price", 0, 1_000, Hlog.values(1, 500))
                    .interval("price", 1_000, 2_000, Hlog.values(501, 1_000))
                    .file();
        }
    }

    private Run report(Path... logs) {
        return Run.tools(Stream.of(List.of("report", "--html", page()), List.of(logs))
                .flatMap(List::stream)
                .toArray());
    }

    private Path page() {
        return folder.resolve("page.html");
    }

    private JsonText data() throws IOException {
        return PageData.of(page());
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static void refused(Run run, int exitCode, String said) {
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(exitCode);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines()).singleElement().asString().contains(said);
    }
}
