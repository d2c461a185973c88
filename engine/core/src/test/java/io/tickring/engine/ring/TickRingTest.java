package io.tickring.engine.ring;

import static io.tickring.engine.tick.TickDescriptor.DEFINITION;
import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.PADDING;
import static io.tickring.engine.tick.TickDescriptor.QUOTE;
import static io.tickring.engine.tick.TickDescriptor.SKIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Await;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TickRingTest {
    private static final long FIRST = 101;

    private final Records records = new Records();
    private final AtomicCounter dropped = Records.counter();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();
    private TickRing ring;
    private TickProcessor processor;

    @AfterEach
    void end() throws InterruptedException {
        if (processor != null) {
            processor.halt();
        }
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void shouldGiveEverySlotTheNextSequence() {
        TickPublisher publisher = ring(8).newPublisher("a", OverflowPolicy.WAIT, dropped);
        run();
        for (int i = 0; i < 100; i++) {
            assertThat(publisher.awaitClaim(1)).isEqualTo(FIRST + i);
            publisher.claim().tick(0).quote(7, NO_TIME, i, i, i + 1, 1, 1);
            publisher.claim().commit();
        }
        drain();
        assertThat(records.seen()).hasSize(100).allMatch(seen -> seen.type() == QUOTE && seen.instrumentId() == 7);
        assertThat(records.seen().get(99)).isEqualTo(new Records.Seen(FIRST + 99, QUOTE, 7, 0, 99));
    }

    @Test
    void shouldMakePaddingOfSlotsThatAreNotWrittenOrGivenUp() {
        TickPublisher publisher = ring(8).newPublisher("a", OverflowPolicy.WAIT, dropped);
        run();
        publisher.awaitClaim(3);
        publisher.claim().tick(1).quote(7, NO_TIME, 1, 1, 2, 1, 1);
        publisher.claim().commit();
        publisher.awaitClaim(2);
        publisher.claim().tick(0).quote(7, NO_TIME, 1, 1, 2, 1, 1);
        publisher.claim().abort();
        drain();
        assertThat(records.seen().stream().map(Records.Seen::type))
                .containsExactly(PADDING, QUOTE, PADDING, PADDING, PADDING);
    }

    @Test
    void shouldAnswerCodesAndNeverThrow() {
        TickPublisher publisher = ring(8).newPublisher("a", OverflowPolicy.WAIT, dropped);
        assertThat(publisher.tryClaim(0)).isEqualTo(TickPublisher.BAD_COUNT);
        assertThat(publisher.tryClaim(9)).isEqualTo(TickPublisher.BAD_COUNT);
        assertThat(publisher.tryClaim(8)).isEqualTo(FIRST);
        assertThat(publisher.tryClaim(1)).isEqualTo(TickPublisher.CLAIM_HELD);
        publisher.claim().commit();
        assertThat(publisher.tryClaim(1)).isEqualTo(TickPublisher.BACK_PRESSURED);
        ring.close();
        assertThat(publisher.tryClaim(1)).isEqualTo(TickPublisher.CLOSED);
        assertThat(publisher.awaitClaim(1)).isEqualTo(TickPublisher.CLOSED);
        assertThat(publisher.define("NEW")).isEqualTo((int) TickPublisher.CLOSED);
        assertThatThrownBy(() -> publisher.claim().commit()).isInstanceOf(IllegalStateException.class);
        run();
        drain();
        assertThat(records.seen()).hasSize(8);
    }

    @Test
    void shouldDropAndCountWhenFullAndToldSo() {
        TickPublisher dropping = ring(8).newPublisher("a", OverflowPolicy.DROP, dropped);
        UnsafeBuffer batch = quotes(6);
        assertThat(dropping.publish(batch, 0, 6)).isEqualTo(FIRST);
        assertThat(dropping.publish(batch, 0, 6)).isEqualTo(TickPublisher.DROPPED);
        assertThat(dropped.get()).isEqualTo(6);
        run();
        drain();
        assertThat(records.seen()).hasSize(6);
    }

    @Test
    void shouldWaitForRoomWithDefinitionsEvenWhenItDropsTicks() throws InterruptedException {
        TickPublisher dropping = ring(8).newPublisher("a", OverflowPolicy.DROP, dropped);
        assertThat(dropping.publish(quotes(8), 0, 8)).isEqualTo(FIRST);
        Thread defining = thread("defining", () -> dropping.define("LATE"));
        assertThat(ring.instruments().find("LATE")).isEqualTo(InstrumentRegistry.UNKNOWN);
        run();
        defining.join(10_000);
        drain();
        assertThat(ring.instruments().find("LATE")).isZero();
        assertThat(dropped.get()).isZero();
        assertThat(records.seen().get(8).type()).isEqualTo(DEFINITION);
    }

    @Test
    void shouldPadWhatAThreadHeldWhenItEnded() throws InterruptedException {
        TickPublisher dying = ring(8).newPublisher("dying", OverflowPolicy.WAIT, dropped);
        TickPublisher living = ring.newPublisher("living", OverflowPolicy.WAIT, dropped);
        run();
        Thread thread = thread("dying", () -> dying.awaitClaim(3));
        thread.join(10_000);
        living.publish(quotes(2), 0, 2);
        assertThat(dying.padIfOwnerDied()).isEqualTo(3);
        assertThat(dying.padIfOwnerDied()).isZero();
        drain();
        assertThat(records.seen().stream().map(Records.Seen::type))
                .containsExactly(PADDING, PADDING, PADDING, QUOTE, QUOTE);
    }

    @Test
    void shouldNameTheThreadThatHoldsOn() {
        TickPublisher publisher = ring(8).newPublisher("a", OverflowPolicy.WAIT, dropped);
        run();
        assertThat(publisher.heldBy(System.nanoTime(), 0)).isNull();
        publisher.awaitClaim(1);
        assertThat(publisher.heldBy(System.nanoTime() + 1_000, 0)).isSameAs(Thread.currentThread());
        assertThat(publisher.padIfOwnerDied()).isZero();
        publisher.claim().commit();
        drain();
    }

    @Test
    void shouldCarryOnWithTheOtherStagesWhenOneThrows() {
        Records other = new Records();
        ring = newRing(16, WaitMode.YIELD);
        TickHandler broken = (batch, offset, first, count) -> {
            throw new IllegalStateException("broken");
        };
        processor = ring.newProcessor(List.of(stage("broken", broken), stage("other", other)));
        TickPublisher publisher = ring.newPublisher("a", OverflowPolicy.WAIT, dropped);
        run();
        for (int i = 0; i < 50; i++) {
            publisher.publish(quotes(3), 0, 3);
        }
        drain();
        assertThat(other.seen()).hasSize(150);
        assertThat(failures)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("broken")
                .contains("IllegalStateException: broken");
    }

    /** In its slot, for all stages behind; and it is no tick whose latency means anything. */
    @Test
    void shouldSkipTheTickThatAStageThrowsAtForAllStagesBehind() {
        ring = newRing(16, WaitMode.YIELD);
        List<String> skipped = new ArrayList<>();
        List<Integer> batches = new ArrayList<>();
        AtomicLong recorded = new AtomicLong();
        TickSkipper skipper =
                new TickSkipper(ring, (stage, sequence, cause) -> skipped.add(stage + " " + sequence + " " + cause));
        TickHandler picky = (batch, offset, first, count) -> {
            batches.add(count);
            if (first == FIRST + 1) {
                throw new IllegalStateException("picky");
            }
        };
        processor = ring.newProcessor(List.of(
                new TickStage("picky", picky, null, this::onFailure, null, skipper),
                new TickStage("records", records, (latencyNs, count) -> recorded.addAndGet(count), this::onFailure)));
        ring.newPublisher("a", OverflowPolicy.WAIT, dropped).publish(quotes(3), 0, 3);
        processor.poll(8);
        assertThat(records.seen().stream().map(Records.Seen::type)).containsExactly(QUOTE, SKIP, QUOTE);
        assertThat(batches).containsExactly(1, 1, 1);
        assertThat(recorded).hasValue(2);
        assertThat(skipped).containsExactly("picky " + (FIRST + 1) + " java.lang.IllegalStateException: picky");
        assertThat(failures).isEmpty();
    }

    private void onFailure(String stage, long firstSequence, int count, Throwable cause) {
        failures.add(stage + " " + cause);
    }

    @Test
    void shouldRepublishRecordsWithTheSourceTheyHad() {
        TickPublisher publisher = ring(8).newPublisher("a", OverflowPolicy.WAIT, dropped);
        run();
        UnsafeBuffer batch = quotes(2);
        batch.putLong(TickDescriptor.SEQUENCE_OFFSET, FIRST);
        batch.putLong(TickDescriptor.LENGTH + TickDescriptor.SEQUENCE_OFFSET, FIRST + 1);
        batch.putByte(TickDescriptor.SOURCE_OFFSET, (byte) 9);
        assertThat(publisher.republish(batch, 0, 2, 2)).isEqualTo(FIRST);
        drain();
        assertThat(records.seen().stream().map(Records.Seen::source)).containsExactly(9, 0);
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> newRing(12, WaitMode.YIELD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring=12");
        assertThatThrownBy(() -> newRing(4, WaitMode.YIELD)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(WaitMode.class)
    void shouldLoseNothingOfManyProducersOverASmallRing(WaitMode waitMode) {
        ring = newRing(8, waitMode);
        processor = ring.newProcessor(List.of(stage("records", records)));
        run();
        AtomicLong accepted = new AtomicLong();
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < 3; p++) {
            TickPublisher publisher = ring.newPublisher("p" + p, OverflowPolicy.WAIT, dropped);
            int seed = p;
            producers.add(thread("p" + p, () -> {
                SplittableRandom random = new SplittableRandom(seed);
                for (int i = 0; i < 2_000; i++) {
                    int count = random.nextInt(1, 6);
                    if (publisher.publish(quotes(count), 0, count) > 0) {
                        accepted.addAndGet(count);
                    }
                }
            }));
        }
        Await.until("producers end", () -> producers.stream().noneMatch(Thread::isAlive));
        drain();
        assertThat(records.seen()).hasSize((int) accepted.get());
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldNeverLetARecordPrecedeItsDefinition() {
        ring = newRing(64, WaitMode.YIELD);
        processor = ring.newProcessor(List.of(stage("records", records)));
        run();
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            TickPublisher publisher = ring.newPublisher("p" + p, OverflowPolicy.WAIT, dropped);
            int seed = 1000 + p;
            producers.add(thread("p" + p, () -> {
                SplittableRandom random = new SplittableRandom(seed);
                UnsafeBuffer batch = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
                for (int i = 0; i < 3_000; i++) {
                    int id = publisher.define("S" + random.nextInt(500));
                    new MutableTick().wrap(batch, 0).quote(id, NO_TIME, i, 1, 2, 3, 4);
                    publisher.publish(batch, 0, 1);
                }
            }));
        }
        Await.until("producers end", () -> producers.stream().noneMatch(Thread::isAlive));
        drain();
        Map<Integer, Integer> definitions = new HashMap<>();
        for (Records.Seen seen : records.seen()) {
            if (seen.type() == DEFINITION) {
                definitions.merge(seen.instrumentId(), 1, Integer::sum);
            } else {
                assertThat(definitions)
                        .as("defined before sequence " + seen.sequence())
                        .containsKey(seen.instrumentId());
            }
        }
        assertThat(definitions.values()).containsOnly(1);
        assertThat(definitions.keySet()).allMatch(id -> id < definitions.size());
    }

    @Test
    void shouldHandleEveryClaimThatSucceededBeforeTheClose() {
        for (int round = 0; round < 200; round++) {
            Records round1 = new Records();
            ring = newRing(8, WaitMode.YIELD);
            processor = ring.newProcessor(List.of(stage("records", round1)));
            Thread handler = run();
            TickPublisher publisher = ring.newPublisher("a", OverflowPolicy.WAIT, dropped);
            AtomicLong accepted = new AtomicLong();
            Thread producer = thread("a", () -> {
                while (publisher.publish(quotes(1), 0, 1) > 0) {
                    accepted.incrementAndGet();
                }
            });
            Await.until("some", () -> accepted.get() > 20);
            ring.close();
            drain();
            processor.halt();
            Await.until("ended", () -> !producer.isAlive() && !handler.isAlive());
            assertThat(round1.seen().stream().filter(seen -> seen.type() == QUOTE))
                    .hasSize((int) accepted.get());
        }
    }

    private TickRing ring(int capacity) {
        ring = newRing(capacity, WaitMode.YIELD);
        processor = ring.newProcessor(List.of(stage("records", records)));
        return ring;
    }

    private static TickRing newRing(int capacity, WaitMode waitMode) {
        return new TickRing(capacity, waitMode, FIRST, new InstrumentRegistry(1_000));
    }

    private TickStage stage(String name, TickHandler handler) {
        return new TickStage(name, handler, null, this::onFailure);
    }

    private Thread run() {
        return thread("handler", processor);
    }

    private Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void drain() {
        Await.until("drained", () -> processor.doneSequence() == ring.lastClaimedSequence());
    }

    private static UnsafeBuffer quotes(int count) {
        UnsafeBuffer batch = new UnsafeBuffer(new byte[count * TickDescriptor.LENGTH]);
        for (int i = 0; i < count; i++) {
            new MutableTick().wrap(batch, i * TickDescriptor.LENGTH).quote(7, NO_TIME, i, i, i + 1, 1, 1);
            assertThat(new Tick().wrap(batch, i * TickDescriptor.LENGTH).isTick())
                    .isTrue();
        }
        return batch;
    }
}
