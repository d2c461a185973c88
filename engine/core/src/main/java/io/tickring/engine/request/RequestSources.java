package io.tickring.engine.request;

import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.status.EngineCounters;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * The parts of an engine that its answers come from.
 *
 * @param prices the processor of the price stage
 * @param table what that stage writes
 * @param isJournaled whether there is a journal
 * @param publisher makes a door to the ring for the thread that answers; called once, when it is first needed
 */
public record RequestSources(
        TickRing ring,
        TickProcessor prices,
        PriceTableReader table,
        EngineCounters counters,
        boolean isJournaled,
        Supplier<TickPublisher> publisher,
        NanoClock clock) {}
