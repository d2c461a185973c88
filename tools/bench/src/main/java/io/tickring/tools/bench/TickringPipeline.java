package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.ring.TickClaim;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A whole engine as it is launched by default: ring, table, counters, stamps, supervisor and, where it is on, the checksummed journal. */
final class TickringPipeline implements Pipeline {
    private static final int LEAST_STAGES = 2;

    private final Engine engine;
    private final List<TickPublisher> publishers;
    private final List<TickSet> sets;
    private final boolean batches;
    private final boolean journaling;
    private final int stages;
    private long ticks;

    private TickringPipeline(Engine engine, Workload workload, boolean batches, boolean journaling, int stages) {
        this.stages = stages;
        this.engine = engine;
        this.sets = workload.sets();
        this.batches = batches;
        this.journaling = journaling;
        this.publishers = IntStream.rangeClosed(1, workload.producers())
                .mapToObj(number -> engine.newPublisher("producer " + number))
                .toList();
    }

    /** @param batches whether whole records are published in one claim of up to 64, or each tick claimed, written field by field and committed */
    static Opener opener(boolean batches, boolean journaling) {
        return (folder, workload) -> open(folder, workload, batches, journaling);
    }

    /** As {@link #opener}, with a journal and a broadcast that nobody reads. */
    static Opener broadcasting(boolean batches) {
        return (folder, workload) ->
                open(new EngineContext().broadcastBytes(TickringHop.BROADCAST_BYTES), folder, workload, batches, true);
    }

    private static Pipeline open(Path folder, Workload workload, boolean batches, boolean journaling) {
        return open(new EngineContext(), folder, workload, batches, journaling);
    }

    /** With settings of the caller's beside those of all benches. */
    static Pipeline open(EngineContext context, Path folder, Workload workload, boolean batches, boolean journaling) {
        context
                // As its rivals: nothing is forced to the disk while it is measured.
                .durability(Durability.interval(Duration.ofHours(1)))
                .dataDirectory(folder)
                .journaling(journaling)
                .instruments(TickSet.INSTRUMENTS)
                .feeds(workload.producers(), null)
                .checkpointInterval(EngineOutcome.NO_CHECKPOINTS);
        int stages = LEAST_STAGES + (journaling ? 1 : 0) + (context.broadcastBytes() > 0 ? 1 : 0);
        TickringPipeline pipeline = new TickringPipeline(Engine.launch(context), workload, batches, journaling, stages);
        TickSet.define(pipeline.publishers.get(0));
        EngineOutcome.awaitDrained(pipeline.engine);
        return pipeline;
    }

    @Override
    public Inlet inlet(int producer) {
        TickPublisher publisher = publishers.get(producer);
        TickSet set = sets.get(producer);
        return batches
                ? (first, count) -> requireClaimed(publisher.publish(set.records(), set.offset(first), count))
                : (first, count) -> publishOneByOne(publisher, set, first, count);
    }

    private static void publishOneByOne(TickPublisher publisher, TickSet set, long first, int count) {
        TickClaim claim = publisher.claim();
        for (long number = first; number < first + count; number++) {
            requireClaimed(publisher.awaitClaim(1));
            write(claim, set.tick(number));
            claim.commit();
        }
    }

    private static void write(TickClaim claim, Tick tick) {
        if (tick.type() == TickDescriptor.QUOTE) {
            claim.tick(0)
                    .quote(
                            tick.instrumentId(),
                            tick.exchangeTimeNs(),
                            tick.receiveTimeNs(),
                            tick.bid(),
                            tick.ask(),
                            tick.bidSize(),
                            tick.askSize());
        } else {
            claim.tick(0)
                    .trade(
                            tick.instrumentId(),
                            tick.exchangeTimeNs(),
                            tick.receiveTimeNs(),
                            tick.price(),
                            tick.size(),
                            tick.tradeId(),
                            tick.side());
        }
    }

    private static void requireClaimed(long sequence) {
        if (sequence < 0) {
            throw new BenchException("claim=" + sequence + ": the engine stopped taking ticks");
        }
    }

    @Override
    public void awaitThrough(long published) {
        ticks = published;
        EngineOutcome.awaitDrained(engine);
    }

    @Override
    public TableRows rows() {
        return TableRows.of(engine.prices());
    }

    @Override
    public int busyThreads() {
        return engine.summary().threads().equals("dedicated") ? stages : 1;
    }

    @Override
    public void close() {
        engine.close();
        EngineOutcome.requireSound("Tickring", engine, ticks, journaling ? ticks : 0);
    }

    @Override
    public long journalBytes() {
        return engine.summary().journalBytes();
    }
}
