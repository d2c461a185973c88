package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;

/**
 * How many ticks there were, and when: the least and the greatest time, whatever the order of the ticks. Times are ns since the
 * epoch, {@link TickDescriptor#NO_TIME} where no tick bears one. Immutable.
 */
public record TickActivity(
        long quotes,
        long trades,
        long firstReceiveTimeNs,
        long lastReceiveTimeNs,
        long firstExchangeTimeNs,
        long lastExchangeTimeNs) {
    /** Quotes and trades. */
    public long total() {
        return quotes + trades;
    }

    /** Adds up ticks. One thread; allocates nothing. */
    static final class Sum {
        private long quotes;
        private long trades;
        private long firstReceiveTimeNs = Long.MAX_VALUE;
        private long lastReceiveTimeNs = NO_TIME;
        private long firstExchangeTimeNs = Long.MAX_VALUE;
        private long lastExchangeTimeNs = NO_TIME;

        void add(Tick tick) {
            if (tick.type() == TickDescriptor.QUOTE) {
                quotes++;
            } else {
                trades++;
            }
            long received = tick.receiveTimeNs();
            firstReceiveTimeNs = earlier(firstReceiveTimeNs, received);
            lastReceiveTimeNs = Math.max(lastReceiveTimeNs, received);
            long exchanged = tick.exchangeTimeNs();
            firstExchangeTimeNs = earlier(firstExchangeTimeNs, exchanged);
            lastExchangeTimeNs = Math.max(lastExchangeTimeNs, exchanged);
        }

        void add(Sum other) {
            quotes += other.quotes;
            trades += other.trades;
            firstReceiveTimeNs = Math.min(firstReceiveTimeNs, other.firstReceiveTimeNs);
            lastReceiveTimeNs = Math.max(lastReceiveTimeNs, other.lastReceiveTimeNs);
            firstExchangeTimeNs = Math.min(firstExchangeTimeNs, other.firstExchangeTimeNs);
            lastExchangeTimeNs = Math.max(lastExchangeTimeNs, other.lastExchangeTimeNs);
        }

        TickActivity total() {
            return new TickActivity(
                    quotes,
                    trades,
                    lastReceiveTimeNs == NO_TIME ? NO_TIME : firstReceiveTimeNs,
                    lastReceiveTimeNs,
                    lastExchangeTimeNs == NO_TIME ? NO_TIME : firstExchangeTimeNs,
                    lastExchangeTimeNs);
        }

        /** {@code NO_TIME} is less than any time: it cannot become the last one, and must not become the first. */
        private static long earlier(long first, long timeNs) {
            return timeNs == NO_TIME ? first : Math.min(first, timeNs);
        }
    }
}
