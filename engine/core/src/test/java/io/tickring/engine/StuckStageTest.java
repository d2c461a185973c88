package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader.ReportedState;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stage that does not come back: it is named, the engine says so, goes on when it does, and ends when it does not. */
@Timeout(60)
class StuckStageTest {
    private static final ReportedState STALLED = new ReportedState(EngineState.DEGRADED, StateReason.STALLED.name());

    @TempDir
    private Path folder;

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldNameItAndLoseNothingOnceItIsReleased(ThreadingMode threading) throws InterruptedException {
        long accepted = 0;
        Engine engine = Engine.launch(context().threading(threading).overflow(OverflowPolicy.DROP));
        try (engine) {
            TickPublisher publisher = engine.newPublisher("p");
            int id = publisher.define("A");
            accepted += publish(publisher, id);
            stuck.await();
            long stuckNs = System.nanoTime();
            while (engine.status().state() != EngineState.DEGRADED) {
                accepted += publish(publisher, id);
                assertThat(System.nanoTime() - stuckNs).isLessThan(TimeUnit.SECONDS.toNanos(10));
            }
            assertThat(System.nanoTime() - stuckNs).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
            assertThat(engine.status().reported()).isEqualTo(STALLED);
            assertThat(engine.status().errors())
                    .anyMatch(error -> error.message().startsWith("STALLED: stage=slow "));
            assertThat(engine.status().counters().get("publisher p: dropped")).isPositive();
            released.countDown();
            Await.until("running", () -> engine.status().state() == EngineState.RUNNING);
            accepted += publish(publisher, id);
            assertThat(engine.stopReason()).isNull();
        }
        assertThat(engine.summary().state()).isEqualTo(EngineState.STOPPED);
        assertThat(engine.summary().published()).isEqualTo(accepted);
        assertThat(engine.summary().journaled()).isEqualTo(accepted);
        assertSound();
    }

    @Test
    void shouldEndWhenDegradedIfAsked() throws InterruptedException {
        Engine engine = Engine.launch(context().onDegraded(DegradedPolicy.STOP));
        TickPublisher publisher = engine.newPublisher("p");
        publish(publisher, publisher.define("A"));
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.DEGRADED);
        released.countDown();
        engine.close();
        assertThat(engine.summary().state()).isEqualTo(EngineState.HALTED);
        assertThat(engine.summary().reason()).isEqualTo(StateReason.STALLED);
        assertThat(engine.summary().journaled()).isEqualTo(1);
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldNotWaitForEverWhenItEnds(ThreadingMode threading) {
        Engine engine = Engine.launch(context().threading(threading));
        TickPublisher publisher = engine.newPublisher("p");
        publish(publisher, publisher.define("A"));
        engine.close();
        assertThat(engine.status().reported())
                .isEqualTo(new ReportedState(EngineState.HALTED, StateReason.STALLED.name()));
        assertThat(engine.status().errors())
                .anyMatch(error -> error.message().contains("stage=slow is stuck at sequence="));
        // Late, it finds nothing that it could harm.
        released.countDown();
        assertSound();
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.SLEEP)
                .ringCapacity(64)
                .instruments(16)
                .handler("slow", (records, offset, first, count) -> {
                    stuck.countDown();
                    awaitRelease();
                });
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers how many were accepted. */
    private static int publish(TickPublisher publisher, int id) {
        if (publisher.awaitClaim(1) < 0) {
            return 0;
        }
        publisher.claim().tick(0).quote(id, NO_TIME, 1, 1, 2, 3, 4);
        publisher.claim().commit();
        return 1;
    }

    private void assertSound() {
        assertThat(new JournalCheck(folder, (sequence, last) -> {}).run().error())
                .isNull();
    }
}
