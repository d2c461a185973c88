package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine jar on a disk that lets it down. */
class EngineFaultsIT {
    @TempDir
    Path folder;

    /** The journal's folder becomes a file: the stage that journals throws at the next roll, or the force before it. */
    @Test
    void shouldHaltCleanlyWhenAStageThrows() throws IOException {
        try (Jar jar = new Jar(folder)) {
            Path data = jar.work().resolve("tickring-data");
            Path moved = jar.work().resolve("moved");
            Jar.Running engine = jar.startEngine("--roll", "secondly");
            engine.awaitRunning(data);
            Files.move(data.resolve("journal"), moved);
            Files.writeString(data.resolve("journal"), "no folder");
            Run run = engine.await();
            assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
            assertThat(run.talk().lines().filter(line -> line.matches("tickring: failed: stage=(journal|force) .*")))
                    .as(run.talk())
                    .hasSize(1);
            Files.delete(data.resolve("journal"));
            Files.move(moved, data.resolve("journal"));
            RunLaws.sound(jar.tools("verify", "--json"));
        }
    }

    /** Less than a gibibyte to spare; only where this user may mount a small file system. */
    @Test
    void shouldDrainAndEndForWantOfDisk() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(Jar.command("mount", "-t", "tmpfs", "-o", "size=900m", "tmpfs", disk.toString()) == 0, "no mount");
        try (Jar jar = new Jar(folder)) {
            Run run = jar.engine("--data", disk.resolve("data"), "--duration", "1m", "--quiet");
            assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
            assertThat(run.talk().lines().filter(line -> line.startsWith("tickring: ")))
                    .as(run.talk())
                    .singleElement()
                    .asString()
                    .contains("free", disk.toString());
            assertThat(jar.tools("verify", "--data", disk.resolve("data")).exitCode())
                    .isZero();
        } finally {
            assertThat(Jar.command("umount", disk.toString())).isZero();
        }
    }
}
