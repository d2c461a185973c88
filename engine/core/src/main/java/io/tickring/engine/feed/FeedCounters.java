package io.tickring.engine.feed;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What a feed has read and given, counted where other processes can see it. Written by the feed's thread alone (dropped by its
 * publisher, on that thread too); read by any.
 */
public final class FeedCounters {
    private static final String REJECTED = ": rejected ";
    private static final String DROPPED = ": dropped";

    private final AtomicCounter quotes;
    private final AtomicCounter trades;
    private final AtomicCounter ignored;
    private final AtomicCounter dropped;
    private final Map<RejectReason, AtomicCounter> rejected = new EnumMap<>(RejectReason.class);

    /** Makes the counters of {@code feed}; {@code newCounter} makes one for a label. */
    public FeedCounters(String feed, Function<String, AtomicCounter> newCounter) {
        String source = "feed " + feed;
        String prefix = source + ": ";
        quotes = newCounter.apply(prefix + "quotes");
        trades = newCounter.apply(prefix + "trades");
        ignored = newCounter.apply(prefix + "ignored");
        dropped = newCounter.apply(source + DROPPED);
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason, newCounter.apply(source + REJECTED + reason));
        }
    }

    /** The reason that a counter with this label counts, or null where it does not count rejects. */
    public static String rejectReason(String label) {
        int reason = label.lastIndexOf(REJECTED);
        return reason < 0 ? null : label.substring(reason + REJECTED.length());
    }

    /** Whether a counter with this label counts ticks for which the ring had no room. */
    public static boolean isDropped(String label) {
        return label.endsWith(DROPPED);
    }

    /** Lines read to their end: each is a quote, a trade, ignored or rejected. */
    public long lines() {
        return quotes() + trades() + ignored() + rejected();
    }

    /** Quotes given to the ring, dropped ones among them. */
    public long quotes() {
        return quotes.get();
    }

    /** Trades given to the ring, dropped ones among them. */
    public long trades() {
        return trades.get();
    }

    /** Well-formed input that is neither quote nor trade. */
    public long ignored() {
        return ignored.get();
    }

    public long rejected() {
        return rejected.values().stream().mapToLong(AtomicCounter::get).sum();
    }

    public long rejected(RejectReason reason) {
        return rejected.get(reason).get();
    }

    /** Ticks for which the ring had no room, under the policy to drop. */
    public long dropped() {
        return dropped.get();
    }

    /** The counter that the feed's publisher counts drops in. */
    public AtomicCounter droppedCounter() {
        return dropped;
    }

    void addTicks(int quoteCount, int tradeCount) {
        quotes.getAndAddRelease(quoteCount);
        trades.getAndAddRelease(tradeCount);
    }

    void addIgnored() {
        ignored.incrementRelease();
    }

    /** Counts one, and answers whether it is the first of its reason. */
    boolean addRejected(RejectReason reason) {
        return rejected.get(reason).incrementRelease() == 0;
    }
}
