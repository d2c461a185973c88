package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The journal's disk is nearly full: the engine says so and ends, and all that it acknowledged is there when there is room again. */
@ExtendWith(FaultTable.class)
class DiskFullIT {
    private static final FaultRow ROW = FaultTable.row("05 disk nearly full", "room is watched, and the run drained");

    @TempDir
    Path folder;

    @Test
    void shouldEndForWantOfRoomBeforeTheDiskIsFull() {
        ROW.each(6, 1, (number, random) -> {
            try (Disk disk = number % 2 == 0 ? Disk.inMemory(ROW, folder, "50m") : Disk.ext4(ROW, folder, "64m")) {
                requireAll(disk.folder().resolve("data"), run(disk.folder().resolve("data")));
            }
        });
    }

    /** Answers what was acknowledged. */
    private long run(Path data) {
        Path live = folder.resolve("live-" + UUID.randomUUID());
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = LiveEngine.watch(
                    jar.startEngine("--data", data, "--live", live, "--feed", "sim:rate=20k", "--quiet"), live, null);
            engine.awaitRunning();
            engine.awaitHalted("disk low: ");
            return engine.journaled();
        }
    }

    private void requireAll(Path data, long acknowledged) throws IOException {
        assertThat(acknowledged).isPositive();
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .liveDirectory(folder.resolve("live-" + UUID.randomUUID()))
                .instruments(1_024))) {
            assertThat(engine.firstSequence()).as("where a run goes on").isGreaterThan(acknowledged);
        }
        Tail.verify(data, acknowledged);
    }
}
