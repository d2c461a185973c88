package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FeedOutputTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    @Test
    void shouldPublishExactlyTheLimitOverThreeThreads() throws InterruptedException {
        int limit = 100_003;
        try (FeedRig rig = new FeedRig()) {
            TickBudget budget = new TickBudget(limit);
            List<FeedCounters> counters = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                FeedCounters own = rig.counters("feed-" + i);
                FeedOutput output = rig.output(own, "", budget, new PaceClock(PaceClock.MAX));
                counters.add(own);
                threads.add(new Thread(() -> giveUntilClosed(output)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            List<TickEvent> ticks = TickEvent.ticksOf(rig.drain());
            assertThat(ticks).hasSize(limit);
            assertThat(counters.stream().mapToLong(FeedCounters::quotes).sum())
                    .isEqualTo(ticks.stream().filter(t -> t.side() == 0).count());
            assertThat(counters.stream().mapToLong(FeedCounters::trades).sum())
                    .isEqualTo(ticks.stream().filter(t -> t.side() != 0).count());
            assertThat(budget.isSpent()).isTrue();
        }
    }

    @Test
    void shouldGiveTheBudgetOfDroppedTicksBack() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try (FeedRig rig = new FeedRig(8, 16, (records, offset, firstSequence, count) -> await(release))) {
            FeedCounters counters = rig.counters("drop");
            TickBudget budget = new TickBudget(1000);
            FeedOutput output = rig.output(counters, "", budget, new PaceClock(PaceClock.MAX), OverflowPolicy.DROP);
            int id = output.instrument("X");
            for (int i = 0; i < 500; i++) {
                output.quote(id, 1, 2, 3, 4, 5, 6);
            }
            output.flush();
            release.countDown();
            long published = rig.ring().lastClaimedSequence() - 1;
            assertThat(published).isBetween(1L, 7L);
            assertThat(counters.quotes()).isEqualTo(500);
            assertThat(counters.dropped()).isEqualTo(500 - published);
            assertThat(budget.take(1000)).isEqualTo((int) (1000 - published));
            assertThat(output.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1000, PaceClock.MAX})
    void shouldHoldRecordedTicksWhilePaused(double speed) throws InterruptedException {
        PaceClock pace = new PaceClock(speed);
        try (FeedRig rig = new FeedRig()) {
            FeedOutput output = rig.output(rig.counters("held"), "", new TickBudget(TickBudget.UNLIMITED), pace);
            int id = output.instrument("X");
            pace.start(0, System.nanoTime());
            output.quote(id, 1, 2, 3, 4, 5, 6);
            pace.pause(System.nanoTime());
            Thread feed = new Thread(() -> {
                output.awaitDue(1);
                output.quote(id, 1, 2, 3, 4, 5, 6);
                output.flush();
            });
            feed.start();
            // What was gathered is published before the wait begins; from then on the thread does nothing but wait.
            while (rig.ring().lastClaimedSequence() < 2 || feed.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(rig.ring().lastClaimedSequence()).isEqualTo(2);
            pace.resume(System.nanoTime());
            feed.join();
            assertThat(TickEvent.ticksOf(rig.drain())).hasSize(2);
        }
    }

    @Test
    void shouldWaitForAPauseThatBeganAndEndedBeforeTheTickWasDue() throws InterruptedException {
        PaceClock pace = new PaceClock(1);
        long gapNs = 200_000_000;
        try (FeedRig rig = new FeedRig()) {
            FeedOutput output = rig.output(rig.counters("gap"), "", new TickBudget(TickBudget.UNLIMITED), pace);
            long startNs = System.nanoTime();
            pace.start(0, startNs);
            Thread feed = new Thread(() -> output.awaitDue(gapNs));
            feed.start();
            while (feed.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            // A pause of twice the gap, told at once.
            pace.pause(startNs);
            pace.resume(startNs + 2 * gapNs);
            feed.join();
            assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(3 * gapNs);
        }
    }

    @Test
    void shouldGatherTicksAndPublishThemInOrderAtAFlush() {
        try (FeedRig rig = new FeedRig()) {
            FeedCounters counters = rig.counters("gather");
            FeedOutput output =
                    rig.output(counters, ".x", new TickBudget(TickBudget.UNLIMITED), new PaceClock(PaceClock.MAX));
            int id = output.instrument("ABC");
            output.quote(id, 1, 2, 3, 4, 5, 6);
            output.trade(id, 7, 8, 9, 10, 11, SIDE_BUY);
            assertThat(TickEvent.ticksOf(rig.drain())).isEmpty();
            output.flush();
            output.flush();
            assertThat(TickEvent.ticksOf(rig.drain()))
                    .containsExactly(
                            TickEvent.quote(id, 1, 2, 3, 4, 5, 6), TickEvent.trade(id, 7, 8, 9, 10, 11, SIDE_BUY));
            assertThat(TickEvent.symbolsOf(rig.drain())).containsExactly("ABC.x");
            assertThat(List.of(counters.quotes(), counters.trades(), counters.lines()))
                    .containsExactly(1L, 1L, 2L);
        }
    }

    @Test
    void shouldHoldARecordedTickUntilItIsDue() {
        try (FeedRig rig = new FeedRig()) {
            PaceClock pace = new PaceClock(2);
            FeedOutput output = rig.output(rig.counters("pace"), "", new TickBudget(TickBudget.UNLIMITED), pace);
            long startNs = System.nanoTime();
            pace.start(1_000_000_000, startNs);
            output.awaitDue(1_000_000_000);
            output.awaitDue(1_060_000_000);
            assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(30_000_000);
            long lateNs = System.nanoTime();
            output.awaitDue(1_000_000_001);
            assertThat(System.nanoTime() - lateNs).isLessThan(HOUR_NS);
        }
    }

    @Test
    void shouldPublishBeforeItHoldsAndLetGoWhenTheRunStops() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(2);
        try (FeedRig rig = new FeedRig(64, 16, (records, offset, firstSequence, count) -> {
            for (int i = 0; i < count; i++) {
                seen.countDown();
            }
        })) {
            PaceClock pace = new PaceClock(1);
            pace.start(0, System.nanoTime());
            FeedCounters counters = rig.counters("pace");
            FeedOutput output = rig.output(counters, "", new TickBudget(TickBudget.UNLIMITED), pace);
            Thread feed = new Thread(() -> {
                output.quote(output.instrument("X"), 1, 2, 3, 4, 5, 6);
                output.awaitDue(HOUR_NS);
                output.quote(0, 1, 2, 3, 4, 5, 6);
                output.flush();
            });
            feed.start();
            seen.await();
            assertThat(output.isOpen()).isTrue();
            rig.ring().close();
            feed.join();
            assertThat(output.isOpen()).isFalse();
            assertThat(counters.quotes()).isEqualTo(1);
        }
    }

    @Test
    void shouldBeClosedOnceTheLastTickOfTheLimitIsPublished() {
        try (FeedRig rig = new FeedRig()) {
            FeedOutput output = rig.output("", 2);
            int id = output.instrument("X");
            output.quote(id, 1, 2, 3, 4, 5, 6);
            output.flush();
            assertThat(output.isOpen()).isTrue();
            output.quote(id, 1, 2, 3, 4, 5, 6);
            assertThat(output.isOpen()).isTrue();
            output.flush();
            assertThat(output.isOpen()).isFalse();
        }
    }

    @Test
    void shouldTakeNothingOnceTheRingIsClosed() {
        try (FeedRig rig = new FeedRig()) {
            FeedCounters counters = rig.counters("closed");
            TickBudget budget = new TickBudget(10);
            FeedOutput output = rig.output(counters, "", budget, new PaceClock(PaceClock.MAX));
            int id = output.instrument("X");
            rig.ring().close();
            output.quote(id, 1, 2, 3, 4, 5, 6);
            output.flush();
            assertThat(output.isOpen()).isFalse();
            assertThat(output.instrument("Y")).isEqualTo((int) TickPublisher.CLOSED);
            assertThat(counters.lines()).isZero();
            assertThat(budget.take(100)).isEqualTo(10);
        }
    }

    private static void giveUntilClosed(FeedOutput output) {
        int id = output.instrument("X");
        for (long i = 1; output.isOpen(); i++) {
            if (i % 3 == 0) {
                output.trade(id, i, i, i, i, i, SIDE_BUY);
            } else {
                output.quote(id, i, i, i, i, i, i);
            }
        }
        output.flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
