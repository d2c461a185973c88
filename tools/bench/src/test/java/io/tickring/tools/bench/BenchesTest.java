package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The proof that the contenders of a bench do the same work, and that a run leaves nothing behind. */
class BenchesTest {
    private static final List<String> NAMES = Benches.COMPARISONS;
    /** No multiple of a batch, and more than the set holds. */
    private static final long TICKS = 10_001;

    private static final int SET_CAPACITY = 4_096;

    private final StringWriter progress = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldEndWithTheSameTableWhateverTheContender(String name) throws IOException {
        Bench bench = Benches.named(name, TICKS, SET_CAPACITY);
        Set<Long> digests = new HashSet<>();
        for (Contender contender : bench.contenders()) {
            contender.prepare(Files.createTempDirectory(folder, "prepared"));
            Outcome first = contender.run(Files.createTempDirectory(folder, "first"));
            Outcome second = contender.run(Files.createTempDirectory(folder, "second"));
            digests.addAll(List.of(first.digest(), second.digest()));
            assertThat(first.ticks()).isEqualTo(name.equals("reads") ? 10 * TICKS : TICKS);
            assertThat(first.elapsedNs()).isPositive();
        }
        assertThat(digests).hasSize(1);
    }

    @Test
    void shouldHaveOneTableInIngestAndReplay() throws IOException {
        Contender live =
                Benches.named("ingest", TICKS, SET_CAPACITY).contenders().get(0);
        Contender replay =
                Benches.named("replay", TICKS, SET_CAPACITY).contenders().get(0);
        replay.prepare(Files.createTempDirectory(folder, "prepared"));
        assertThat(replay.run(Files.createTempDirectory(folder, "replay")).digest())
                .isEqualTo(live.run(Files.createTempDirectory(folder, "live")).digest());
    }

    @Test
    void shouldNotHaveThatTableAfterOneTickLess() throws IOException {
        Contender all =
                Benches.named("ingest", TICKS, SET_CAPACITY).contenders().get(3);
        Contender less =
                Benches.named("ingest", TICKS - 1, SET_CAPACITY).contenders().get(3);
        assertThat(all.run(Files.createTempDirectory(folder, "all")).digest())
                .isNotEqualTo(
                        less.run(Files.createTempDirectory(folder, "less")).digest());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldRunInRoundsAndLeaveNothingBehind(String name) throws IOException {
        Bench bench = Benches.named(name, TICKS, SET_CAPACITY);
        List<Rates> rates = rounds(2).run(bench);
        assertThat(rates).hasSameSizeAs(bench.contenders());
        assertThat(rates).allSatisfy(each -> assertThat(each.byRound()).hasSize(2));
        assertThat(rates).allSatisfy(each -> assertThat(each.min()).isPositive());
        assertThat(names(folder)).isEmpty();
        assertThat(progress.toString().lines()).hasSize(3 * bench.contenders().size());
    }

    @Test
    void shouldInterleaveTheContendersOfARound() throws IOException {
        List<String> order = new ArrayList<>();
        rounds(2).run(bench(recording("A", order), recording("B", order)));
        assertThat(order).containsExactly("A", "B", "A", "B", "A", "B");
    }

    @Test
    void shouldGiveNoFigureForOtherWorkAndCleanUp() {
        Bench bench = bench(new Named("A"), new Named("B", new Outcome(1, 1, 42)));
        assertThatThrownBy(() -> rounds(1).run(bench))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("contender=B digest=000000000000002a");
        assertThat(names(folder)).isEmpty();
    }

    private static Contender recording(String name, List<String> order) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Outcome run(Path fresh) {
                assertThat(names(fresh)).isEmpty();
                order.add(name);
                return new Outcome(1, 1, 0);
            }
        };
    }

    private static Bench bench(Contender... contenders) {
        return new Bench("test", "test", List.of(contenders), List.of(), List.of(), 0);
    }

    private Rounds rounds(int count) {
        return new Rounds(folder, count, new PrintWriter(progress));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
