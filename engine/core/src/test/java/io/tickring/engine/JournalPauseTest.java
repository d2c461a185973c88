package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.GapCause;
import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.JournalGap;
import io.tickring.engine.request.Flushed;
import io.tickring.engine.request.RequestFailed;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A journal that pauses for want of room goes on behind a gap that holds the state: nothing else is missing. */
@Timeout(120)
class JournalPauseTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"SHARED,APPLIED", "SHARED,JOURNALED", "DEDICATED,APPLIED", "DEDICATED,JOURNALED"})
    void shouldGoOnBehindAGapWithTheState(ThreadingMode threading, Visibility visible) {
        EngineContext context = context().threading(threading).visible(visible);
        Engine engine = Engine.launch(context);
        TickPublisher publisher = engine.newPublisher("own");
        publish(publisher, "A", 1_000);
        Await.until("journaled", () -> engine.counters().journaledSequence.get() >= 1_001);
        engine.pauseJournal(GapCause.DISK_LOW);
        publish(publisher, "B", 1_000);
        Await.until("passed over", () -> engine.counters().unjournaled.get() >= 1_001);
        assertThat(engine.counters().journaledSequence.get()).isLessThan(1_100);
        engine.resumeJournal();
        long begun = engine.counters().gaps.get();
        Await.until("a gap", () -> {
            publish(publisher, "C", 10);
            return engine.counters().gaps.get() > begun;
        });
        publish(publisher, "D", 500);
        engine.close();
        RunSummary run = engine.summary();
        assertThat(run.journaledSequence()).isEqualTo(run.lastSequence());
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.gaps()).hasSize(1).allMatch(gap -> gap.cause() == GapCause.DISK_LOW);
        JournalGap gap = check.gaps().get(0);
        assertThat(gap.to() - gap.from() + 1)
                .isEqualTo(engine.counters().unjournaled.get());
        assertThat(check.digest()).isEqualTo(run.digest());
        for (boolean rebuilding : List.of(true, false)) {
            try (Engine again = Engine.launch(context().rebuilding(rebuilding))) {
                assertThat(again.summary().digest()).isEqualTo(run.digest());
                assertThat(again.newPublisher("own").define("D")).isEqualTo(3);
            }
        }
    }

    @Test
    void shouldFailAFlushOfWhatThePauseTook() {
        CountDownLatch held = new CountDownLatch(1);
        AtomicBoolean holds = new AtomicBoolean();
        CountDownLatch entered = new CountDownLatch(1);
        EngineContext context = context().threading(ThreadingMode.SHARED).handler("hold", (r, o, first, n) -> {
            while (holds.get() && held.getCount() > 0) {
                entered.countDown();
                LockSupport.parkNanos(100_000);
            }
        });
        try (Engine engine = Engine.launch(context)) {
            TickPublisher publisher = engine.newPublisher("own");
            publish(publisher, "A", 10);
            assertThat(engine.requests().flush().join().sequence()).isEqualTo(11);
            holds.set(true);
            publish(publisher, "A", 1);
            Await.until("the stage is held", () -> entered.getCount() == 0);
            publish(publisher, "A", 1);
            CompletableFuture<Flushed> before = engine.requests().flush(Duration.ofMinutes(5));
            engine.pauseJournal(GapCause.DISK_LOW);
            publish(publisher, "A", 10);
            held.countDown();
            publish(publisher, "A", 10);
            Await.until("passed over", () -> engine.counters().unjournaled.get() > 0);
            assertNotJournaled(before);
            assertNotJournaled(engine.requests().flush(Duration.ofMinutes(5)));
            engine.resumeJournal();
            Await.until("a gap", () -> {
                publish(publisher, "A", 1);
                return engine.counters().gaps.get() == 1;
            });
            publish(publisher, "A", 1);
            Await.until("the pause's end", () -> engine.counters().journalPaused.get() == 0);
            long last = engine.requests().flush().join().sequence();
            assertThat(engine.counters().journaledSequence.get()).isGreaterThanOrEqualTo(last);
        }
    }

    private static void assertNotJournaled(CompletableFuture<Flushed> flush) {
        assertThatThrownBy(() -> flush.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(RequestFailed.Reason.NOT_JOURNALED))
                .hasMessageStartingWith("request=flush sequence=")
                .hasMessageContaining("make room on its disk");
    }

    @Test
    void shouldServeOnDegradedWhileTheDiskIsLow() {
        try (Engine engine = Engine.launch(context().watermarkBytes(Long.MAX_VALUE >> 1))) {
            Await.until("degraded", () -> engine.status().state() == EngineState.DEGRADED);
            assertThat(engine.status().reason()).isEqualTo("DISK_LOW");
            publish(engine.newPublisher("own"), "A", 100);
            Await.until("applied", () -> engine.counters().applied.get() == 100);
            assertThat(engine.counters().journaled.get()).isZero();
        }
    }

    /** Else the next run would give their sequences again. */
    @Test
    void shouldEndWithAGapWhenItEndsPaused() {
        Engine engine = Engine.launch(context().watermarkBytes(Long.MAX_VALUE >> 1));
        publish(engine.newPublisher("own"), "A", 100);
        engine.close();
        RunSummary run = engine.summary();
        assertThat(run.state()).isEqualTo(EngineState.HALTED);
        assertThat(run.reason()).isEqualTo(StateReason.DISK_LOW);
        assertThat(run.journaled()).isZero();
        assertThat(run.journaledSequence()).isEqualTo(run.durableSequence()).isEqualTo(run.lastSequence());
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.gaps()).containsExactly(new JournalGap(1, run.lastSequence(), GapCause.DISK_LOW));
        assertThat(check.digest()).isEqualTo(run.digest());
        for (boolean rebuilding : List.of(true, false)) {
            try (Engine again = Engine.launch(context().rebuilding(rebuilding))) {
                assertThat(again.summary().digest()).isEqualTo(run.digest());
                assertThat(again.newPublisher("own").define("A")).isZero();
                assertThat(again.firstSequence()).isGreaterThan(run.lastSequence());
            }
        }
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .liveDirectory(folder)
                .instruments(16)
                .checkpointInterval(64)
                .watermarkBytes(0);
    }

    private static void publish(TickPublisher publisher, String symbol, int ticks) {
        int id = publisher.define(symbol);
        for (int i = 0; i < ticks; i++) {
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).trade(id, i, i, 1 + i % 7, 2, i, (byte) 0);
            publisher.claim().commit();
        }
    }
}
