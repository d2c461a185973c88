package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer of every bench runs here, and its table is checked against what the ticks make; a run leaves nothing behind. */
class BenchesTest {
    /** No multiple of a batch, and more than three times what the set of one producer holds. */
    private static final long TICKS = 10_001;

    private static final int SET_CAPACITY = 2_048;

    private final StringWriter progress = new StringWriter();

    @TempDir
    private Path folder;

    static Stream<Bench> benches() {
        Sizes sizes = new Sizes(TICKS, 0.02, 1, 1, SET_CAPACITY);
        return Benches.COMPARISONS.stream().flatMap(name -> Benches.named(name, sizes).stream());
    }

    @ParameterizedTest
    @MethodSource("benches")
    void shouldRunEachPeerAndLeaveNothingBehind(Bench bench) throws IOException {
        BenchResult result = rounds().run(bench);
        assertThat(result.peers()).hasSameSizeAs(bench.peers());
        assertThat(result.peers()).allSatisfy(peer -> {
            assertThat(peer.runs()).hasSize(bench.rounds());
            assertThat(peer.rates().min()).isPositive();
            assertThat(peer.busyThreads()).isPositive();
            assertThat(peer.cpuNsPerTick()).containsKey(RunClock.JVM).hasSizeGreaterThan(1);
        });
        assertThat(names(folder)).isEmpty();
        int runs = (bench.warmUp() ? 2 : 1) * bench.peers().size();
        assertThat(progress.toString().lines()).hasSize(runs);
    }

    @Test
    void shouldCountTheTicksThatAreAskedForWhateverTheProducers() throws IOException {
        for (Bench bench : benches().toList()) {
            if (bench.name().startsWith("ingest-burst")) {
                assertThat(bench.peers()
                                .get(0)
                                .run(Files.createTempDirectory(folder, "run"))
                                .ticks())
                        .isEqualTo(TICKS);
            }
        }
    }

    @Test
    void shouldInterleaveThePeersOfARound() throws IOException {
        List<String> order = new ArrayList<>();
        rounds().run(Named.bench(recording("A", order), recording("B", order)));
        assertThat(order).containsExactly("A", "B", "A", "B", "A", "B");
    }

    @Test
    void shouldGiveNoFigureForAFailureAndCleanUp() {
        Peer failing = new Peer() {
            @Override
            public String name() {
                return "B";
            }

            @Override
            public PeerRun run(Path fresh) throws IOException {
                Files.createFile(fresh.resolve("left"));
                throw new BenchException("peer=B lost a tick");
            }
        };
        assertThatThrownBy(() -> rounds().run(Named.bench(new Named("A"), failing)))
                .isInstanceOf(BenchException.class)
                .hasMessage("peer=B lost a tick");
        assertThat(names(folder)).isEmpty();
    }

    private static Peer recording(String name, List<String> order) {
        return new Peer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public PeerRun run(Path fresh) {
                assertThat(names(fresh)).isEmpty();
                order.add(name);
                return Named.run(1, 1);
            }
        };
    }

    private Rounds rounds() {
        return new Rounds(folder, new PrintWriter(progress));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
