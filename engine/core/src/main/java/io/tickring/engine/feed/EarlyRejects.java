package io.tickring.engine.feed;

import java.util.EnumMap;
import java.util.Map;

/** Lines without a receive time that were passed on the way to the first one with it; counted when the feed runs. One thread. */
final class EarlyRejects {
    private final Map<RejectReason, Passed> passed = new EnumMap<>(RejectReason.class);

    void add(RejectReason reason, String file, long line) {
        passed.computeIfAbsent(reason, first -> new Passed(file, line)).count++;
    }

    /** Counts them all in {@code output}, and forgets them. */
    void countIn(FeedOutput output) {
        passed.forEach((reason, lines) -> {
            for (long i = 0; i < lines.count; i++) {
                output.rejected(reason, lines.firstFile, lines.firstLine);
            }
        });
        passed.clear();
    }

    private static final class Passed {
        private final String firstFile;
        private final long firstLine;
        private long count;

        Passed(String firstFile, long firstLine) {
            this.firstFile = firstFile;
            this.firstLine = firstLine;
        }
    }
}
