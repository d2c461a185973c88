package io.tickring.engine.request;

import io.tickring.engine.ring.TickPublisher;
import java.time.Duration;
import java.util.function.Supplier;

/** Publishes a definition when there is room, and waits until the table shows it. */
final class DefineRequest extends Request<Defined> {
    private static final long NOT_YET = -1;

    private final RequestSources sources;
    private final Supplier<TickPublisher> publisher;
    private final String symbol;
    /** From this sequence on the table shows the symbol. */
    private long sequence = NOT_YET;

    private boolean isNew;

    DefineRequest(RequestSources sources, Supplier<TickPublisher> publisher, String symbol, Duration timeout) {
        super("define", timeout);
        this.sources = sources;
        this.publisher = publisher;
        this.symbol = symbol;
    }

    @Override
    void look() {
        if (sequence == NOT_YET) {
            define();
        }
        long applied = sources.table().appliedSequence();
        if (sequence != NOT_YET && applied >= sequence) {
            complete(new Defined(symbol, publisher.get().find(symbol), isNew ? sequence : applied));
        }
    }

    /** A known symbol's definition was claimed before anyone could know it. */
    private void define() {
        long published = publisher.get().tryDefine(symbol);
        if (published > 0) {
            isNew = true;
            sequence = published;
        } else if (published == TickPublisher.KNOWN) {
            sequence = sources.ring().lastClaimedSequence();
        } else if (published == TickPublisher.CLOSED) {
            fail(new EngineClosed(name()));
        } else if (published == TickPublisher.SYMBOL_INVALID) {
            fail(RequestFailed.invalid(symbol));
        } else if (published == TickPublisher.INSTRUMENT_TABLE_FULL) {
            fail(RequestFailed.full(symbol, sources.table().instruments()));
        }
    }

    @Override
    String waitsFor() {
        return sequence == NOT_YET
                ? "symbol=" + symbol + ": the ring has no room for its definition"
                : "symbol=" + symbol + " sequence=" + sequence + " appliedSequence="
                        + sources.table().appliedSequence();
    }
}
