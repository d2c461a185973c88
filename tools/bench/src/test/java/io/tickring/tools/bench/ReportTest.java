package io.tickring.tools.bench;

import static io.tickring.tools.bench.Named.rates;
import static io.tickring.tools.bench.Named.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void shouldSayWhetherAMarkIsMet() {
        BenchResult result = result(rates(6, 6, 6), rates(2, 2, 2));
        assertThat(new Mark(0, 1, 3.0).verdict(result)).isEqualTo("  MET        A = 3.00x B (mark: at least 3.00x)");
        assertThat(new Mark(1, 0, 0.5).verdict(result)).isEqualTo("  NOT MET    B = 0.33x A (mark: at least 0.50x)");
    }

    @Test
    void shouldHoldARateAgainstAMarkOfItsOwn() {
        BenchResult result = result(rates(6, 8, 7), rates(2, 2, 2));
        assertThat(Mark.millionsPerSecond(0, 7).verdict(result))
                .isEqualTo("  MET        A = 7.00 M/s (mark: at least 7.00 M/s)");
        assertThat(Mark.millionsPerSecond(1, 7).verdict(result))
                .isEqualTo("  NOT MET    B = 2.00 M/s (mark: at least 7.00 M/s)");
    }

    @Test
    void shouldHoldReadsAgainstReads() {
        BenchResult result = new BenchResult(
                Named.bench(new Named("A"), new Named("B")),
                List.of(reading("A", 3_000, Double.POSITIVE_INFINITY), reading("B", 2_000, Double.POSITIVE_INFINITY)));
        assertThat(new Mark(0, 1, 1, Mark.Rate.READS).verdict(result))
                .isEqualTo("  MET        A = 1.50x B in reads (mark: at least 1.00x)");
        assertThat(new Mark(1, 0, 1, Mark.Rate.READS).verdict(result)).startsWith("  NOT MET ");
    }

    @Test
    void shouldGiveNoVerdictWhereTheReaderDidNotKeepItsPace() {
        BenchResult result = new BenchResult(
                Named.bench(new Named("A"), new Named("B")),
                List.of(reading("A", 900, 1_000), reading("B", 1_000, 1_000)));
        assertThat(new Mark(0, 1, 0.5).verdict(result)).startsWith("  NO VERDICT ");
        assertThat(new Mark(1, 1, 0.5).verdict(result)).startsWith("  MET ");
        assertThat(Report.warnings(result)).containsExactly("A: the rate asked for was not reached");
    }

    private static PeerResult reading(String name, long reads, double asked) {
        PeerRun run = new PeerRun(
                1, Lap.of(1_000_000_000), 1, 0, 0, Double.POSITIVE_INFINITY, false, new PeerRun.Reads(reads, asked));
        return new PeerResult(name, List.of(run), new Figures(new double[] {1}), 2, "");
    }

    @Test
    void shouldMarkMoreBusyThreadsThanCoresAndGiveThemNoVerdict() {
        BenchResult result = result(3, rates(6, 6), rates(2, 2));
        assertThat(new Mark(0, 1, 3.0).verdict(result)).startsWith("  NO VERDICT ");
        assertThat(printed(result)).contains("oversubscribed").contains("no verdict: A (3); B (3)");
    }

    @Test
    void shouldNotMarkAsManyBusyThreadsAsCores() {
        assertThat(printed(result(2, rates(6, 6), rates(2, 2)))).doesNotContain("oversubscribed");
    }

    @Test
    void shouldPrintMedianRangeAndTheRatioRoundByRound() {
        assertThat(printed(result(rates(6, 8, 6), rates(2, 2, 3))))
                .contains("6.00 - 8.00", "2.00 - 3.00", "3.00x", "3.00 4.00 2.00", "  a note");
    }

    @Test
    void shouldWarnOfARateThatWasNotReached() {
        Lap second = Lap.of(1_000_000_000);
        assertThat(warnings(new PeerRun(980, second, 1, 0, 0, 1_000, false)))
                .singleElement()
                .asString()
                .contains("A: the rate asked for was not reached");
        assertThat(warnings(new PeerRun(995, second, 1, 0, 0, 1_000, false))).isEmpty();
    }

    @Test
    void shouldWarnOfADiskThatHoldsAJournalBack() {
        assertThat(warnings(stalled(0.34, 100)))
                .singleElement()
                .asString()
                .contains("A: the disk held it back", "34 %");
        assertThat(warnings(stalled(0.05, 100))).isEmpty();
        assertThat(warnings(stalled(0.34, 0))).isEmpty();
        assertThat(warnings(stalled(Double.NaN, 100))).isEmpty();
    }

    @Test
    void shouldWarnOfARunThatTheDiskCutShort() {
        assertThat(warnings(new PeerRun(995, Lap.of(1_000), 1, 0, 0, Double.POSITIVE_INFINITY, true)))
                .singleElement()
                .asString()
                .contains("A: ended before its time");
    }

    private static PeerRun stalled(double share, long journalBytes) {
        Lap lap = new Lap(1_000, Map.of(), share);
        return new PeerRun(10, lap, 1, journalBytes, journalBytes, Double.POSITIVE_INFINITY, false);
    }

    private static List<String> warnings(PeerRun run) {
        PeerResult peer = new PeerResult("A", List.of(run), new Figures(new double[] {1}), 2, "");
        return Report.warnings(new BenchResult(Named.bench(new Named("A")), List.of(peer)));
    }

    private static String printed(BenchResult result) {
        StringWriter text = new StringWriter();
        new Report(new PrintWriter(text)).bench(result);
        return text.toString();
    }
}
