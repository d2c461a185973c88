package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
