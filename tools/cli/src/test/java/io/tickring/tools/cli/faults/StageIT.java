package io.tickring.tools.cli.faults;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.ThrowPolicy;
import io.tickring.engine.price.TableDigest;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.JsonText;
import io.tickring.tools.cli.Market;
import io.tickring.tools.cli.Run;
import io.tickring.tools.cli.RunLaws;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A stage of somebody's own throws, or stands still; the engine's threads are interrupted. */
@ExtendWith(FaultTable.class)
class StageIT {
    private static final FaultRow ROW =
            FaultTable.row("10 stage throws, sticks, interrupts", "a stage that throws halts the engine, and is named");
    private static final FaultRow SKIP_ROW = FaultTable.row(
            "10 stage throws, tick is skipped", "a tick that is thrown at is skipped, for all and for good");
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int BAD = 500;
    private static final int TICKS = 2_000;

    @TempDir
    Path folder;

    @Test
    void shouldHaltAndLoseNothingWhenAStageThrows() {
        ROW.eachKind(2, 20, 2, (number, random) -> {
            int bad = BAD + random.nextInt(BAD);
            requireHalted((records, offset, first, count) -> {
                if (first + count > bad) {
                    if (number % 2 == 0) {
                        throw new IllegalStateException("bad handler");
                    }
                    throw new StackOverflowError("bad handler");
                }
            });
        });
    }

    @Test
    void shouldSkipWhatAStageThrowsAtWhereItIsAskedTo() {
        SKIP_ROW.eachKind(2, 20, 4, (number, random) -> requireSkipped(number, random, ThrowPolicy.SKIP));
    }

    @Test
    void shouldSeeAStageThatHaltsTheEngineAtATick() {
        SKIP_ROW.control("the setting to skip", "halted", () -> requireSkipped(0, new Random(1), ThrowPolicy.HALT));
    }

    /** The engine cannot know what a handler keeps to itself. */
    @Test
    void shouldSeeAStageThatKeepsItsFailureToItself() {
        ROW.control(
                "the handler's throw, caught within it",
                "failures",
                () -> requireHalted((records, offset, first, n) -> {}));
    }

    @Test
    void shouldNameAStageThatSticksAndLoseNothing() {
        for (ThreadingMode threading : List.of(ThreadingMode.SHARED, ThreadingMode.DEDICATED)) {
            for (OverflowPolicy overflow : OverflowPolicy.values()) {
                ROW.run(
                        "stuck, " + threading + " " + overflow,
                        () -> requireNamed(threading, overflow, Long.MAX_VALUE));
            }
        }
    }

    @Test
    void shouldSeeAStageThatComesBackInTime() {
        ROW.control(
                "the watch, for the stage comes back before it looks",
                "STALLED",
                () -> requireNamed(ThreadingMode.SHARED, OverflowPolicy.WAIT, 100));
    }

    /** Stuck until it is released once it was named, or by itself after {@code longestMs}. */
    private void requireNamed(ThreadingMode threading, OverflowPolicy overflow, long longestMs) throws Exception {
        Path data = newFolder();
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Engine engine = Engine.launch(context(data)
                .threading(threading)
                .overflow(overflow)
                .handler("bad", (records, offset, first, count) -> {
                    stuck.countDown();
                    awaitQuietly(released, longestMs);
                }));
        long[] accepted = {0};
        try (engine) {
            Thread feed = new Thread(() -> accepted[0] = publish(engine), "stuck-feed");
            feed.start();
            stuck.await();
            long sinceNs = System.nanoTime();
            while (engine.status().state() != EngineState.DEGRADED && System.nanoTime() - sinceNs < 2 * SECOND_NS) {
                Thread.sleep(5);
            }
            assertThat(engine.status().reason()).as("STALLED, or not").isEqualTo("STALLED");
            assertThat(engine.status().errors())
                    .anyMatch(error -> error.message().startsWith("STALLED: stage=bad "));
            assertThat(feed.isAlive()).as("the feed waits for room").isEqualTo(overflow == OverflowPolicy.WAIT);
            assertThat(engine.stopReason()).isNull();
            released.countDown();
            Jar.await("an engine that runs again", () -> engine.status().state() == EngineState.RUNNING);
            feed.join(10_000);
            assertThat(engine.status().counters().get("publisher test: dropped"))
                    .isEqualTo(TICKS - accepted[0]);
        } finally {
            released.countDown();
        }
        assertThat(engine.summary().published()).isEqualTo(accepted[0]);
        assertThat(Tail.verify(data, accepted[0]).integer("ticks")).isEqualTo(accepted[0]);
    }

