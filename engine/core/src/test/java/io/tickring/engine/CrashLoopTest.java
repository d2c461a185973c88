package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail at once, again and again. */
@Timeout(60)
class CrashLoopTest {
    private static final long START_MS = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    private volatile long nowMs = START_MS;

    @Test
    void shouldRefuseAfterFiveRunsThatFailedAtOnce() throws Exception {
        for (int run = 0; run < 5; run++) {
            failAtOnce();
        }
        Path starts = folder.resolve("starts");
        assertThat(Files.readAllLines(starts)).hasSize(5).allMatch(line -> line.endsWith("Z JOURNAL_FAILED"));
        assertThatThrownBy(() -> Engine.launch(context()))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.isJournalDamaged()).isFalse())
                .hasMessageContaining("crash loop: 5 runs within 10m")
                .hasMessageContaining(starts.toString())
                .hasMessageContaining("--crash-loop off");
        StatusReader refused = StatusReader.map(folder);
        assertThat(refused.state()).isEqualTo(EngineState.HALTED);
        assertThat(refused.reason()).isEqualTo("CRASH_LOOP");

        Engine.launch(context().crashLoop(null)).close();
        Engine.launch(context().crashLoop(new CrashLoop(6, Duration.ofMinutes(10))))
                .close();
        assertThatThrownBy(() -> Engine.launch(context())).hasMessageContaining("crash loop: 5 runs");
        byte[] ends = Files.readAllBytes(starts);
        Files.delete(starts);
        Engine.launch(context()).close();
        Files.write(starts, ends);
        nowMs = nowMs + TimeUnit.MINUTES.toMillis(10);
        Engine.launch(context()).close();
    }

    @Test
    void shouldCountNoRunThatJournaledOrEndedWellOrForAnotherReason() throws Exception {
        Engine journaled = Engine.launch(context().handler("broken", (records, offset, first, count) -> {
            throw new IllegalStateException("broken");
        }));
        journaled.newPublisher("p").define("A");
        assertThat(journaled.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        journaled.close();
        Engine.launch(context()).close();
        Engine notStarted = Engine.launch(context());
        notStarted.stop(StopReason.FAILED);
        notStarted.close();
        assertThat(notStarted.summary().reason()).isEqualTo(StateReason.FEED_FAILED);
        assertThat(folder.resolve("starts")).doesNotExist();
    }

    @Test
    void shouldCountARunThatHadNoMemoryToSaySo() throws IOException {
        StatusWriter last = StatusWriter.build(folder, () -> nowMs);
        last.state(EngineState.HALTED, StateReason.OUT_OF_MEMORY);
        last.show(1, 1);
        assertThatThrownBy(() -> Engine.launch(context().crashLoop(new CrashLoop(1, Duration.ofMinutes(1)))))
                .hasMessageContaining("crash loop: 1 runs");
        assertThat(folder.resolve("starts")).hasContent("2027-01-15T08:00:00Z OUT_OF_MEMORY");
    }

    @Test
    void shouldTakeADamagedFileForNothing() throws IOException {
        Files.write(folder.resolve("starts"), new byte[] {-1, 0, 10, 32, 10, -2, 65, 10, 10, 10, 10});
        Engine.launch(context()).close();
        Files.writeString(folder.resolve("starts"), "\n\n \nnonsense HANDLER_FAILED\n".repeat(9));
        Engine.launch(context()).close();
    }

    /** The journal's folder becomes a file before the first record, and the journal's stage cannot begin its next file. */
    private void failAtOnce() throws InterruptedException, IOException {
        Engine engine = Engine.launch(context().roll(RollInterval.SECONDLY));
        Path journal = folder.resolve("journal");
        Path moved = folder.resolve("moved");
        Files.move(journal, moved);
        Files.writeString(journal, "no folder");
        nowMs = nowMs + 2_000;
        engine.newPublisher("p").define("A");
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        engine.close();
        assertThat(engine.summary().reason()).isEqualTo(StateReason.JOURNAL_FAILED);
        Files.delete(journal);
        Files.move(moved, journal);
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .epochClock(() -> nowMs)
                .threading(ThreadingMode.SHARED)
                .ringCapacity(64)
                .instruments(16);
    }
}
