package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.JsonText;
import io.tickring.tools.cli.RunLaws;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole process stands still for a while, and goes on. */
@ExtendWith(FaultTable.class)
class PauseIT {
    private static final FaultRow ROW = FaultTable.row("10 process stopped, continued", "no time-out gives up a stage");

    @TempDir
    Path folder;

    @Test
    void shouldGoOnAfterAPause() {
        long pauseMs = FaultTable.isFull() ? 30_000 : 3_000;
        ROW.run("stopped for " + pauseMs + " ms", () -> {
            Path data = folder.resolve("data");
            try (Jar jar = new Jar(folder)) {
                Jar.Running process = jar.startEngine(
                        "--data", data, "--feed", "sim:rate=20k", "--roll", "secondly", "--json", "--quiet");
                LiveEngine engine = LiveEngine.watch(process, data, null);
                engine.awaitRunning();
                engine.await("some ticks", engine::journaled, 5_000);
                process.signal("STOP");
                Jar.sleep(pauseMs);
                long before = engine.journaled();
                process.signal("CONT");
                engine.await("ticks after the pause", engine::journaled, before + 20_000);
                process.interrupt();
                JsonText run = RunLaws.hold(process.await());
                assertThat(Tail.verify(data, run.integer("lastSequence")).integer("ticks"))
                        .isEqualTo(run.integer("published"));
            }
        });
    }
}
