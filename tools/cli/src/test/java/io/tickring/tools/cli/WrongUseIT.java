package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the jars say, in one line and with exit code 2, where they cannot begin; and that they then touch nothing. */
class WrongUseIT {
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
    void shouldRefuseInOneLineAndTouchNothing() throws IOException {
        Path file = Files.writeString(jar.work().resolve("file"), "text");
        refused(jar.engine("--feed", "binance:no-such-file"), "no-such-file");
        refused(jar.engine("--feed", "binance:" + folder), folder.toString());
        refused(jar.engine("--fed", "sim"), "--feed");
        refused(jar.engine("--feed", "bianance:x"), "binance");
        refused(jar.engine("--feed", "journal:nowhere"), "nowhere");
        refused(jar.engine("--threads", "many"), "dedicated");
        refused(jar.engine("--ring", "100"), "100");
        refused(jar.engine("--broadcast", "32MiB"), "--broadcast: '32MiB' must be 64MiB, ");
        refused(jar.engine("--data", file), file.getFileName().toString());
        refused(jar.engine("--data", "/proc/tickring"), "/proc/tickring");
        refused(jar.tools("replay", "--data", "nowhere"), "nowhere");
        try (Stream<Path> all = Files.list(jar.work())) {
            assertThat(all).containsExactly(file);
        }
        assertThat(jar.leftOutside()).isEmpty();
    }

    @Test
    void shouldNameTheProcessThatUsesTheFolder() {
        Path data = jar.work().resolve("d");
        Jar.Running first = jar.startEngine("--data", "d", "--quiet");
        first.awaitRunning(data);
        refused(jar.engine("--data", "d"), Long.toString(first.pid()));
        refused(jar.engine("--data", "d", "--no-journal"), Long.toString(first.pid()));
        refused(jar.engine("--data", "other", "--live", "d"), Long.toString(first.pid()));
        first.interrupt();
        Run run = first.await();
        assertThat(run.exitCode()).as(run.talk()).isZero();
        RunLaws.sound(jar.tools("verify", "--json", "--data", "d"));
    }

    private static void refused(Run run, String named) {
        List<String> talk = run.talkLines().stream()
                .filter(line ->
                        !line.startsWith("WARNING: ") || Runtime.version().feature() < 24)
                .toList();
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(talk).singleElement().asString().startsWith("tickring: ").contains(named);
    }
}
