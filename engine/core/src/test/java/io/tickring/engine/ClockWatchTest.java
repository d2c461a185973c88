package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final StatusWriter status = StatusWriter.inMemory(SystemEpochClock.INSTANCE);
    private final EngineCounters counters = new EngineCounters(status);
    private long epochMs = 1_800_000_000_000L;
    private long nanoTime = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);
    private long readingNs;
    private final ClockWatch watch = new ClockWatch(() -> epochMs, this::nanoTime, counters, status);

    @Test
    void shouldCountStepsOfMoreThanHalfASecondEitherWay() {
        watch.look();
        pass(20, 0);
        pass(5_000, 0);
        pass(20, 500);
        pass(20, -500);
        assertSteps(0, 0);
        pass(20, 501);
        assertSteps(0, 1);
        pass(20, 86_400_000);
        assertSteps(0, 2);
        pass(20, -86_400_000);
        pass(20, -2_500);
        assertSteps(2, 2);
        assertThat(status.reader().errors())
                .extracting(LoggedError::message, LoggedError::observations)
                .containsExactly(
                        tuple("the system's clock has stepped forward", 2),
                        tuple("the system's clock has stepped back", 2));
    }

    @Test
    void shouldTakeAPauseBetweenItsReadingsForNoStep() {
        watch.look();
        readingNs = TimeUnit.SECONDS.toNanos(2);
        pass(20, 0);
        readingNs = 0;
        pass(20, 4_000);
        assertSteps(0, 0);
    }

    @Test
    void shouldWatchTheClockOfARunningEngine() {
        AtomicLong stepMs = new AtomicLong();
        EngineContext context = new EngineContext()
                .instruments(16)
                .threading(ThreadingMode.SHARED)
                .epochClock(() -> System.currentTimeMillis() + stepMs.get());
        try (Engine engine = Engine.launch(context)) {
            long firstHeartbeat = engine.status().heartbeatEpochMs();
            Await.until("beats", () -> engine.status().heartbeatEpochMs() > firstHeartbeat + 40);
            stepMs.set(-10_000);
            Await.until("back", () -> engine.counters().clockStepsBack.get() == 1);
            stepMs.set(0);
            Await.until("forward", () -> engine.counters().clockStepsForward.get() == 1);
            assertThat(engine.status().state()).isEqualTo(EngineState.RUNNING);
        }
    }

    private void pass(long ms, long stepMs) {
        nanoTime += TimeUnit.MILLISECONDS.toNanos(ms);
        epochMs += ms + stepMs;
        watch.look();
    }

    private long nanoTime() {
        nanoTime += readingNs;
        return nanoTime;
    }

    private void assertSteps(long back, long forward) {
        assertThat(List.of(counters.clockStepsBack.get(), counters.clockStepsForward.get()))
                .containsExactly(back, forward);
    }
}
