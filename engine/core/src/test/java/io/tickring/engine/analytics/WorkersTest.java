package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Await;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
    @ParameterizedTest
    @EnumSource(WorkSharing.class)
    void shouldRunEachTaskOnceOnNoMoreThreadsThanAskedFor(WorkSharing sharing) {
        for (int count : new int[] {1, 2, 3, 8}) {
            try (Workers workers = new Workers(count, sharing)) {
                assertThat(workers.count()).isEqualTo(count);
                for (int tasks : new int[] {0, 1, 2, 7, 8, 100, 10_001}) {
                    AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
                    Set<String> threads = ConcurrentHashMap.newKeySet();
                    workers.run(tasks, task -> {
                        runs.incrementAndGet(task);
                        threads.add(Thread.currentThread().getName());
                    });
                    for (int task = 0; task < tasks; task++) {
                        assertThat(runs.get(task)).isEqualTo(1);
                    }
                    assertThat(threads).hasSizeLessThanOrEqualTo(count).allMatch(name -> name.startsWith("worker-"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WorkSharing.class)
    void shouldShowTheCallerWhatTasksHaveWritten(WorkSharing sharing) {
        long[] written = new long[1_000];
        try (Workers workers = new Workers(4, sharing)) {
            for (int round = 1; round <= 200; round++) {
                workers.run(written.length, task -> written[task]++);
                for (long each : written) {
                    assertThat(each).isEqualTo(round);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WorkSharing.class)
    void shouldThrowWhatATaskThrowsAndGoOnWithTheNext(WorkSharing sharing) {
        try (Workers workers = new Workers(3, sharing)) {
            assertThatThrownBy(() -> workers.run(100, task -> {
                        if (task == 57) {
                            throw new IllegalStateException("task=57");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("task=57");
            assertThatThrownBy(() -> workers.run(1, task -> {
                        throw new AssertionError("an error");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("an error");
            AtomicIntegerArray runs = new AtomicIntegerArray(10);
            workers.run(10, runs::incrementAndGet);
            assertThat(runs).hasToString("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]");
        }
    }

    /** What the tasks work on may be given up when the call is over, a failed one too. */
    @ParameterizedTest
    @EnumSource(WorkSharing.class)
    void shouldNotReturnBeforeATaskEndsThatRunsBesideOneThatThrows(WorkSharing sharing) {
        CountDownLatch bothRun = new CountDownLatch(2);
        AtomicBoolean thrown = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        try (Workers workers = new Workers(2, sharing)) {
            assertThatThrownBy(() -> workers.run(2, task -> {
                        await(bothRun);
                        if (task == 0) {
                            thrown.set(true);
                            throw new IllegalStateException("task=0");
                        }
                        Await.until("the other has thrown", thrown::get);
                        // Long enough for a caller that does not wait to be back.
                        for (long endNs = System.nanoTime() + 100_000_000; System.nanoTime() < endNs; ) {
                            Thread.onSpinWait();
                        }
                        ended.set(true);
                    }))
                    .hasMessage("task=0");
            assertThat(ended).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(WorkSharing.class)
    void shouldEndItsTasksAndKeepAnInterrupt(WorkSharing sharing) {
        AtomicIntegerArray runs = new AtomicIntegerArray(50);
        try (Workers workers = new Workers(2, sharing)) {
            Thread.currentThread().interrupt();
            workers.run(50, runs::incrementAndGet);
            assertThat(Thread.interrupted()).isTrue();
        }
        for (int task = 0; task < 50; task++) {
            assertThat(runs.get(task)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 257})
    void shouldRefuseANumberThatCannotBe(int count) {
        assertThatThrownBy(() -> new Workers(count, WorkSharing.STATIC))
                .hasMessage("workers=" + count + " must be from 1 to 256");
    }
}
