package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintTheTableOnOneStreamAndTheProgressOnTheOther() throws IOException {
        int exit = run("replay", "--quick", "--rounds", "1", "--ticks", "2k", "--data", folder.toString());
        assertThat(err.toString()).contains("replay warm-up", "replay round 1/1");
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains(
                        "machine ", "JVM ", "folder ", "2,000 ticks", "M ticks/s", "Tickring, journal to ring to table")
                .contains(
                        "Chronicle Queue tailer to table",
                        "(mark: at least 2.00x)",
                        "(mark: at least 20.00 M/s)",
                        "Aeron Archive replay",
                        "seek, warm, worst",
                        "shorter than 1,000,000 ticks")
                .doesNotContain("warm-up   ");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayHowOftenTheOtherProcessReadTheTable() {
        int exit = run("reads", "--quick", "--rounds", "1", "--ticks", "200k", "--data", folder.toString());
        assertThat(err.toString()).contains("reads");
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("full-table reads").contains("; 0 violations;");
    }

    @Test
    void shouldMeasureAllDesignsInOneRun() throws IOException {
        Path json = folder.resolve("now.json");
        Path html = folder.resolve("now.html");
        int exit = run(
                "designs", "--quick", "--rounds=1", "--ticks=2k", "--seconds=0.2", "--json=" + json, "--html=" + html);
        assertThat(exit).as(err.toString()).isZero();
        for (String text : List.of(out.toString(), Files.readString(html))) {
            assertThat(text)
                    .contains("designs, cache of the last price", "StampedLock cache: 1 reader", "p99 ns")
                    .contains("designs, pipeline", "actor, ArrayBlockingQueue")
                    .contains("designs, counters", "LongAdder, 2 threads")
                    .contains("designs, sharing work", "figures, skewed: stealing, 2 workers / 1")
                    .doesNotContain("NaN", "NO VERDICT", "MET  ");
        }
        assertThat(json).content().contains("\"designs-sharing\"", "\"designs-counters\"", "\"readP99Ns\"");
        assertThat(Baseline.read(json).benches()).containsExactly("designs-cache", "designs-pipeline");
    }

    @Test
    void shouldClimbTheLadderThatIsAskedFor() throws IOException {
        Path json = folder.resolve("now.json");
        Path html = folder.resolve("now.html");
        assertThat(run(
                        "latency",
                        "--quick",
                        "--rates=500,1k",
                        "--seconds=0.05",
                        "--rounds=1",
                        "--json=" + json,
                        "--html=" + html))
                .isZero();
        assertThat(err.toString()).contains("latency warm-up", "latency round 1/1", "500/s");
        assertThat(out.toString())
                .contains("Tickring, readable", "Tickring, journaled", "Tickring --visible journaled, readable")
                .contains("Chronicle Queue appender to tailer", "Aeron IPC", "99.99", "NO VERDICT");
        assertThat(html).content().contains("Ladder: ", "Overlay: ", "OS jitter");
        assertThat(Baseline.read(json).benches()).contains("latency-500-p50", "latency-500-p99");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(json, html);
        }
    }

    @Test
    void shouldWriteFilesAndCompareWithThem() throws IOException {
        Path json = folder.resolve("now.json");
        Path html = folder.resolve("now.html");
        assertThat(run("replay", "--quick", "--rounds=1", "--ticks=2k", "--json=" + json, "--html=" + html))
                .isZero();
        assertThat(html).content().contains("replay: 2,000 ticks", "Chronicle Queue tailer to table");
        assertThat(Baseline.read(json).benches()).containsExactly("replay");

        String better = Files.readString(json)
                .replaceAll("\"median\" : [0-9.E-]+,", "\"median\" : 1000000.0,")
                .replaceAll("\"noise\" : [0-9.E-]+,", "\"noise\" : 0.0001,");
        Files.writeString(json, better);
        assertThat(run("replay", "--quick", "--rounds=1", "--ticks=2k", "--compare=" + json))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(out.toString()).contains("compared with " + json, "FELL");
        Files.writeString(json, better.replace("1000000.0", "0.0000001"));
        assertThat(run("replay", "--quick", "--rounds=1", "--ticks=2k", "--compare=" + json))
                .isZero();
        assertThat(out.toString()).contains("ROSE");
        assertThat(run("reads", "--quick", "--compare=" + json)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("holds [replay] and nothing of [reads]");
    }

    @ParameterizedTest
    @CsvSource({
        "--json=/no/such/folder/file, 'cannot be written'",
        "--html=., 'is a folder'",
        "--compare=/no/such/file, 'cannot be read'",
        "ingst, 'is none of ingest, bytes, replay, reads, latency'",
        "--rates=0, 'must be 1 or more'",
        "--rounds=0, '--rounds=0 must be 1 or more'",
        "--seconds=0, '--seconds=0.0 must be above 0'",
        "--ticks=0, '--ticks=0 must be 1 or more'",
        "--ticks=many, many",
        "--tics=3, did you mean --ticks"
    })
    void shouldRefuseWrongUseInOneLine(String argument, String complaint) {
        assertThat(run(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tickring: ")
                .contains(complaint);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldFailInOneLineWhenTheDiskHasNoRoom() throws IOException {
        int exit = run("ingest", "--ticks", "1000g", "--data", folder.toString());
        assertThat(exit).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().lines()).singleElement().asString().contains("neededMiB=");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private int run(String... arguments) {
        return BenchCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
