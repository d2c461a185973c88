package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools beside an engine that runs, ends and is killed. */
class LiveToolsIT {
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
    void shouldReadARunningEngineInItsLiveFolderAndWatchItEnd() throws IOException {
        Path live = jar.work().resolve("live");
        Jar.Running engine = jar.startEngine("--data", "d", "--live", "live", "--quiet");
        engine.awaitRunning(live);
        Jar.Running stat = jar.startTools("stat", "--live", "live", "--interval", "100ms", "--json");
        Jar.await("two samples", () -> lines(stat) >= 2);
        List<JsonText> rows = JsonText.parse(jar.tools("prices", "--live", "live", "--json", "--symbol", "SIM*")
                        .data())
                .elements();
        assertThat(rows)
                .hasSize(64)
                .allSatisfy(row -> assertThat(row.text("symbol")).startsWith("SIM"));
        Run replay = jar.tools("replay", "--none", "--data", "d");
        assertThat(replay.exitCode()).as(replay.talk()).isZero();
        RunLaws.sound(jar.tools("verify", "--json", "--data", "d"));
        assertThat(engine.isAlive()).isTrue();
        engine.signal("TERM");
        assertThat(engine.await().exitCode()).isZero();
        Run watched = stat.await();
        assertThat(watched.exitCode()).as(watched.talk()).isZero();
        assertThat(watched.talk()).contains("the engine (pid " + engine.pid() + ") ended cleanly at ");
        JsonText first = JsonText.parse(watched.dataLines().get(0));
        assertThat(first.text("state")).isEqualTo("RUNNING");
        assertThat(first.field("alive").value()).isEqualTo(true);
        assertThat(first.integer("pid")).isEqualTo(engine.pid());
        JsonText last =
                JsonText.parse(watched.dataLines().get(watched.dataLines().size() - 1));
        assertThat(last.text("state")).isEqualTo("STOPPED");
        assertThat(last.field("counters").integer("ticks applied"))
                .isGreaterThan(first.field("counters").integer("ticks applied"));
        assertThat(Files.exists(jar.work().resolve("d/prices"))).isFalse();
    }

    @Test
    void shouldSayThatAKilledEngineIsGoneAndStillShowItsPrices() {
        Path data = jar.work().resolve("d");
        Jar.Running engine = jar.startEngine("--data", "d", "--quiet");
        engine.awaitRunning(data);
        Jar.Running stat = jar.startTools("stat", "--data", "d", "--interval", "200ms");
        Jar.await("a sample", () -> lines(stat) >= 2);
        engine.kill();
        Run watched = stat.await();
        assertThat(watched.exitCode()).isEqualTo(1);
        assertThat(watched.dataLines())
                .last()
                .asString()
                .matches("the engine \\(pid " + engine.pid() + "\\) is gone: no heartbeat for \\d s");
        assertThat(jar.tools("prices", "--data", "d").data()).contains("SIM");
        assertThat(jar.tools("stat", "--once", "--data", "d").exitCode()).isZero();
    }

    @Test
    void shouldEndQuietlyWhenTheReaderOfItsOutputHasGone() throws Exception {
        RunLaws.hold(jar.engine("--feed", "sim:rate=max", "--ticks", "200k", "--json"));
        Path talk = folder.resolve("talk");
        Process replay = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("../target/tools.jar").toAbsolutePath().toString(),
                        "replay")
                .directory(jar.work().toFile())
                .redirectError(talk.toFile())
                .start();
        try (BufferedReader reader = replay.inputReader()) {
            assertThat(reader.readLine()).startsWith("sequence,ts_event,");
        }
        assertThat(replay.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(replay.exitValue()).isZero();
        if (Runtime.version().feature() < 24) {
            assertThat(talk).isEmptyFile();
        }
    }

    private static long lines(Jar.Running running) {
        try {
            return Files.readString(running.data()).lines().count();
        } catch (IOException e) {
            return 0;
        }
    }
}
