package io.tickring.engine.journaling;

import java.util.function.Predicate;

/**
 * Which records of a journal a replay takes: from a sequence or a receive time, up to a sequence or a receive time, both ends
 * inclusive; only ticks of symbols that {@code symbols} accepts (null for all); at most {@code limit} ticks.
 *
 * @param from null for the beginning
 * @param to null for the end
 */
public record JournalRange(Position from, Position to, Predicate<String> symbols, long limit) {
    /** The whole journal. */
    public static final JournalRange WHOLE = new JournalRange(null, null, null, Long.MAX_VALUE);

    /** A sequence, or a receive time in ns since the epoch. */
    public record Position(boolean isTime, long value) {
        public static Position sequence(long sequence) {
            return new Position(false, sequence);
        }

        public static Position time(long epochNs) {
            return new Position(true, epochNs);
        }
    }

    /** Whether nothing is left out. */
    public boolean isWhole() {
        return from == null && to == null && symbols == null && limit == Long.MAX_VALUE;
    }
}
