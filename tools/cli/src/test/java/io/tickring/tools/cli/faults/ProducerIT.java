package io.tickring.tools.cli.faults;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Market;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A producer's thread dies in the middle of a claim: what it held becomes padding, and all others go on. */
@ExtendWith(FaultTable.class)
class ProducerIT {
    private static final FaultRow ROW = FaultTable.row(
            "10 producer dies holding a claim", "the supervisor pads what a dead thread left, within a second");
    private static final int HELD = 5;
    private static final int LIVING_TICKS = 3;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    Path folder;

    /** How far a producer came with a claim when its thread ended. */
    private enum Step {
        CLAIMED(0),
        HALF_WRITTEN(HELD / 2),
        BEFORE_COMMIT(HELD);

        private final int written;

        Step(int written) {
            this.written = written;
        }
    }

    @Test
    void shouldPadWhatAProducerHeldThatDied() {
        for (Step step : Step.values()) {
            ROW.run(step.toString(), () -> requirePadded(step, true));
        }
    }

    @Test
    void shouldSeeAClaimThatNobodyPads() {
        ROW.control("the padding, for the thread lives on", "applied", () -> requirePadded(Step.HALF_WRITTEN, false));
    }

    private void requirePadded(Step step, boolean dies) throws Exception {
        Path data = folder.resolve("data-" + UUID.randomUUID());
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(dies ? 0 : 1);
        Engine engine = Engine.launch(
                new EngineContext().dataDirectory(data).ringCapacity(256).instruments(16));
        try (engine) {
            TickPublisher living = engine.newPublisher("living");
            TickPublisher dying = engine.newPublisher("dying");
            int id = living.define("BTC");
            Thread thread = new Thread(() -> {
                dying.awaitClaim(HELD);
                for (int i = 0; i < step.written; i++) {
                    dying.claim().tick(i).quote(id, NO_TIME, Market.OPENING_NS, 9, 10, 1, 1);
                }
                held.countDown();
                await(over);
                throw new IllegalStateException("the producer dies");
            });
            thread.setUncaughtExceptionHandler((dead, wanted) -> {});
            thread.start();
            held.await();
            if (dies) {
                thread.join();
            }
            try {
                requireApplied(engine, living, id);
            } finally {
                over.countDown();
                thread.join();
            }
            Jar.await("padding that is counted", () -> engine.counters().padding.get() == HELD);
            Jar.await(
                    "a notice that names the publisher",
                    () -> engine.status().errors().stream()
                            .anyMatch(error -> error.message()
                                    .contains("publisher=dying thread ended holding " + HELD + " slots")));
        }
        assertThat(engine.summary().padding()).isEqualTo(HELD);
        assertThat(Tail.verify(data, engine.summary().journaledSequence()).integer("ticks"))
                .as("ticks of the living alone")
                .isEqualTo(LIVING_TICKS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What others publish behind the claim is applied within a second. */
    private static void requireApplied(Engine engine, TickPublisher living, int id) throws InterruptedException {
        long sinceNs = System.nanoTime();
        for (int i = 0; i < LIVING_TICKS; i++) {
            assertThat(living.awaitClaim(1)).isPositive();
            living.claim().tick(0).quote(id, NO_TIME, Market.OPENING_NS + i, 1_000 + i, 1_001 + i, 1, 1);
            living.claim().commit();
        }
        while (engine.counters().applied.get() < LIVING_TICKS && System.nanoTime() - sinceNs < SECOND_NS) {
            Thread.sleep(1);
        }
        assertThat(engine.counters().applied.get())
                .as("applied within a second")
                .isEqualTo(LIVING_TICKS);
    }
}
