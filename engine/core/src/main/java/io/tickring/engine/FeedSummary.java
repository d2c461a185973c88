package io.tickring.engine;

import io.tickring.engine.feed.RejectReason;
import java.util.Map;

/** What one feed has given in this run. {@code lines} is the sum of quotes, trades, ignored and rejected. */
public record FeedSummary(
        String name,
        String kind,
        long lines,
        long quotes,
        long trades,
        long ignored,
        Map<RejectReason, Long> rejected,
        long dropped) {
    /** All rejected lines. */
    public long rejectedLines() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
