package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.broadcast.BroadcastReader;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No garbage in steady state: bytes that each thread allocates over a million ticks, after two million to warm up. The
 * least of up to ten windows counts: what the JVM itself allocates while it still compiles the path is not in each of them.
 */
class AllocationTest {
    private static final int WARM_UP = 2_000_000;
    private static final int MEASURED = 1_000_000;
    private static final int MAX_WINDOWS = 10;
    private static final int BATCH = 16;
    private static final List<String> STAGES =
            List.of("price", "broadcast", "journal", "counters", "handlers", "wasteful", "thrifty", "analytics");

    /** A million ticks begin at most two chunks of 64 MiB; a roll within the test's few seconds is not in each window. */
    private static final long JOURNAL_LIMIT = 2 * 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(
            value = WaitMode.class,
            names = {"YIELD", "SLEEP", "BLOCK"})
    void shouldAllocateNothingOnThePath(WaitMode wait, @TempDir Path folder) {
        Map<String, Long> allocated = measure(new EngineContext()
                .dataDirectory(folder)
                .waitMode(wait)
                .threading(ThreadingMode.DEDICATED)
                .instruments(64));
        assertThat(allocated.remove("journal")).isBetween(0L, JOURNAL_LIMIT);
        assertThat(allocated).isEqualTo(Map.of("price", 0L, "counters", 0L, "publisher", 0L));
    }

    @Test
    void shouldAllocateNothingOnTheSharedThreadWithoutAJournal() {
        Map<String, Long> allocated = measure(new EngineContext()
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.YIELD)
                .instruments(64));
        assertThat(allocated).isEqualTo(Map.of("handlers", 0L, "publisher", 0L));
    }

    @Test
    void shouldAllocateNothingWhereFiguresAreKept() {
        Map<String, Long> allocated = measure(new EngineContext()
                .analytics(new AnalyticsContext().workers(1))
                .threading(ThreadingMode.DEDICATED)
                .waitMode(WaitMode.YIELD)
                .instruments(64));
        assertThat(allocated).isEqualTo(Map.of("analytics", 0L, "price", 0L, "counters", 0L, "publisher", 0L));
    }

    @Test
    void shouldAllocateNothingWhereTicksCouldBeSkipped() {
        Map<String, Long> allocated = measure(new EngineContext()
                .onThrow(ThrowPolicy.SKIP)
                .handler("thrifty", (records, offset, firstSequence, count) -> {})
                .threading(ThreadingMode.DEDICATED)
                .waitMode(WaitMode.YIELD)
                .instruments(64));
        assertThat(allocated).isEqualTo(Map.of("thrifty", 0L, "price", 0L, "counters", 0L, "publisher", 0L));
    }

    /** The reader is polled between two batches of the publisher's, so that it is lapped as well. */
    @Test
    void shouldAllocateNothingWhereTicksAreBroadcast() {
        BroadcastReader[] reader = new BroadcastReader[1];
        long[] seen = new long[2];
        Map<String, Long> allocated = measure(
                new EngineContext()
                        .broadcastBytes(1 << 20)
                        .threading(ThreadingMode.DEDICATED)
                        .waitMode(WaitMode.YIELD)
                        .instruments(64),
                engine -> {
                    reader[0] = reader[0] == null ? engine.broadcast() : reader[0];
                    while (reader[0].poll()) {
                        seen[0] += reader[0].count();
                        seen[1] += reader[0].missed();
                    }
                });
        assertThat(allocated).isEqualTo(Map.of("broadcast", 0L, "price", 0L, "counters", 0L, "publisher", 0L));
        assertThat(seen[0]).isPositive();
        assertThat(seen[1]).isPositive();
    }

    @Test
    void shouldNoticeOneSmallArrayInAThousandTicks() {
        byte[][] kept = new byte[1][];
        TickHandler wasteful = (records, offset, firstSequence, count) -> {
            for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
                if (sequence % 1_000 == 0) {
                    kept[0] = new byte[16];
                }
            }
        };
        Map<String, Long> allocated = measure(new EngineContext()
                .handler("wasteful", wasteful)
                .threading(ThreadingMode.DEDICATED)
                .waitMode(WaitMode.YIELD)
                .instruments(64));
        assertThat(allocated.get("wasteful"))
                .isGreaterThanOrEqualTo(MEASURED / 1_000 * 32)
                .isGreaterThan(JOURNAL_LIMIT);
    }

    private Map<String, Long> measure(EngineContext context) {
        return measure(context, engine -> {});
    }

    /** @param reading what a subscriber does after each window's ticks, on the publisher's thread */
    private Map<String, Long> measure(EngineContext context, Consumer<Engine> reading) {
        try (Engine engine = Engine.launch(context)) {
            TickPublisher publisher = engine.newPublisher("publisher");
            int id = publisher.define("SIM");
            UnsafeBuffer batch = new UnsafeBuffer(new byte[BATCH * TickDescriptor.LENGTH]);
            MutableTick tick = new MutableTick();
            reading.accept(engine);
            produce(engine, publisher, tick, batch, id, WARM_UP);
            reading.accept(engine);
            Map<String, Long> stages = stageThreads();
            Map<String, Long> least = new TreeMap<>();
            for (int window = 0; window < MAX_WINDOWS && !isClean(least); window++) {
                Map<String, Long> before = allocatedBytes(stages);
                long ownBefore = threads.getCurrentThreadAllocatedBytes();
                produce(engine, publisher, tick, batch, id, MEASURED);
                reading.accept(engine);
                long own = threads.getCurrentThreadAllocatedBytes() - ownBefore;
                allocatedBytes(stages).forEach((name, bytes) -> least.merge(name, bytes - before.get(name), Math::min));
                least.merge("publisher", own, Math::min);
            }
            return least;
        }
    }

    private static boolean isClean(Map<String, Long> least) {
        return !least.isEmpty()
                && least.entrySet().stream()
                        .allMatch(each -> each.getValue() <= (each.getKey().equals("journal") ? JOURNAL_LIMIT : 0));
    }

    /** Half of the ticks one by one through a claim, half in batches; ends when every stage is done with them. */
    private static void produce(
            Engine engine, TickPublisher publisher, MutableTick tick, UnsafeBuffer batch, int id, int ticks) {
        for (int i = 0; i < ticks / 2; i++) {
            publisher.awaitClaim(1);
            publisher.claim().tick(0).quote(id, i, i, i, i + 1, 5, 5);
            publisher.claim().commit();
        }
        for (int i = 0; i < ticks / 2; i += BATCH) {
            for (int t = 0; t < BATCH; t++) {
                tick.wrap(batch, t * TickDescriptor.LENGTH).trade(id, i, i, 100 + t, 5, i + t, TickDescriptor.SIDE_BUY);
            }
            publisher.publish(batch, 0, BATCH);
        }
        while (engine.ringDepth() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Thread ids by stage, found once: to look for threads makes them allocate. */
    private static Map<String, Long> stageThreads() {
        Map<String, Long> ids = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (STAGES.contains(thread.getName())) {
                ids.put(thread.getName(), thread.getId());
            }
        }
        return ids;
    }

    private Map<String, Long> allocatedBytes(Map<String, Long> stages) {
        Map<String, Long> bytes = new TreeMap<>();
        stages.forEach((name, id) -> bytes.put(name, threads.getThreadAllocatedBytes(id)));
        return bytes;
    }
}
