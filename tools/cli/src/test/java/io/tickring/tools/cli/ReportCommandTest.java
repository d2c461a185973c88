package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final String ONE_TO_THOUSAND = "\"count\":1000,\"p50\":500.223,\"p90\":900.095,\"p99\":990.207,"
            + "\"p999\":999.423,\"p9999\":1000.447,\"max\":1000.447";

    @TempDir
    Path data;

    @Test
    void shouldReportTheNewestLogOfTheDataFolder() throws IOException {
        writeLog("latency-20240101-000000.000.hlog", "old");
        Path newest = writeLog("latency-20240102-000000.000.hlog", "price", "journal");
        writeLog("other.hlog", "other");
        assertThat(Run.tools("report", "--json", "--data", data))
                .isEqualTo(new Run(
                        0,
                        "{\"files\":[\"" + newest + "\"],\"latencyUs\":{\"price\":{" + ONE_TO_THOUSAND
                                + "},\"journal\":{" + ONE_TO_THOUSAND + "}}}\n",
                        ""));
        assertThat(Run.tools("report", "--data", data).dataLines())
                .containsExactly(
                        "stage (µs)  count   50 %   90 %   99 %  99.9 %  99.99 %      max",
                        "price       1,000  500.2  900.1  990.2   999.4  1,000.4  1,000.4",
                        "journal     1,000  500.2  900.1  990.2   999.4  1,000.4  1,000.4");
    }

    @Test
    void shouldSumSeveralLogsByStage() throws IOException {
        Path first = writeLog("a.hlog", "price", "price");
        Path second = writeLog("b.hlog", "price", "journal");
        assertThat(Run.tools("report", "--json", first, second).data())
                .contains("\"price\":{\"count\":3000,", "\"journal\":{\"count\":1000,");
    }

    @Test
    void shouldWriteOneHgrmForEachStageAndOverwriteOnlyWhenTold() throws IOException {
        Path log = writeLog("a.hlog", "price", "journal");
        Path prefix = data.resolve("out");
        assertThat(Run.tools("report", log, "--hgrm", prefix).exitCode()).isZero();
        assertThat(Files.readString(data.resolve("out-price.hgrm")))
                .contains("Value     Percentile TotalCount 1/(1-Percentile)")
                .contains("#[Max     =     1000.447, Total count    =         1000]");
        assertThat(entries()).containsExactlyInAnyOrder("a.hlog", "out-price.hgrm", "out-journal.hgrm");
        Run refused = Run.tools("report", log, "--hgrm", prefix);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.data()).isEmpty();
        assertThat(refused.talkLines()).singleElement().asString().contains("exists: -f overwrites it");
        assertThat(Run.tools("report", log, "--hgrm", prefix, "-f").exitCode()).isZero();
    }

    @Test
    void shouldNameTheLineOfADamagedLog() throws IOException {
        Path log = writeLog("a.hlog", "price", "journal", "price");
        List<String> lines = Files.readAllLines(log);
        int damaged = lines.size() - 2;
        for (String line :
                List.of("Tag=price,0.1", "nonsense", lines.get(damaged).substring(0, 60), lines.get(damaged) + "!")) {
            Files.write(
                    log,
                    Stream.of(lines.subList(0, damaged), List.of(line), lines.subList(damaged + 1, lines.size()))
                            .flatMap(List::stream)
                            .toList());
            Run run = Run.tools("report", log);
            assertThat(run.exitCode()).as(line).isEqualTo(1);
            assertThat(run.data()).isEmpty();
            assertThat(run.talkLines())
                    .singleElement()
                    .asString()
                    .startsWith("tickring: file=" + log + " line=" + (damaged + 1) + ": no interval");
        }
        Files.writeString(log, "anything");
        assertThat(Run.tools("report", log).talkLines())
                .containsExactly("tickring: file=" + log + " line=1: not the beginning of a latency log");
    }

    @Test
    void shouldTakeAnIntervalThatBeginsBeforeItsLog() throws IOException {
        Path log = writeLog("a.hlog", "price");
        String text = Files.readString(log);
        Files.writeString(log, text.replace("Tag=price,1.000,", "Tag=price,-0.002,"));
        assertThat(Files.readString(log)).isNotEqualTo(text);
        assertThat(Run.tools("report", "--json", log).data()).contains("\"price\":{\"count\":1000,");
    }

    @Test
    void shouldPassOverALastLineThatIsStillBeingWritten() throws IOException {
        Path log = writeLog("a.hlog", "price", "price");
        String text = Files.readString(log);
        Files.writeString(log, text.substring(0, text.length() - 30));
        Run run = Run.tools("report", "--json", log);
        assertThat(run.exitCode()).isZero();
        assertThat(run.data()).contains("\"price\":{\"count\":1000,");
    }

    /** One interval for each tag: 1 to 1,000 µs, one of each. */
    private Path writeLog(String name, String... tags) throws IOException {
        Path file = data.resolve(name);
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8)) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputLogFormatVersion();
            writer.outputStartTime(0);
            writer.outputLegend();
            for (String tag : tags) {
                Histogram histogram = new Histogram(3);
                for (int us = 1; us <= 1_000; us++) {
                    histogram.recordValue(us * 1_000L);
                }
                histogram.setTag(tag);
                histogram.setStartTimeStamp(1_000);
                histogram.setEndTimeStamp(2_000);
                writer.outputIntervalHistogram(histogram);
            }
        }
        return file;
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
