package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.LatencyRun.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyRunReaderTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepStagesIntervalsStartAndComments() throws IOException {
        LatencyRun run = read(Hlog.create(folder.resolve("a"), "Machine: 2 cores", "Run: feeds é: [x]")
                .interval("price", 0, 1_000, 100, 300)
                .interval("journal", 500, 1_500, 700)
                .interval("price", 1_000, 2_500, 200));
        assertThat(run.stages()).containsOnlyKeys("price", "journal");
        assertThat(run.stages().get("price").intervals())
                .containsExactly(new Interval(0, 1, 300), new Interval(1, 1.5, 200));
        assertThat(run.stages().get("journal").intervals()).containsExactly(new Interval(0.5, 1, 700));
        assertThat(run.stages().get("price").total().getTotalCount()).isEqualTo(3);
        assertThat(run.startEpochMs()).isEqualTo(Hlog.START_MS);
        assertThat(run.comments()).containsEntry("Machine", "2 cores").containsEntry("Run", "feeds é: [x]");
        assertThat(List.of(run.count(), run.intervals(), run.seconds())).containsExactly(4L, 3, 2.5);
    }

    @Test
    void shouldCountFromTheStartWhateverTheStampsCountFrom() throws IOException {
        Hlog log = Hlog.create(folder.resolve("a")).interval("price", 2_000, 3_000, 1);
        log.close();
        String relative = Files.readString(log.file());
        assertThat(firstStartS(relative)).isEqualTo(2);
        assertThat(firstStartS(relative.replace("=price,2.000", "=price,1723161257.088")))
                .isEqualTo(2);
        assertThat(firstStartS("#[BaseTime: 1723161250.088 (seconds since epoch)]\n" + relative))
                .isEqualTo(-3);
        assertThat(firstStartS(relative.replaceFirst("(?m)^#\\[StartTime.*\n", "")))
                .isZero();
    }

    @Test
    void shouldKnowNoStartWhereTheLogDoesNotTell() throws IOException {
        Path log = Files.writeString(folder.resolve("a"), "#[StartTime: soon]\n#x\n");
        LatencyRun run = LatencyRunReader.read(log);
        assertThat(run.startEpochMs()).isNull();
        assertThat(run.stages()).isEmpty();
        assertThat(run.seconds()).isZero();
    }

    private double firstStartS(String text) throws IOException {
        Path log = Files.writeString(folder.resolve("b"), text);
        return LatencyRunReader.read(log)
                .stages()
                .get("price")
                .intervals()
                .get(0)
                .startS();
    }

    private static LatencyRun read(Hlog log) throws IOException {
        log.close();
        return LatencyRunReader.read(log.file());
    }
}
