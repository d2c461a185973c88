package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay --follow} beside engines that are killed and started again: it prints what their journal holds, once each. */
class FollowIT {
    private static final String TICKS = "60000";

    @TempDir
    Path folder;

    @Test
    void shouldPrintWhatIsJournaledOnceEachOverAKillOfTheEngine() {
        Path data = folder.resolve("data");
        try (Jar jar = new Jar(folder)) {
            Jar.Running killed = startEngine(jar, data, 1);
            killed.awaitRunning(data);
            Jar.Running follower = jar.startTools("replay", "--follow", "--limit", TICKS, "--data", data);
            Jar.await("some ticks", () -> follower.shown().lines().count() > 10_000);
            killed.kill();
            Jar.Running second = startEngine(jar, data, 2);
            Run followed = follower.await();
            second.signal("TERM");
            second.await();
            Run replayed = jar.tools("replay", "--limit", TICKS, "--data", data);
            assertThat(followed.exitCode()).isZero();
            assertThat(followed.data()).isEqualTo(replayed.data());
        }
    }

    @Test
    void shouldBeginWhenThereIsARecordToBeginWith() {
        Path data = folder.resolve("data");
        try (Jar jar = new Jar(folder)) {
            jar.engine("--data", data, "--ticks", "0");
            Jar.Running follower =
                    jar.startTools("replay", "--follow", "--from", "1000", "--limit", "5", "--data", data);
            jar.engine("--data", data, "--ticks", "2k", "--feed", "sim:rate=max", "--quiet");
            Run run = follower.await();
            assertThat(run.exitCode()).isZero();
            assertThat(run.dataLines()).hasSize(6);
            assertThat(run.dataLines().get(1)).startsWith("1000,");
        }
    }

    private static Jar.Running startEngine(Jar jar, Path data, int seed) {
        return jar.startEngine("--data", data, "--roll", "secondly", "--feed", "sim:rate=20k,seed=" + seed, "--quiet");
    }
}
