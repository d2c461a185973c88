package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A run of {@link CrowdBench}: an engine that is given ticks at a fixed rate, in some company, and what that cost it. */
record CrowdLoad(TickSet set, long ticks, CrowdSize size) {
    private static final int BATCH = 16;
    private static final int BROADCAST_BYTES = 64 << 20;

    /** A lossless reader may be behind by half of it: more than a second at this rate. */
    private static final int RING_CAPACITY = 1 << 18;

    private static final Set<String> HANDLERS =
            Set.of("handlers", "own handlers", "price", "journal", "counters", "broadcast");

    /** Whole batches for so long. */
    static CrowdLoad of(TickSet set, long seconds) {
        return new CrowdLoad(set, seconds * CrowdBench.TICKS_PER_SECOND / BATCH * BATCH, CrowdSize.FULL);
    }

    /**
     * Runs once.
     *
     * @param data empty
     * @param counts whether each of a crowd must be given all
     */
    CrowdBench.Run run(Path data, CrowdBench.Company company, boolean counts) throws IOException {
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .instruments(TickSet.INSTRUMENTS)
                .broadcastBytes(BROADCAST_BYTES)
                .ringCapacity(RING_CAPACITY)
                .waitMode(WaitMode.BLOCK)
                .idleLimit(Duration.ofSeconds(3)))) {
            TickPublisher publisher = engine.newPublisher("bench");
            TickSet.define(publisher);
            EngineOutcome.awaitDrained(engine);
            return switch (company) {
                case ALONE -> publish(engine, publisher);
                case BYSTANDERS -> runBesideBystanders(engine, publisher);
                case CROWD -> runWithCrowd(engine, data, publisher, counts);
            };
        }
    }

    private CrowdBench.Run runBesideBystanders(Engine engine, TickPublisher publisher) {
        try (Bystanders bystanders = new Bystanders(size, CrowdBench.TICKS_PER_SECOND)) {
            bystanders.start();
            return publish(engine, publisher);
        }
    }

    private CrowdBench.Run runWithCrowd(Engine engine, Path data, TickPublisher publisher, boolean counts)
            throws IOException {
        try (Crowd crowd = Crowd.join(engine, data, size)) {
            CrowdBench.Run run = publish(engine, publisher);
            if (counts) {
                crowd.requireAllGiven(ticks);
            }
            return run;
        }
    }

    /** Publishes batches when they are due; the rate is that from the first tick until the last is through. */
    private CrowdBench.Run publish(Engine engine, TickPublisher publisher) {
        RunClock clock = RunClock.start();
        long startNs = System.nanoTime();
        for (long done = 0; done < ticks; done += BATCH) {
            long dueNs = startNs + done * 1_000_000_000L / CrowdBench.TICKS_PER_SECOND;
            while (System.nanoTime() < dueNs) {
                LockSupport.parkNanos(50_000);
            }
            if (publisher.publish(set.records(), set.offset(done), BATCH) < 0) {
                throw new BenchException("bench=crowd: the engine stopped taking ticks");
            }
        }
        EngineOutcome.awaitDrained(engine);
        Lap lap = clock.stop();
        long cpuNs = HANDLERS.stream()
                .mapToLong(name -> lap.cpuNsByThread().getOrDefault(name, 0L))
                .sum();
        return new CrowdBench.Run(ticks * 1e9 / lap.elapsedNs(), cpuNs / (double) ticks);
    }
}
