package io.tickring.engine.journaling;

import java.time.Duration;

/**
 * When what is journaled is forced to the disk, so that it survives a power cut and not a killed process alone.
 *
 * @param intervalNs between two forces of a thread beside the path, in ns; 0 for a force after each block, on the path
 */
public record Durability(long intervalNs) {
    /** Each second: a power cut may take the newest second, a killed process nothing. */
    public static final Durability PROCESS = interval(Duration.ofSeconds(1));

    /** After each block, before the next one: what is journaled is durable. */
    public static final Durability BLOCK = new Durability(0);

    public Durability {
        if (intervalNs < 0) {
            throw new IllegalArgumentException("intervalNs=" + intervalNs + " must not be below 0");
        }
    }

    /** Again and again, {@code interval} apart: one force for all that was journaled meanwhile. */
    public static Durability interval(Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("interval=" + interval + " must be above 0");
        }
        return new Durability(interval.toNanos());
    }

    /** Whether the journal's own stage forces, block by block. */
    public boolean isEachBlock() {
        return intervalNs == 0;
    }
}
