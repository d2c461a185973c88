package io.tickring.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParkingWaitStrategyTest {
    private static final int CAPACITY = 64;
    private static final int RECORDS = 30_000;
    private static final long DEADLINE_NS = 10_000_000_000L;

    private final AtomicReference<MultiProducerSequencer> made = new AtomicReference<>();
    private final MultiProducerSequencer sequencer = new MultiProducerSequencer(
            CAPACITY, new ParkingWaitStrategy(slot -> made.get().isAvailable(slot)));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<Thread> waiting = new AtomicReference<>();

    ParkingWaitStrategyTest() {
        made.set(sequencer);
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldWakeForEachOfManyRecordsHoweverTheyFallBetweenLookAndPark() throws Exception {
        Sequence first = new Sequence();
        Sequence second = new Sequence();
        sequencer.addGatingSequences(first, second);
        Future<Long> firstDone = threads.submit(handler(first, sequencer.newBarrier()));
        Future<Long> secondDone = threads.submit(handler(second, sequencer.newBarrier(first)));
        for (int i = 0; i < RECORDS; i++) {
            long slot = sequencer.next();
            spin(i * 7 % 500);
            sequencer.publish(slot);
            await(() -> second.get() >= slot);
            spin(i % 300);
        }
        assertThat(firstDone.get(30, TimeUnit.SECONDS)).isEqualTo(RECORDS);
        assertThat(secondDone.get(30, TimeUnit.SECONDS)).isEqualTo(RECORDS);
    }

    @Test
    void shouldParkUntilTheRecordIsThereNotUntilItsSlotIsClaimed() throws Exception {
        Future<Long> answer = threads.submit(waiter(sequencer.newBarrier()));
        awaitParked();
        long slot = sequencer.next();
        sequencer.publish(sequencer.next());
        awaitParked();
        assertThat(answer.isDone()).isFalse();
        sequencer.publish(slot);
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void shouldWakeForAnAlert() throws Exception {
        SequenceBarrier barrier = sequencer.newBarrier();
        Future<Long> answer = threads.submit(waiter(barrier));
        awaitParked();
        barrier.alert();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AlertException.class);
    }

    @Test
    void shouldParkAgainAfterAnInterrupt() throws Exception {
        Future<Long> answer = threads.submit(waiter(sequencer.newBarrier()));
        awaitParked();
        waiting.get().interrupt();
        await(() -> !waiting.get().isInterrupted());
        awaitParked();
        assertThat(answer.isDone()).isFalse();
        sequencer.publish(sequencer.next());
        assertThat(answer.get(10, TimeUnit.SECONDS)).isZero();
    }

    private static void await(BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs).isLessThan(DEADLINE_NS);
            Thread.yield();
        }
    }

    private Callable<Long> waiter(SequenceBarrier barrier) {
        return () -> {
            waiting.set(Thread.currentThread());
            return barrier.waitFor(0);
        };
    }

    private Callable<Long> handler(Sequence progress, SequenceBarrier barrier) {
        return () -> {
            long handled = 0;
            while (handled < RECORDS) {
                long available = await(barrier, handled);
                handled = available + 1;
                progress.set(available);
            }
            return handled;
        };
    }

    private static long await(SequenceBarrier barrier, long sequence)
            throws AlertException, InterruptedException, TimeoutException {
        long available = barrier.waitFor(sequence);
        assertThat(available).isGreaterThanOrEqualTo(sequence);
        return available;
    }

    private void awaitParked() {
        await(() -> waiting.get() != null && waiting.get().getState() == Thread.State.WAITING);
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
