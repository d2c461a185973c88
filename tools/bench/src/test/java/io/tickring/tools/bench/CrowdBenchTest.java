package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.tools.bench.CrowdBench.Company;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class CrowdBenchTest {
    private static final int WARM_UPS = 2;

    private final StringWriter progress = new StringWriter();
    private final List<Company> counted = new ArrayList<>();
    private final List<Company> warmUps = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void shouldSetTheFiguresOfEachCompanyInTheirRounds() throws IOException {
        MeasuresResult result = result(
                rounds(run(100_000, 200), run(50_000, 400), run(80_000, 300)),
                rounds(run(99_000, 300), run(49_000, 480), run(79_000, 390)),
                rounds(run(90_000, 210), run(48_000, 440), run(79_200, 306)));
        assertThat(result.name()).isEqualTo("crowd");
        assertThat(result.title())
                .isEqualTo("crowd: subscribers at 100,000 ticks/s, 1,600 ticks a run, medians of 3 rounds");
        assertThat(result.rows())
                .extracting(row -> row.name() + ", " + row.unit() + " "
                        + Arrays.toString(row.figures().byRound()))
                .containsExactly(
                        "alone, k ticks/s [100.0, 50.0, 80.0]",
                        "alone, CPU ns/tick [200.0, 400.0, 300.0]",
                        "beside bystanders, k ticks/s [99.0, 49.0, 79.0]",
                        "beside bystanders, CPU ns/tick [300.0, 480.0, 390.0]",
                        "with the crowd, k ticks/s [90.0, 48.0, 79.2]",
                        "with the crowd, CPU ns/tick [210.0, 440.0, 306.0]");
        assertThat(result.verdicts())
                .as("the median of the rounds' ratios, not the ratio of medians")
                .containsExactly(
                        "MET        the producer keeps 0.96 of its rate (mark: at least 0.90)",
                        "MET        handlers take 1.05 of the CPU a tick (mark: at most 1.10); beside bystanders 1.30");
        assertThat(result.notes()).hasSize(4);
        assertThat(result.notes().get(0)).startsWith("The crowd: 60 every, 100 latest, 20 lossless in the engine's");
        assertThat(result.notes().get(1)).startsWith("20 lossless in another process, one that never polls and one");
    }

    @ParameterizedTest
    @CsvSource({
        "90000, 110, MET, 0.90, MET, 1.10",
        "89000, 110, NOT MET, 0.89, MET, 1.10",
        "90000, 111, MET, 0.90, NOT MET, 1.11",
        "101000, 90, MET, 1.01, MET, 0.90",
        "10000, 900, NOT MET, 0.10, NOT MET, 9.00"
    })
    void shouldSayOnWhichSideOfItsMarksTheCrowdIs(
            double rate, double cpuNs, String rateVerdict, String kept, String cpuVerdict, String taken)
            throws IOException {
        CrowdBench.Run crowd = run(rate, cpuNs);
        MeasuresResult result = result(rounds(run(100_000, 100)), rounds(run(5, 777)), rounds(crowd));
        assertThat(result.verdicts())
                .containsExactly(
                        String.format(
                                "%-10s the producer keeps %s of its rate (mark: at least 0.90)", rateVerdict, kept),
                        String.format(
                                "%-10s handlers take %s of the CPU a tick (mark: at most 1.10); beside bystanders 7.77",
                                cpuVerdict, taken));
    }

    @Test
    void shouldNotCountTheWarmUpsAndGoEverySecondRoundBackwards() throws IOException {
        CrowdBench.Run run = run(100_000, 100);
        result(rounds(run, run), rounds(run, run), rounds(run, run));
        assertThat(warmUps)
                .containsExactly(
                        Company.ALONE,
                        Company.BYSTANDERS,
                        Company.CROWD,
                        Company.ALONE,
                        Company.BYSTANDERS,
                        Company.CROWD);
        assertThat(counted)
                .containsExactly(
                        Company.ALONE,
                        Company.BYSTANDERS,
                        Company.CROWD,
                        Company.CROWD,
                        Company.BYSTANDERS,
                        Company.ALONE);
        assertThat(progress.toString().lines())
                .hasSize(3 * (WARM_UPS + 2))
                .endsWith("crowd alone              100.0 k/s, handlers 100 ns/tick");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldGiveNoFigureWhenARunFails() {
        CrowdBench bench = bench(1, (data, company, counts) -> {
            if (company == Company.CROWD && counts) {
                throw new BenchException("crowd reader=every-7");
            }
            return run(1, 1);
        });
        assertThatThrownBy(bench::run).isInstanceOf(BenchException.class).hasMessage("crowd reader=every-7");
    }

    @ParameterizedTest
    @EnumSource
    void shouldMeasureAnEngineInEachCompany(Company company) throws IOException {
        long ticks = 3_200;
        CrowdLoad load = new CrowdLoad(TickSet.market(1, 1_024), ticks, new CrowdSize(1, 1, 2, 1));
        CrowdBench.Run run = load.run(folder, company, false);
        assertThat(run.rate()).isPositive().as("not before they are due").isLessThan(110_000);
        assertThat(run.cpuNs()).isPositive().isFinite();
    }

    @Test
    void shouldMeasureWholeBatchesOfTheFullCrowd() {
        CrowdLoad load = CrowdLoad.of(TickSet.market(1, 64), 3);
        assertThat(load.ticks()).isEqualTo(300_000);
        assertThat(load.size()).isEqualTo(new CrowdSize(60, 100, 20, 20));
        assertThat(CrowdBench.bytesNeeded(3)).isGreaterThan(load.ticks() * 64);
    }

    @Test
    void shouldHaveAsManyBystandersAsACrowdAndEndThemAll() {
        CrowdSize size = new CrowdSize(3, 4, 5, 6);
        Bystanders bystanders = new Bystanders(size, 100_000);
        assertThat(bystandersAlive()).isZero();
        bystanders.start();
        assertThat(bystandersAlive()).isEqualTo(3 + 4 + 5 + 6);
        bystanders.close();
        assertThat(bystandersAlive()).isZero();
    }

    private static long bystandersAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bystander-"))
                .count();
    }

    /** Of runs by company and round, behind warm-ups of other figures. */
    private MeasuresResult result(
            List<CrowdBench.Run> alone, List<CrowdBench.Run> bystanders, List<CrowdBench.Run> crowd)
            throws IOException {
        List<List<CrowdBench.Run>> given = List.of(alone, bystanders, crowd);
        return bench(alone.size(), (data, company, counts) -> {
                    List<Company> done = counts ? counted : warmUps;
                    int round = (int) done.stream().filter(company::equals).count();
                    done.add(company);
                    return counts ? given.get(company.ordinal()).get(round) : run(1, 1);
                })
                .run();
    }

    private CrowdBench bench(int rounds, CrowdBench.Runner runner) {
        return new CrowdBench(new Runs(folder, 0), rounds, 1_600, runner, new PrintWriter(progress));
    }

    private static CrowdBench.Run run(double rate, double cpuNs) {
        return new CrowdBench.Run(rate, cpuNs);
    }

    private static List<CrowdBench.Run> rounds(CrowdBench.Run... runs) {
        return List.of(runs);
    }
}
