package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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

    static Stream<Bench> benches() throws IOException {
        BenchContext context = new BenchContext()
                .ticks(TICKS)
                .seconds(0.02)
                .rounds(1)
                .timedRounds(1)
                .setCapacity(SET_CAPACITY);
        List<Bench> benches = new ArrayList<>();
        for (String name : Benches.COMPARISONS) {
            benches.addAll(Benches.named(name, context));
        }
        return benches.stream();
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
    void shouldEndATimedRunWhenTheDiskHasNoRoomForMore() throws IOException {
        BenchContext context = new BenchContext()
                .seconds(600)
                .setCapacity(SET_CAPACITY)
                .roomBytes(Ingest.AHEAD_BYTES + PipelineKind.TICKRING.diskBytesPerTick() * TICKS);
        Bench sustained = Benches.named(Ingest.NAME, context).stream()
                .filter(bench -> bench.name().equals("ingest-sustained-1"))
                .findFirst()
                .orElseThrow();
        PeerRun run = sustained.peers().get(0).run(Files.createTempDirectory(folder, "run"));
        assertThat(run.ticks()).isEqualTo(TICKS);
        assertThat(run.cutShort()).isTrue();
    }

    @Test
    void shouldJournalRecordedTicks() throws IOException {
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.gz")))) {
            for (int i = 0; i < 300; i++) {
                String line = "1723161255088" + (100_000 + i)
                        + " {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161256322,"
                        + "\"T\":1723161256322,\"s\":\"BTCUSDT\",\"t\":" + (5_266_583_935L + i)
                        + ",\"p\":\"61800.30\",\"q\":\"0.006\",\"X\":\"MARKET\",\"m\":false}}\n";
                file.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
        Files.copy(folder.resolve("a.gz"), folder.resolve("b.gz"));
        TickSet set = RecordedTicks.load(folder);
        assertThat(set.capacity()).isEqualTo(1_024);
        assertThat(List.of(
                        set.tick(0).instrumentId(),
                        set.tick(1).instrumentId(),
                        set.tick(600).instrumentId()))
                .containsExactly(0, 1, 0);
        assertThat(set.tick(599).tradeId()).isEqualTo(5_266_583_935L + 299);
        Workload workload = Workload.of(set, TICKS);
        PeerRun run = new IngestPeer(PipelineKind.TICKRING, workload).run(Files.createTempDirectory(folder, "run"));
        assertThat(run.journalBytesPerTick()).isBetween(1.0, 64.0);
    }

    @Test
    void shouldInterleaveThePeersThereAndBack() throws IOException {
        List<String> order = new ArrayList<>();
        rounds().run(Named.bench(recording("A", order), recording("B", order)));
        assertThat(order).containsExactly("A", "B", "A", "B", "B", "A");
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
