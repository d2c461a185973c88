package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        int exit = run("replay", "--rounds", "1", "--ticks", "2k", "--data", folder.toString());
        assertThat(err.toString()).contains("replay warm-up", "replay round 1/1");
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains(
                        "machine ", "JVM ", "folder ", "2,000 ticks", "M ticks/s", "Tickring, journal to ring to table")
                .contains("Chronicle Queue tailer to table", "(mark: at least 1.20x)")
                .doesNotContain("warm-up   ");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayHowOftenTheOtherProcessReadTheTable() {
        int exit = run("reads", "--rounds", "1", "--ticks", "200k", "--data", folder.toString());
        assertThat(err.toString()).contains("reads");
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("full-table reads").contains("; 0 violations;");
    }

    @ParameterizedTest
    @CsvSource({
        "ingst, 'is none of ingest, replay, reads'",
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
