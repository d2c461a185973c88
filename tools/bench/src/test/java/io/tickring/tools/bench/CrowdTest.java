package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.TickListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A crowd of few on a small engine. */
@Timeout(120)
class CrowdTest {
    private static final TickSet SET = TickSet.market(1, 1_024);
    private static final int BATCH = 64;
    private static final int BURST = 2_048;
    private static final int MOST_BURSTS = 50;

    /** Holds all that a test publishes: who reads it misses nothing. */
    private static final int BROADCAST_BYTES = 16 << 20;

    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    @Test
    void shouldGiveEachAllTicksAndLetGoOfTheTwoThatMisbehave() throws IOException {
        try (Engine engine = engine(1 << 14, 5)) {
            TickPublisher publisher = publisher(engine);
            try (Crowd crowd = Crowd.join(engine, folder, new CrowdSize(2, 2, 3, 2))) {
                publishBurst(publisher);
                crowd.requireAllGiven(BURST);
                assertThat(engine.status().counters())
                        .containsEntry("subscriptions", 2L + 2 + 3)
                        .containsEntry("subscriptions let go", 1L)
                        .containsEntry("subscriptions failed", 1L);
                assertThatThrownBy(() -> crowd.requireAllGiven(BURST - 1))
                        .isInstanceOf(BenchException.class)
                        .hasMessage("crowd reader=every-0 ticks=2048 expected=2047 missed=0 end=null");
            }
            assertThat(engine.status().counters()).containsEntry("subscriptions", 0L);
        }
    }

    /** In a ring smaller than a burst only the one falls behind that is to be disconnected then. */
    @Test
    void shouldNameTheOneThatWasGivenFewer() throws IOException {
        try (Engine engine = engine(BURST / 2, 60)) {
            TickPublisher publisher = publisher(engine);
            try (Crowd crowd = Crowd.join(engine, folder, new CrowdSize(1, 1, 1, 0))) {
                int bursts = 0;
                while (isOpen(engine, "disconnecting-0")) {
                    assertThat(bursts++).isLessThan(MOST_BURSTS);
                    publishBurst(publisher);
                    long published = (long) bursts * BURST;
                    await(() ->
                            !isOpen(engine, "disconnecting-0") || delivered(engine, "disconnecting-0") == published);
                }
                long ticks = (long) bursts * BURST;
                assertThatThrownBy(() -> crowd.requireAllGiven(ticks))
                        .isInstanceOf(BenchException.class)
                        .hasMessageMatching("crowd reader=disconnecting-0 ticks=\\d+ expected=" + ticks
                                + " missed=0 end=FELL_BEHIND");
            }
        }
    }

    /** One of the last to join: its name is taken. */
    @Test
    void shouldLeaveNothingBehindWhenOneCannotJoin() {
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        try (Engine engine = engine(1 << 14, 60)) {
            engine.subscribe(new SubscriptionContext().name("disconnecting-0"), new TickListener() {});
            assertThatThrownBy(() -> Crowd.join(engine, folder, new CrowdSize(2, 2, 3, 1)))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessageContaining("subscription=disconnecting-0");
            assertThat(engine.status().counters()).containsEntry("subscriptions", 1L);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("every-0", "every-1", "latest-0", "latest-1", "conflating-0");
            await(() -> before.containsAll(ProcessHandle.current().children().collect(Collectors.toSet())));
        }
    }

    private Engine engine(int ringCapacity, int idleSeconds) {
        return Engine.launch(new EngineContext()
                .dataDirectory(folder)
                .instruments(TickSet.INSTRUMENTS)
                .broadcastBytes(BROADCAST_BYTES)
                .ringCapacity(ringCapacity)
                .waitMode(WaitMode.BLOCK)
                .idleLimit(Duration.ofSeconds(idleSeconds)));
    }

    private static TickPublisher publisher(Engine engine) {
        TickPublisher publisher = engine.newPublisher("test");
        TickSet.define(publisher);
        EngineOutcome.awaitDrained(engine);
        return publisher;
    }

    private static void publishBurst(TickPublisher publisher) {
        for (int done = 0; done < BURST; done += BATCH) {
            assertThat(publisher.publish(SET.records(), SET.offset(done), BATCH))
                    .isPositive();
        }
    }

    private static boolean isOpen(Engine engine, String name) {
        return delivered(engine, name) >= 0;
    }

    /** -1 for one that has ended. */
    private static long delivered(Engine engine, String name) {
        Map<String, Long> counters = engine.status().counters();
        return counters.getOrDefault("subscription " + name + ": delivered", -1L);
    }

    private static void await(BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs).as("ns waited").isLessThan(DEADLINE_NS);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
