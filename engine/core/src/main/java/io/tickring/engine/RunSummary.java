package io.tickring.engine;

import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one run has done, exact once the engine is closed. Counts of ticks are of quotes and trades alone;
 * {@code published + definitions + padding + control + skipped = lastSequence - firstSequence + 1}.
 *
 * @param state how the run ended, or what it is in
 * @param reason why it is degraded or halted; else null
 * @param skipped ticks that a handler threw at, or that were skipped when the journal was written that this run republishes
 * @param journaledSequence survives the death of the process, with all before it; 0 without a journal
 * @param durableSequence survives a power cut, with all before it; 0 without a journal
 * @param digest of the price table at {@code lastSequence}
 * @param figuresDigest of the figures at {@code lastSequence}; null where none are kept
 * @param latencies by stage, in ns from a tick's claim to the end of the stage's batch
 */
public record RunSummary(
        EngineState state,
        StateReason reason,
        List<FeedSummary> feeds,
        long published,
        long journaled,
        long applied,
        long definitions,
        long padding,
        long control,
        long skipped,
        long firstSequence,
        long lastSequence,
        long journaledSequence,
        long durableSequence,
        long digest,
        Long figuresDigest,
        double seconds,
        long journalBytes,
        String threads,
        String waitMode,
        Map<String, Histogram> latencies) {
    public long dropped() {
        return feeds.stream().mapToLong(FeedSummary::dropped).sum();
    }

    /** Rejected lines of all feeds, by reason; reasons without any are left out. */
    public Map<RejectReason, Long> rejected() {
        Map<RejectReason, Long> all = new EnumMap<>(RejectReason.class);
        feeds.forEach(feed -> feed.rejected().forEach((reason, lines) -> all.merge(reason, lines, Long::sum)));
        return all;
    }

    public double ticksPerSecond() {
        return seconds > 0 ? published / seconds : 0;
    }
}
