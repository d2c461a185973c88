package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments, again and again in one folder, in files of a second each. */
@ExtendWith(FaultTable.class)
class KillIT {
    private static final FaultRow ROW =
            FaultTable.row("01 kill -9", "a block is in the page cache, whole, before its sequence is told");
    private static final int VERIFY_EVERY = 50;
    private static final long MAX_START_MS = 3_000;
    /** What {@code --version} takes where a start takes half of the most: on a slower or busier machine more is granted. */
    private static final long VERSION_MS = 600;

    @TempDir
    Path folder;

    private final List<Long> startsMs = new ArrayList<>();
    private Path data;
    private long verified;

    @Test
    void shouldLoseNothingThatWasAcknowledged() throws IOException {
        data = folder.resolve("data");
        long versionMs = versionMs();
        ROW.each(500, 10, this::round);
        versionMs = Math.max(versionMs, versionMs());
        Tail.verify(data, verified);
        Collections.sort(startsMs);
        long median = startsMs.get(startsMs.size() / 2);
        ROW.note("start to running, of " + startsMs.size() + " starts: median " + median + " ms, 99th percentile "
                + startsMs.get(startsMs.size() * 99 / 100) + " ms, most " + startsMs.get(startsMs.size() - 1)
                + " ms, where --version takes " + versionMs + " ms; " + verified + " sequences");
        assertThat(median)
                .as("start to running, in ms")
                .isLessThanOrEqualTo(MAX_START_MS * Math.max(VERSION_MS, versionMs) / VERSION_MS);
    }

    private long versionMs() {
        try (Jar jar = new Jar(folder)) {
            long start = System.nanoTime();
            assertThat(jar.engine("--version").exitCode()).isZero();
            return (System.nanoTime() - start) / 1_000_000;
        }
    }

    private void round(int number, Random random) throws Exception {
        long acknowledged = runAndKill(number, 10 + random.nextInt(981));
        verified = requireTail(data, verified, acknowledged);
        if ((number + 1) % VERIFY_EVERY == 0) {
            Tail.verify(data, verified);
        }
    }

    /**
     * A store that keeps its last blocks in the process would leave this. The newest may not be acknowledged yet, and the one before may
     * be a dictionary.
     */
    @Test
    void shouldSeeABlockThatDidNotOutliveTheProcess() throws IOException {
        data = folder.resolve("data");
        long acknowledged = runAndKill(0, 500);
        JournalImage.zeroLastBlocks(data, 3);
        ROW.control("the last blocks lost with the process", "", () -> requireTail(data, 0, acknowledged));
    }

    private static long requireTail(Path data, long verified, long acknowledged) throws Exception {
        long last = Tail.replay(data, verified + 1);
        assertThat(last).as("the last sequence, and what was acknowledged").isGreaterThanOrEqualTo(acknowledged);
        return last;
    }

    private long runAndKill(int number, long afterMs) {
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = LiveEngine.watch(
                    jar.startEngine(
                            "--data", data, "--roll", "secondly", "--feed", "sim:rate=50k,seed=" + number, "--quiet"),
                    data,
                    LiveEngine.statusIn(data));
            startsMs.add(engine.awaitRunning());
            Jar.sleep(afterMs);
            engine.process().kill();
            return engine.journaled();
        }
    }
}
