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
import java.util.Locale;

/**
 * A whole engine as it is launched by default, one producer thread. The clock stops when every tick has gone through all stages:
 * table, counters and, where it is on, the checksummed journal.
 */
final class TickringIngest implements Contender {
    private final String name;
    private final TickSet set;
    private final long ticks;
    private final int atATime;
    private final boolean journaling;
    private double bytesPerTick;

    /** @param atATime 1: each tick is claimed, written field by field and committed; more: whole records in one claim. */
    TickringIngest(String name, TickSet set, long ticks, int atATime, boolean journaling) {
        this.name = name;
        this.set = set;
        this.ticks = ticks;
        this.atATime = atATime;
        this.journaling = journaling;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome run(Path folder) {
        EngineContext context = new EngineContext()
                // As its rival: nothing is forced to the disk while it is measured.
                .durability(Durability.interval(Duration.ofHours(1)))
                .dataDirectory(folder)
                .journaling(journaling)
                .instruments(TickSet.INSTRUMENTS)
                .checkpointInterval(PeerTable.NO_CHECKPOINTS);
        Engine engine = Engine.launch(context);
        long elapsedNs;
        try (engine) {
            TickPublisher publisher = engine.newPublisher("bench");
            TickSet.define(publisher);
            EngineOutcome.awaitDrained(engine);
            long startNs = System.nanoTime();
            if (atATime == 1) {
                publishOneByOne(publisher);
            } else {
                publishBatches(publisher);
            }
            EngineOutcome.awaitDrained(engine);
            elapsedNs = System.nanoTime() - startNs;
        }
        bytesPerTick = (double) engine.summary().journalBytes() / ticks;
        return EngineOutcome.of(name, engine, ticks, journaling ? ticks : 0, elapsedNs);
    }

    @Override
    public String remark() {
        return journaling ? String.format(Locale.ROOT, "%s: journals %.1f bytes a tick", name, bytesPerTick) : "";
    }

    private void publishOneByOne(TickPublisher publisher) {
        TickClaim claim = publisher.claim();
        for (long number = 0; number < ticks; number++) {
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

    private void publishBatches(TickPublisher publisher) {
        for (long number = 0; number < ticks; number += atATime) {
            int count = (int) Math.min(atATime, ticks - number);
            requireClaimed(publisher.publish(set.records(), set.offset(number), count));
        }
    }

    private void requireClaimed(long sequence) {
        if (sequence < 0) {
            throw new BenchException("contender=" + name + " claim=" + sequence + ": the engine stopped taking ticks");
        }
    }
}
