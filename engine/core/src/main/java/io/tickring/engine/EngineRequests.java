package io.tickring.engine;

import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.request.RequestSources;
import io.tickring.engine.request.Requests;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickStage;

/** Where an engine's answers come from. */
final class EngineRequests {
    private EngineRequests() {}

    /** Starts no thread before the first request. */
    static Requests over(
            EngineContext context, EngineParts parts, EngineThreads threads, TickStage.FailureListener failures) {
        RequestSources sources = new RequestSources(
                parts.ring,
                threads.processorOf(EngineParts.PRICE),
                PriceTableReader.over(parts.table),
                parts.counters,
                parts.journal != null,
                () -> parts.ring.newPublisher(
                        "requests", OverflowPolicy.WAIT, parts.status.newCounter("requests: dropped")),
                context.nanoClock());
        return new Requests(sources, cause -> failures.onFailure("requests", 0, 0, cause));
    }
}
