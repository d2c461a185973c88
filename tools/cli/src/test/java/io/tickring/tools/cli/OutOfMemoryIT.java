package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine jar with too little memory: the process ends with one line, and the status file says why. */
class OutOfMemoryIT {
    private static final String LINE = "tickring: failed: out of memory, give it more with java -Xmx";

    @TempDir
    private Path folder;

    @Test
    void shouldEndWhenAThreadOfTheEngineHasNoMemory() throws IOException {
        try (Jar jar = new Jar(folder)) {
            Run run = jar.engineWith("-Xmx14m", "--feed", "sim:symbols=65536,rate=max", "--duration", "30s");
            assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
            assertThat(run.talk().lines()).as(run.talk()).contains(LINE);
            StatusReader status = StatusReader.map(jar.work().resolve("tickring-data"));
            assertThat(status.state()).isEqualTo(EngineState.HALTED);
            assertThat(status.reason()).isEqualTo("OUT_OF_MEMORY");
            RunLaws.sound(jar.tools("verify", "--json"));
        }
    }

    @Test
    void shouldEndWhenItCannotEvenBegin() {
        try (Jar jar = new Jar(folder)) {
            Run run = jar.engineWith("-Xmx64m", "--ring", 1 << 24, "--duration", "5s");
            assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
            assertThat(run.talk().lines().filter(line -> !line.startsWith("WARNING: ")))
                    .containsExactly(LINE);
        }
    }
}
