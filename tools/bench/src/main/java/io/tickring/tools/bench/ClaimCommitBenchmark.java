package io.tickring.tools.bench;

import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.StatusWriter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: what a tick costs its publisher, claimed alone or with 63 others, in ns a tick. No handler reads the ring. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
public class ClaimCommitBenchmark {
    private static final int BATCH = 64;
    private static final int CAPACITY = 1 << 16;

    private final TickSet set = TickSet.market(1, CAPACITY);
    private final TickPublisher publisher = new TickRing(CAPACITY, WaitMode.YIELD, 1, new InstrumentRegistry(1))
            .newPublisher(
                    "bench",
                    OverflowPolicy.WAIT,
                    StatusWriter.inMemory(SystemEpochClock.INSTANCE).newCounter("dropped"));
    private long number;

    /** A claim of one, written field by field. */
    @Benchmark
    public long claimOne() {
        long sequence = publisher.tryClaim(1);
        publisher.claim().tick(0).quote(1, number, number, number, number, 1, 1);
        publisher.claim().commit();
        number++;
        return sequence;
    }

    /** A claim of 64, copied in one piece. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long publish64() {
        long sequence = publisher.publish(set.records(), set.offset(number), BATCH);
        number += BATCH;
        return sequence;
    }
}
