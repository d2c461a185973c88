package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Run;
import io.tickring.tools.cli.RunLaws;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The engine jar with too little memory: the process ends with one line, and the status file says why. */
@ExtendWith(FaultTable.class)
class OutOfMemoryIT {
    private static final FaultRow ROW =
            FaultTable.row("10 out of memory", "whichever thread finds it says so and halts the process");
    private static final String LINE = "tickring: failed: out of memory, give it more with java -Xmx";

    @TempDir
    private Path folder;

    @Test
    void shouldEndWhenAThreadOfTheEngineHasNoMemory() {
        ROW.run("while it runs", () -> requireEnded(List.of("-Xmx14m")));
    }

    /** A process that just ends tells nobody why. */
    @Test
    void shouldSeeAnEndThatIsNotTold() {
        ROW.control(
                "the engine's own end, by the JVM's",
                "exit code",
                () -> requireEnded(List.of("-Xmx14m", "-XX:+ExitOnOutOfMemoryError")));
    }

    private void requireEnded(List<String> jvmOptions) throws IOException {
        try (Jar jar = new Jar(folder)) {
            Run run = jar.engineWith(jvmOptions, "--feed", "sim:symbols=65536,rate=max", "--duration", "30s");
            assertThat(run.exitCode()).as("exit code; it said: %s", run.talk()).isEqualTo(1);
            assertThat(run.talk().lines()).as(run.talk()).contains(LINE);
            StatusReader status = StatusReader.map(jar.work().resolve("tickring-data"));
            assertThat(status.state()).isEqualTo(EngineState.HALTED);
            assertThat(status.reason()).isEqualTo("OUT_OF_MEMORY");
            RunLaws.sound(jar.tools("verify", "--json"));
        }
    }

    @Test
    void shouldEndWhenItCannotEvenBegin() {
        ROW.run("at its start", () -> {
            try (Jar jar = new Jar(folder)) {
                Run run = jar.engineWith(List.of("-Xmx64m"), "--ring", 1 << 24, "--duration", "5s");
                assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
                assertThat(run.talk().lines().filter(line -> !line.startsWith("WARNING: ")))
                        .containsExactly(LINE);
            }
        });
    }
}
