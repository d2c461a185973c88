package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.feed.SimFeed;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.EngineState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interrupts at every thread of the engine, again and again, over several files of the journal: nothing notices. */
@Timeout(90)
class InterruptTest {
    private static final long STORM_NS = TimeUnit.MILLISECONDS.toNanos(3_500);
    private static final Set<String> ROLES =
            Set.of("handlers", "price", "journal", "counters", "supervisor", "force", "snapshot", "storm-feed");

    /** How the stages wait and share threads, and who forces. */
    record Setting(ThreadingMode threading, WaitMode waitMode, Durability durability) {}

    @TempDir
    private Path folder;

    static List<Setting> settings() {
        return List.of(
                new Setting(ThreadingMode.SHARED, WaitMode.SLEEP, Durability.interval(Duration.ofMillis(1))),
                new Setting(ThreadingMode.DEDICATED, WaitMode.BLOCK, Durability.interval(Duration.ofMillis(1))),
                new Setting(ThreadingMode.SHARED, WaitMode.YIELD, Durability.BLOCK));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldLoseNothing(Setting setting) throws Exception {
        Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(folder)
                .threading(setting.threading())
                .waitMode(setting.waitMode())
                .durability(setting.durability())
                .roll(RollInterval.SECONDLY)
                .ringCapacity(1024)
                .checkpointInterval(4_096)
                .snapshotInterval(4_096)
                .instruments(64));
        try (engine) {
            engine.start(List.of(new Engine.NamedFeed("storm-feed", "", new SimFeed(16, 50_000, 1))));
            Set<String> hit = new TreeSet<>();
            long endNs = System.nanoTime() + STORM_NS;
            while (System.nanoTime() - endNs < 0) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> ROLES.contains(thread.getName()))
                        .forEach(thread -> {
                            hit.add(thread.getName());
                            thread.interrupt();
                        });
            }
            assertThat(engine.stopReason()).isNull();
            assertThat(engine.status().errors()).isEmpty();
            assertThat(hit).contains("supervisor", "snapshot", "storm-feed");
            assertThat(engine.counters().snapshots.get()).isPositive();
        }
        RunSummary run = engine.summary();
        assertThat(run.state()).isEqualTo(EngineState.STOPPED);
        assertThat(run.published())
                .isPositive()
                .isEqualTo(run.feeds().get(0).quotes() + run.feeds().get(0).trades())
                .isEqualTo(run.applied())
                .isEqualTo(run.journaled());
        assertThat(run.durableSequence()).isEqualTo(run.lastSequence());
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
    }
}
