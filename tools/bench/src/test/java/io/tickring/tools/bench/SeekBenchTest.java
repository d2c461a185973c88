package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeekBenchTest {
    private static final long TICKS = 10_000;

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheFirstTickAtOrAfterATime() {
        SeekJournal journal = SeekJournal.write(folder, TickSet.market(1, 2_048), TICKS);
        for (long number : new long[] {0, 1, 63, 64, 5_000, TICKS - 1}) {
            assertThat(SeekBench.seekMs(journal, number)).isPositive();
        }
        assertThatThrownBy(() -> SeekBench.seekMs(journal, TICKS))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("not the first tick at that time");
    }

    @Test
    void shouldMeasureWarmAndColdAndLeaveNothingBehind() throws IOException {
        Path control = Files.createFile(folder.resolve("drop_caches"));
        Path data = Files.createDirectory(folder.resolve("data"));
        MeasuresResult result = run(data, new PageCache(control));
        assertThat(result.title()).contains("10,000 ticks");
        assertThat(result.rows())
                .extracting(MeasuresResult.Row::name)
                .containsExactly("files in the system's cache", "cache emptied before each");
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.figures().byRound()).hasSize(3));
        assertThat(result.verdicts()).hasSize(4).allMatch(verdict -> verdict.startsWith("NO VERDICT"));
        assertThat(control).content().isEqualTo("1\n");
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayThatTheCacheWasNotEmptied() throws IOException {
        MeasuresResult result = run(folder, new PageCache(folder.resolve("none")));
        assertThat(result.rows()).extracting(MeasuresResult.Row::name).containsExactly("files in the system's cache");
        assertThat(result.notes().get(0)).startsWith("The cache was not emptied: this process may not write ");
        assertThat(result.verdicts()).noneMatch(verdict -> verdict.contains("cold"));
    }

    @Test
    void shouldJudgeByTheLengthThatTheMarkSpeaksOf() {
        assertThat(SeekBench.verdict("warm", 50, SeekBench.MARKED_TICKS))
                .isEqualTo("MET        seek, warm: 50.00 ms (mark: at most 50 ms in 100,000,000 ticks)");
        assertThat(SeekBench.verdict("warm", 50.1, SeekBench.MARKED_TICKS)).startsWith("NOT MET ");
        assertThat(SeekBench.verdict("warm", 50, 20_000_000))
                .startsWith("NO VERDICT ")
                .endsWith("; --full takes so many)");
        assertThat(SeekBench.verdict("warm", 50.1, 20_000_000)).startsWith("NOT MET ");
    }

    private static MeasuresResult run(Path data, PageCache cache) throws IOException {
        PrintWriter progress = new PrintWriter(new StringWriter());
        return new SeekBench(data, TickSet.market(1, 2_048), TICKS, 3, cache, progress).run();
    }
}
