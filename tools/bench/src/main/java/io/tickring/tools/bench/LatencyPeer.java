package io.tickring.tools.bench;

import io.tickring.engine.EngineContext;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.Visibility;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.WaitMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * One way from a thread that sends to a thread that receives, and the points at which a tick's latency is taken.
 *
 * @param points what is taken, each a row's name
 */
record LatencyPeer(String name, List<String> points, Opener opener) {
    static final String TICKRING = "Tickring, readable";
    static final String JOURNALED = "Tickring, journaled";
    static final String VISIBLE_JOURNALED = "Tickring --visible journaled, readable";
    static final String CHRONICLE = "Chronicle Queue appender to tailer";
    static final String AERON = "Aeron IPC";

    private static final int BUSY_THREADS = 2;

    /** Opens a pipeline that tells a sampler for each point what is released. */
    @FunctionalInterface
    interface Opener {
        Pipeline open(Path folder, Workload workload, List<LatencySampler> samplers) throws IOException;
    }

    /** Tickring first, which the others are set against. */
    static List<LatencyPeer> all() {
        return List.of(
                new LatencyPeer("Tickring", List.of(TICKRING, JOURNALED), LatencyPeer::openTickring),
                new LatencyPeer(
                        "Tickring --visible journaled", List.of(VISIBLE_JOURNALED), LatencyPeer::openVisibleJournaled),
                single(
                        CHRONICLE,
                        (folder, workload, samplers) ->
                                OwnAppendersPipeline.open(folder, workload, 1, idle(), samplers.get(0)::released)),
                single(AERON, LatencyPeer::openAeron));
    }

    private static LatencyPeer single(String name, Opener opener) {
        return new LatencyPeer(name, List.of(name), opener);
    }

    private static Pipeline openTickring(Path folder, Workload workload, List<LatencySampler> samplers) {
        EngineContext context = engine().handlerBehindPrices("readable", sampling(samplers.get(0)))
                .handler("journaled", sampling(samplers.get(1)));
        return TickringPipeline.open(context, folder, workload, true, true);
    }

    private static Pipeline openVisibleJournaled(Path folder, Workload workload, List<LatencySampler> samplers) {
        EngineContext context =
                engine().visible(Visibility.JOURNALED).handlerBehindPrices("readable", sampling(samplers.get(0)));
        return TickringPipeline.open(context, folder, workload, true, true);
    }

    private static EngineContext engine() {
        return new EngineContext()
                .threading(ThreadingMode.SHARED)
                .waitMode(maySpin() ? WaitMode.BUSY_SPIN : WaitMode.YIELD);
    }

    private static TickHandler sampling(LatencySampler sampler) {
        return (records, offset, first, count) -> sampler.released(first + count - TickSet.FIRST_TICK_SEQUENCE);
    }

    private static Pipeline openAeron(Path folder, Workload workload, List<LatencySampler> samplers)
            throws IOException {
        return AeronPipeline.open(folder, workload, idle(), samplers.get(0)::released);
    }

    private static boolean maySpin() {
        return BUSY_THREADS <= Runtime.getRuntime().availableProcessors();
    }

    private static IdleStrategy idle() {
        return maySpin() ? new BusySpinIdleStrategy() : new YieldingIdleStrategy();
    }

    /**
     * Warms an opened pipeline up, then sends the ticks of a rung at their times and waits until they are through; closes it again.
     *
     * @throws BenchException if a tick was lost, doubled or changed
     */
    LatencyRun run(Path folder, TickSet set, LatencyRung rung) throws IOException {
        Workload workload = Workload.of(set, rung.warmUpTicks() + rung.ticks());
        List<LatencySampler> samplers = Stream.generate(() -> new LatencySampler(System::nanoTime))
                .limit(points.size())
                .toList();
        Schedule due;
        long tookNs;
        int busyThreads;
        try (Pipeline pipeline = opener.open(folder, workload, samplers)) {
            Inlet inlet = pipeline.inlet(0);
            rung.warmUp(System.nanoTime()).send(inlet, System::nanoTime);
            pipeline.awaitThrough(rung.warmUpTicks());
            awaitSampled(samplers, rung.warmUpTicks());
            due = rung.schedule(System.nanoTime());
            samplers.forEach(sampler -> sampler.begin(due));
            tookNs = due.send(inlet, System::nanoTime);
            pipeline.awaitThrough(due.end());
            awaitSampled(samplers, due.end());
            busyThreads = 1 + pipeline.busyThreads();
            ExpectedTable.of(workload).require(name, new long[] {due.end()}, pipeline.rows());
        }
        List<Histogram> latencies =
                samplers.stream().map(LatencySampler::latenciesNs).toList();
        return new LatencyRun(latencies, tookNs, due.lengthNs(), busyThreads);
    }

    private void awaitSampled(List<LatencySampler> samplers, long ticks) {
        for (LatencySampler sampler : samplers) {
            Waiting.until(name, ticks, sampler::through, () -> null);
        }
    }
}
