package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof of the house: live, replay, verify and a second engine fed by the journal have one digest. */
class HouseProofTest {
    private static final int TICKS_EACH = 3_000;
    /** Threads that spin on fewer cores than they are wait for each other's time slices: there a few ticks must do. */
    private static final int SPUN_TICKS_EACH = 100;

    private static final long CHECKPOINT_INTERVAL = 10;

    static Stream<Arguments> houses() {
        List<Arguments> houses = new ArrayList<>();
        for (int producers : new int[] {1, 2, 4}) {
            for (ThreadingMode threading : List.of(ThreadingMode.SHARED, ThreadingMode.DEDICATED)) {
                for (WaitMode wait : WaitMode.values()) {
                    for (int ring : new int[] {8, 64, 65_536}) {
                        houses.add(Arguments.of(producers, threading, wait, ring));
                    }
                }
            }
        }
        return houses.stream();
    }

    @ParameterizedTest
    @MethodSource("houses")
    void shouldHaveOneDigestLiveReplayedVerifiedAndRepublished(
            int producers, ThreadingMode threading, WaitMode wait, int ring, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path first = folder.resolve("first");
        int ticksEach = wait == WaitMode.BUSY_SPIN ? SPUN_TICKS_EACH : TICKS_EACH;
        RunSummary live = runProducers(context(first, threading, wait, ring), producers, ticksEach);
        assertThat(live.published()).isEqualTo((long) producers * ticksEach);
        assertThat(List.of(live.journaled(), live.applied())).containsOnly(live.published());
        assertThat(live.published() + live.definitions() + live.padding() + live.control())
                .isEqualTo(live.lastSequence() - live.firstSequence() + 1);

        JournalCheck.Result check = new JournalCheck(first, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.digest()).isEqualTo(live.digest());
        assertThat(check.ticks()).isEqualTo(live.published());
        assertThat(check.lastSequence()).isEqualTo(live.lastSequence());
        assertThat(check.checkpoints()).isEqualTo(live.control()).isPositive();

        RunSummary replayed =
                runFeed(new EngineContext().threading(threading).waitMode(wait).ringCapacity(ring), first);
        assertThat(replayed.digest()).isEqualTo(live.digest());
        assertThat(replayed.lastSequence()).isEqualTo(live.lastSequence());

        Path second = folder.resolve("second");
        RunSummary republished = runFeed(context(second, threading, wait, ring), first);
        assertThat(republished.digest()).isEqualTo(live.digest());
        assertThat(republished.lastSequence()).isEqualTo(live.lastSequence());
        assertThat(republished.control()).isEqualTo(live.control());
        assertThat(new JournalCheck(second, (sequence, last) -> {}).run().digest())
                .isEqualTo(live.digest());
        assertThat(PriceTableReader.map(second).instruments()).isEqualTo((int) live.definitions());
    }

    @Test
    void shouldContinueAfterARestartAsIfItHadNeverStopped(@TempDir Path folder)
            throws InterruptedException, IOException {
        RunSummary first = runProducers(context(folder, ThreadingMode.SHARED, WaitMode.YIELD, 1024), 2, TICKS_EACH);
        RunSummary second = runProducers(context(folder, ThreadingMode.SHARED, WaitMode.YIELD, 1024), 2, TICKS_EACH);
        assertThat(second.firstSequence()).isEqualTo(first.lastSequence() + 1);
        assertThat(second.definitions()).isZero();
        RunSummary idle = runProducers(context(folder, ThreadingMode.SHARED, WaitMode.YIELD, 1024), 0, 0);
        assertThat(idle.lastSequence()).isEqualTo(second.lastSequence());
        assertThat(idle.digest()).isEqualTo(second.digest());
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.digest()).isEqualTo(second.digest());
        assertThat(check.ticks()).isEqualTo(first.published() + second.published());
    }

    private static EngineContext context(Path folder, ThreadingMode threading, WaitMode wait, int ring) {
        return new EngineContext()
                .dataDirectory(folder)
                .threading(threading)
                .waitMode(wait)
                .ringCapacity(ring)
                .instruments(256)
                .checkpointInterval(CHECKPOINT_INTERVAL);
    }

    private static RunSummary runFeed(EngineContext context, Path source) throws IOException, InterruptedException {
        JournalFeed feed = JournalFeed.open(source, JournalRange.WHOLE);
        try (Engine engine = Engine.launch(
                context.instruments(256).checkpointInterval(CHECKPOINT_INTERVAL).republish(feed))) {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
            return summaryOfClosed(engine);
        }
    }

    private static RunSummary runProducers(EngineContext context, int producers, int ticksEach)
            throws InterruptedException {
        try (Engine engine = Engine.launch(context)) {
            List<Thread> threads = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                TickPublisher publisher = engine.newPublisher("p" + p);
                int seed = p;
                threads.add(new Thread(() -> produce(publisher, new SplittableRandom(seed), ticksEach), "p" + p));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            RunSummary summary = summaryOfClosed(engine);
            assertThat(engine.status().errors()).isEmpty();
            return summary;
        }
    }

    private static RunSummary summaryOfClosed(Engine engine) {
        engine.close();
        return engine.summary();
    }

    private static void produce(TickPublisher publisher, SplittableRandom random, int ticks) {
        UnsafeBuffer batch = new UnsafeBuffer(new byte[4 * TickDescriptor.LENGTH]);
        MutableTick tick = new MutableTick();
        for (int i = 0; i < ticks; ) {
            int count = Math.min(random.nextInt(1, 5), ticks - i);
            for (int t = 0; t < count; t++) {
                int id = publisher.define("S" + random.nextInt(40));
                tick.wrap(batch, t * TickDescriptor.LENGTH);
                if (random.nextInt(3) == 0) {
                    tick.trade(id, i, i + 1, random.nextLong(1, 1L << 40), random.nextLong(1, 1L << 40), i, (byte) 1);
                } else {
                    tick.quote(id, TickDescriptor.NO_TIME, i, random.nextLong(), random.nextLong(), 3, 4);
                }
            }
            if (random.nextInt(20) == 0) {
                publisher.awaitClaim(2);
                publisher.claim().abort();
            }
            assertThat(publisher.publish(batch, 0, count)).isPositive();
            i += count;
        }
    }
}
