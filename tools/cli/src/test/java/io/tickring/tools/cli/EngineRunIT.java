package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine jar as people run it: to a signal, to a limit, again on the same folder. */
class EngineRunIT {
    @TempDir
    Path folder;

    private Jar jar;

    @BeforeEach
    void prepare() {
        jar = new Jar(folder);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @Test
    void shouldRunASimulatedMarketUntilASignalAndLeaveNothingElsewhere() throws IOException {
        Path data = jar.work().resolve("tickring-data");
        Jar.Running engine = jar.startEngine();
        engine.awaitRunning(data);
        Jar.await("20,000 ticks", () -> applied(data) >= 20_000);
        assertThat(networkSockets(engine.pid())).isEmpty();
        engine.signal("TERM");
        Run run = engine.await();
        assertThat(run.exitCode()).as(run.talk()).isZero();
        assertThat(run.data()).isEmpty();
        assertThat(run.talk()).contains("cores ", "threads ", "ring 65,536", "digest", "replay", "verify", "report");
        assertThat(entries(jar.work())).containsExactly("tickring-data");
        assertThat(entries(data))
                .hasSize(7)
                .contains("LOCK", "broadcast", "journal", "snapshots", "prices", "status")
                .anyMatch(name -> name.matches("latency-\\d{8}-\\d{6}\\.\\d{3}\\.hlog"));
        assertThat(jar.tools("prices", "--json").data()).contains("\"symbol\":\"SIM");
        assertThat(jar.tools("replay", "--none").exitCode()).isZero();
        RunLaws.sound(jar.tools("verify", "--json"));
        assertThat(jar.tools("report").data()).contains("price", "journal");
        assertThat(entries(jar.work())).containsExactly("tickring-data");
        assertThat(entries(data)).hasSize(7);
        assertThat(jar.leftOutside()).isEmpty();
    }

    /** The process's sockets that the kernel lists under a network protocol; the JDK holds one of no network for closing files. */
    private static List<String> networkSockets(long pid) throws IOException {
        StringBuilder listed = new StringBuilder();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path sockets = Path.of("/proc/" + pid + "/net/" + protocol);
            listed.append(Files.exists(sockets) ? Files.readString(sockets) : "");
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors
                    .filter(Files::isSymbolicLink)
                    .map(EngineRunIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .filter(target -> listed.indexOf(" " + target.substring(8, target.length() - 1) + " ") >= 0)
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void shouldKeepQuietAndPrintOneObject() {
        Run run = jar.engine("--feed", "sim:rate=max", "--ticks", "50k", "--json", "--quiet");
        JsonText summary = RunLaws.hold(run);
        assertThat(summary.integer("published")).isEqualTo(50_000);
        if (Runtime.version().feature() < 24) {
            assertThat(run.talk()).isEmpty();
        }
    }

    @Test
    void shouldGoOnWithoutAGapAfterARestart() {
        JsonText first = RunLaws.hold(jar.engine("--ticks", "30k", "--feed", "sim:rate=max", "--json"));
        JsonText second = RunLaws.hold(jar.engine("--ticks", "30k", "--feed", "sim:rate=max,seed=2", "--json"));
        assertThat(first.integer("firstSequence")).isEqualTo(1);
        assertThat(second.integer("firstSequence")).isEqualTo(first.integer("lastSequence") + 1);
        assertThat(second.integer("definitions")).isZero();
        JsonText verified = RunLaws.sound(jar.tools("verify", "--json"));
        assertThat(verified.integer("ticks")).isEqualTo(60_000);
        assertThat(verified.integer("firstSequence")).isEqualTo(1);
        assertThat(verified.integer("lastSequence")).isEqualTo(second.integer("lastSequence"));
        assertThat(verified.text("digest")).isEqualTo(second.text("digest"));
        assertThat(verified.integer("checkpoints")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldTakeExactlyTheTicksAskedForOverAllFeeds() {
        JsonText summary = RunLaws.hold(jar.engine(
                "--feed", "a=sim:rate=max", "--feed", "b=sim:rate=max,seed=2", "--ticks", "123457", "--json"));
        assertThat(summary.integer("published")).isEqualTo(123_457);
        assertThat(summary.field("feeds").elements())
                .extracting(feed -> feed.text("name"))
                .containsExactly("a", "b");
        assertThat(summary.integer("definitions")).isEqualTo(128);
        assertThat(jar.tools("prices", "--json", "--symbol", "*.a").data()).contains("\"symbol\":\"SIM000.a\"");
    }

    @Test
    void shouldEndAfterItsDuration() {
        JsonText summary = RunLaws.hold(jar.engine("--duration", "1s", "--json"));
        assertThat(summary.integer("published")).isBetween(1_000L, 60_000L);
    }

    @Test
    void shouldCountWhatATinyRingDrops() {
        JsonText summary = RunLaws.hold(jar.engine(
                "--feed",
                "sim:rate=max",
                "--feed",
                "sim:rate=max,seed=2",
                "--ring",
                "8",
                "--overflow",
                "drop",
                "--duration",
                "1s",
                "--json"));
        assertThat(summary.integer("dropped")).isPositive();
        JsonText verified = RunLaws.sound(jar.tools("verify", "--json"));
        assertThat(verified.integer("ticks")).isEqualTo(summary.integer("published"));
        assertThat(verified.text("digest")).isEqualTo(summary.text("digest"));
    }

    @Test
    void shouldRunWithoutAJournal() throws IOException {
        Run run = jar.engine("--no-journal", "--ticks", "10k", "--feed", "sim:rate=max", "--json");
        assertThat(run.exitCode()).as(run.talk()).isZero();
        JsonText summary = JsonText.parse(run.data());
        assertThat(summary.integer("journaled")).isZero();
        assertThat(summary.integer("applied")).isEqualTo(10_000);
        assertThat(entries(jar.work().resolve("tickring-data"))).doesNotContain("journal");
        Run replay = jar.tools("replay");
        assertThat(replay.exitCode()).isEqualTo(2);
        assertThat(replay.talkLines()).hasSize(1);
    }

    @Test
    void shouldEndAtOnceAtASecondSignal() throws IOException {
        Path data = jar.work().resolve("tickring-data");
        Path pipe = folder.resolve("pipe");
        assertThat(exitCode("mkfifo", pipe.toString())).isZero();
        Process writer = new ProcessBuilder("sh", "-c", "exec sleep 60 > " + pipe).start();
        try {
            Jar.Running engine = jar.startEngine("--feed", "binance:" + pipe);
            engine.awaitRunning(data);
            engine.signal("TERM");
            Jar.sleep(100);
            engine.signal("TERM");
            Run run = engine.await(Duration.ofSeconds(3));
            assertThat(run.exitCode()).isIn(0, 143);
        } finally {
            writer.destroyForcibly();
        }
    }

    private static long applied(Path live) {
        Run stat = Run.tools("stat", "--once", "--json", "--live", live);
        return JsonText.parse(stat.data()).field("counters").integer("ticks applied");
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static int exitCode(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
