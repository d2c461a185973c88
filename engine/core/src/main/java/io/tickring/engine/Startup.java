package io.tickring.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an engine came to run.
 *
 * @param stageNs how long each stage of the start took, in the order in which they ran
 * @param snapshotSequence of the snapshot that the state was taken from, 0 for none
 * @param records that were read from the journal behind it
 * @param checks what was looked at and found well, in a few words each
 */
public record Startup(Map<String, Long> stageNs, long snapshotSequence, long records, List<String> checks) {
    public long totalNs() {
        return stageNs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Measures one stage after the other. One thread. */
    static final class Timer {
        private final Map<String, Long> stageNs = new LinkedHashMap<>();
        private long sinceNs = System.nanoTime();

        /** The stage that began where the one before ended is over. */
        void done(String stage) {
            long nowNs = System.nanoTime();
            stageNs.merge(stage, nowNs - sinceNs, Long::sum);
            sinceNs = nowNs;
        }

        Map<String, Long> stageNs() {
            return stageNs;
        }
    }
}