    /** Either nothing happens, or the engine halts: an interrupt closes the file that is being forced. */
    @Test
    void shouldLoseNothingInAStormOfInterrupts() {
        ROW.each(10, 1, (number, random) -> {
            Path data = newFolder();
            Engine engine = Engine.launch(context(data));
            try (engine) {
                Thread feed = new Thread(() -> publish(engine), "storm-feed");
                feed.start();
                for (int i = 0; i < 100; i++) {
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(StageIT::isOfAnEngine)
                            .forEach(Thread::interrupt);
                    Thread.sleep(random.nextInt(10));
                }
                feed.join(10_000);
            }
            long acknowledged = engine.summary().journaledSequence();
            if (engine.stopReason() != StopReason.FAILED) {
                assertThat(acknowledged).isGreaterThan(TICKS);
            }
            Tail.verify(data, acknowledged);
        });
    }

    private static boolean isOfAnEngine(Thread thread) {
        return thread.getName().matches("handlers|price|journal|counters|force|supervisor");
    }

    private void requireHalted(TickHandler bad) throws InterruptedException {
        Path data = newFolder();
        Engine engine = Engine.launch(context(data).handler("bad", bad));
        try (engine) {
            publish(engine);
            engine.awaitEnd(2, TimeUnit.SECONDS);
            assertThat(engine.counters().failures.get()).as("failures").isEqualTo(1);
            assertThat(engine.stopReason()).isEqualTo(StopReason.FAILED);
            assertThat(engine.status().errors())
                    .anyMatch(error -> error.message().contains("stage=bad"));
        }
        Tail.verify(data, engine.summary().journaledSequence());
    }

    /** Live, verified, replayed, started again and built anew there is one digest, and the ticks are counted that are applied. */
    private void requireSkipped(int number, Random random, ThrowPolicy policy) throws Exception {
        Path data = newFolder();
        ThreadingMode threading = number % 2 == 0 ? ThreadingMode.SHARED : ThreadingMode.DEDICATED;
        BitSet bad = new BitSet();
        random.ints(BAD, 0, TICKS).forEach(bad::set);
        Engine engine = Engine.launch(context(data)
                .threading(threading)
                .onThrow(policy)
                .handler("bad", (records, offset, first, count) -> {
                    for (int i = 0; i < count; i++) {
                        Tick tick = new Tick().wrap(records, offset + i * TickDescriptor.LENGTH);
                        if (tick.isTick() && bad.get((int) (tick.receiveTimeNs() - Market.OPENING_NS))) {
                            throw new IllegalStateException("bad tick");
                        }
                    }
                }));
        try (engine) {
            publish(engine);
        }
        RunSummary live = engine.summary();
        assertThat(live.state()).as("halted or not").isEqualTo(EngineState.STOPPED);
        assertThat(live.skipped()).isEqualTo(bad.cardinality());
        assertThat(live.applied()).isEqualTo(TICKS - bad.cardinality());
        assertThat(engine.status().errors())
                .singleElement()
                .matches(error -> error.observations() == bad.cardinality());
        String digest = TableDigest.format(live.digest());
        JsonText verified = Tail.verify(data, live.journaledSequence());
        assertThat(verified.text("digest")).isEqualTo(digest);
        assertThat(verified.integer("ticks")).isEqualTo(live.applied());
        assertThat(RunLaws.digestOf(Run.tools("replay", "--none", "--data", data)))
                .isEqualTo(digest);
        for (boolean rebuilding : new boolean[] {false, true}) {
            try (Engine again = Engine.launch(context(data).rebuilding(rebuilding))) {
                assertThat(again.summary().digest()).isEqualTo(live.digest());
            }
        }
    }

    private static void awaitQuietly(CountDownLatch released, long longestMs) {
        try {
            released.await(longestMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EngineContext context(Path data) {
        return new EngineContext().dataDirectory(data).ringCapacity(256).instruments(16);
    }

    private Path newFolder() {
        return folder.resolve("data-" + UUID.randomUUID());
    }

    /** Ends early where the engine takes no more; answers how many it took. */
    private static long publish(Engine engine) {
        TickPublisher publisher = engine.newPublisher("test");
        int id = publisher.define("BTC");
        long taken = 0;
        for (int i = 0; i < TICKS; i++) {
            long claimed = publisher.awaitClaim(1);
            if (claimed == TickPublisher.DROPPED) {
                continue;
            }
            if (claimed < 0) {
                break;
            }
            taken++;
            long bid = 1_000 + i;
            publisher.claim().tick(0).quote(id, NO_TIME, Market.OPENING_NS + i, bid, bid + 1, 1, 1);
            publisher.claim().commit();
        }
        return taken;
    }
}
