package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.request.EngineClosed;
import io.tickring.engine.request.Flushed;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.subscription.WhenBehind;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers that fall behind, stand still or throw, and what becomes of them, of the others and of the engine. */
@Timeout(120)
class BehindTest {
    private static final int RING = 1_024;

    @TempDir
    private Path folder;

    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void release() {
        stuck.countDown();
    }

    @Test
    void shouldShowEverySequenceToOneThatHolds() {
        Engine engine = Engine.launch(context());
        Tally holds = new Tally();
        Tally other = new Tally();
        try (engine) {
            holds.start(engine.subscribe(lossless(WhenBehind.HOLD), holds));
            other.start(engine.subscribe(lossless(WhenBehind.HOLD), other));
            Await.until("their snapshots", () -> holds.snapshotSequence == 0 && other.snapshotSequence == 0);
            publish(engine, 200_000);
        }
        for (Tally tally : List.of(holds, other)) {
            tally.awaitEnd();
            assertThat(tally.fault).isNull();
            assertThat(tally.missed).isZero();
            assertThat(tally.ticks).isEqualTo(200_000);
            assertThat(tally.subscription().endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
            assertThat(tally.subscription().position())
                    .isEqualTo(engine.summary().lastSequence());
        }
    }

    @Test
    void shouldLetGoOfOneThatIsStuckAndHurtNobodyElse() {
        Engine engine = Engine.launch(context());
        Tally well = new Tally();
        Tally disconnects = new Tally().onTick(this::stick);
        Map<Integer, Long> newest = new HashMap<>();
        Tally conflates = new Tally().onTick(this::stick);
        Tally throwing = new Tally().onTick(() -> {
            throw new IllegalStateException("of its own");
        });
        try (engine) {
            well.start(engine.subscribe(lossless(WhenBehind.HOLD), well));
            disconnects.start(engine.subscribe(lossless(WhenBehind.DISCONNECT), disconnects));
            conflates.start(engine.subscribe(lossless(WhenBehind.CONFLATE), new TickListener() {
                @Override
                public void onTick(Tick tick) {
                    conflates.onTick(tick);
                }

                @Override
                public void onMissed(long first, long last, MissedCause cause) {
                    conflates.onMissed(first, last, cause);
                }

                @Override
                public void onSnapshot(PriceTableReader table, long sequence) {
                    conflates.onSnapshot(table, sequence);
                }

                @Override
                public void onRow(PriceRow row, long folded) {
                    newest.put(row.instrumentId(), row.bid());
                    conflates.onRow(row, folded);
                }
            }));
            throwing.start(engine.subscribe(lossless(WhenBehind.HOLD), throwing));
            Await.until(
                    "the joins",
                    () -> Stream.of(well, disconnects, conflates, throwing)
                            .allMatch(tally -> tally.snapshotSequence == 0));
            publish(engine, 1);
            Await.until("two that are stuck", () -> disconnects.ticks == 1 && conflates.ticks == 1);
            publish(engine, 100_000);
            Await.until("one to hear it all", () -> well.ticks == 100_001);
            assertThat(throwing.awaitEnd().subscription().endReason()).isEqualTo(EndReason.LISTENER_THREW);
            assertThat(throwing.ticks).isEqualTo(1);
            stuck.countDown();
            assertThat(disconnects.awaitEnd().subscription().endReason()).isEqualTo(EndReason.FELL_BEHIND);
            Await.until("the newest states", () -> newest.size() == 4);
        }
        conflates.awaitEnd();
        assertThat(conflates.conflated).as("what no longer came one by one").isGreaterThan(1_000);
        assertThat(conflates.missed).isZero();
        assertThat(disconnects.fault).isNull();
        assertThat(disconnects.ticks).isBetween(1L, 2L * RING);
        assertThat(conflates.ticks + conflates.rows)
                .as("ticks, rows, and what is folded")
                .isLessThanOrEqualTo(100_001);
        assertThat(conflates.subscription().endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
        assertThat(newest).isEqualTo(Map.of(0, 99_996L, 1, 99_997L, 2, 99_998L, 3, 99_999L));
        assertThat(well.fault).isNull();
        assertThat(well.missed).isZero();
        assertThat(engine.counters().failures.get()).isZero();
    }

    @Test
    void shouldLetProducersGoOnWhenOneThatHoldsIsStuckForTooLong() {
        try (Engine engine = Engine.launch(context().idleLimit(Duration.ofMillis(500)))) {
            Tally holds = new Tally().onTick(this::stick);
            holds.start(engine.subscribe(lossless(WhenBehind.HOLD).name("stuck"), holds));
            Await.until("the join", () -> holds.snapshotSequence == 0);
            long startNs = System.nanoTime();
            publish(engine, 20 * RING);
            assertThat(System.nanoTime() - startNs).as("it was waited for").isGreaterThan(300_000_000L);

            assertThat(engine.status().counters())
                    .containsEntry("subscriptions let go", 1L)
                    .containsEntry("subscriptions", 0L);
            assertThat(engine.status().errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.message()).startsWith("subscription=stuck has not polled"));
            stuck.countDown();
            assertThat(holds.awaitEnd().subscription().endReason()).isEqualTo(EndReason.IDLE);
        }
    }

    @Test
    void shouldComeBackFromAPollThatFindsNothingItWasAskedFor() {
        try (Engine engine = Engine.launch(context())) {
            publish(engine, 200_000);
            Await.until("the journal", () -> engine.counters().journaledSequence.get() >= 200_004);
            Tally none = new Tally();
            Subscription subscription = engine.subscribe(
                    new SubscriptionContext()
                            .mode(SubscriptionMode.LOSSLESS)
                            .fromStart()
                            .symbols("NONE"::equals),
                    none);
            assertThat(subscription.poll(1)).isZero();
            assertThat(subscription.position()).isBetween(1L, 100_000L);
            Await.until("the end", () -> subscription.poll(1) == 0 && subscription.position() >= 200_004);
            assertThat(none.ticks).isZero();
        }
    }

    @Test
    void shouldEndInOrderWithAllOfItAlive() {
        Engine engine = Engine.launch(context());
        List<Tally> tallies = new ArrayList<>();
        List<CompletableFuture<Flushed>> flushes = new ArrayList<>();
        Tally stands = new Tally().onTick(this::stick);
        LongSupplier journaled = () -> engine.counters().journaledSequence.get();
        long startNs;
        try (engine) {
            for (SubscriptionContext each : List.of(
                    new SubscriptionContext().mode(SubscriptionMode.EVERY),
                    new SubscriptionContext().mode(SubscriptionMode.LATEST),
                    new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).fromStart(),
                    lossless(WhenBehind.HOLD),
                    lossless(WhenBehind.CONFLATE),
                    lossless(WhenBehind.DISCONNECT))) {
                Tally tally = new Tally();
                tallies.add(tally.start(engine.subscribe(each, tally)));
            }
            Await.until("the joins", () -> tallies.get(3).snapshotSequence == 0);
            publish(engine, 5_000);
            stands.start(engine.subscribe(lossless(WhenBehind.HOLD).name("stands"), stands));
            Await.until("another", () -> stands.snapshotSequence >= 0);
            publish(engine, 10);
            Await.until("one that stands", () -> stands.ticks == 1);
            for (int i = 0; i < 100; i++) {
                flushes.add(engine.requests().flush());
            }
            startNs = System.nanoTime();
        }
        assertThat(System.nanoTime() - startNs).as("the close").isLessThan(TimeUnit.SECONDS.toNanos(10));
        long last = engine.summary().lastSequence();
        assertThat(journaled.getAsLong()).isEqualTo(last);
        assertThat(flushes).allSatisfy(flush -> assertThat(flush).isDone());
        assertThat(flushes.stream().filter(CompletableFuture::isCompletedExceptionally))
                .allSatisfy(flush -> assertThat(flush)
                        .isCompletedExceptionally()
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCauseInstanceOf(EngineClosed.class));
        tallies.forEach(Tally::awaitEnd);
        assertThat(tallies).allSatisfy(tally -> {
            assertThat(tally.fault).isNull();
            assertThat(tally.subscription().failure()).isNull();
            assertThat(tally.missed).isZero();
        });
        for (int lossless : new int[] {0, 2, 3}) {
            assertThat(tallies.get(lossless).subscription().endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
            assertThat(tallies.get(lossless).ticks).as("of %d", lossless).isEqualTo(5_010);
            assertThat(tallies.get(lossless).subscription().position()).isEqualTo(last);
        }
        assertThat(tallies.get(1).ticks + tallies.get(1).rows)
                .as("rows, and what is folded")
                .isEqualTo(5_010);
        stuck.countDown();
        stands.awaitEnd();
        assertThat(stands.subscription().endReason()).isEqualTo(EndReason.FELL_BEHIND);
    }

    private void stick() {
        try {
            stuck.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .instruments(256)
                .ringCapacity(RING)
                .broadcastBytes(1 << 20);
    }

    private static SubscriptionContext lossless(WhenBehind policy) {
        return new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).whenBehind(policy);
    }

    /** Quotes of four instruments in turn, whose bid is their number. */
    private static void publish(Engine engine, int ticks) {
        TickPublisher publisher = engine.newPublisher("p");
        int[] ids = new int[4];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = publisher.define("I" + i);
        }
        for (int i = 0; i < ticks; i++) {
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(ids[i % 4], TickDescriptor.NO_TIME, i, i, i + 1, 1, 1);
            publisher.claim().commit();
        }
    }
}
