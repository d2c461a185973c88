package io.tickring.engine;

import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.Subscriptions;
import java.util.List;
import java.util.function.LongConsumer;

/** What the supervisor looks at in each of its rounds. */
final class Watches implements LongConsumer {
    private final StallWatch stalls;
    private final ClockWatch clock;
    private final StalenessWatch staleness;
    private final Subscriptions subscriptions;
    private final ReaderWatch readers;

    /** @param publisher the supervisor's */
    Watches(
            EngineContext context,
            EngineParts parts,
            List<TickProcessor> processors,
            TickPublisher publisher,
            Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        readers = new ReaderWatch(
                context.dataDirectory(), context.idleLimit().toMillis(), context.epochClock(), parts.status);
        stalls = new StallWatch(processors, parts.health);
        clock = new ClockWatch(context.epochClock(), context.nanoClock()::nanoTime, parts.counters, parts.status);
        TimeToLive timeToLive = parts.republishing ? TimeToLive.FOREVER : context.timeToLive();
        staleness = new StalenessWatch(context, parts, timeToLive, publisher);
    }

    @Override
    public void accept(long nowNs) {
        stalls.look(nowNs);
        clock.look();
        staleness.look(nowNs);
        subscriptions.look(nowNs);
        readers.look(nowNs);
    }
}
