package io.tickring.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LatencyLogTest {
    private final StageLatency stage = new StageLatency("price", StatusWriter.inMemory(SystemEpochClock.INSTANCE));

    @TempDir
    private Path folder;

    @Test
    void shouldTellOfNothingWhereTheDiskTakesAll() throws Exception {
        assertThat(failures(folder.resolve("a.hlog"))).isZero();
        assertThat(Files.readString(folder.resolve("a.hlog")))
                .contains("#[Machine: none]")
                .contains("StartTime");
    }

    /** A device that is always full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTellOnceThatTheDiskDidNotTakeAll() throws Exception {
        assertThat(failures(Path.of("/dev/full"))).isOne();
    }

    private int failures(Path file) throws Exception {
        AtomicInteger failures = new AtomicInteger();
        LatencyLog log = LatencyLog.open(file, List.of(stage), 1, Map.of("Machine", "none"), failures::incrementAndGet);
        log.sample();
        log.close();
        return failures.get();
    }
}
