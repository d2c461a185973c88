package io.tickring.engine.snapshot;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A state after the record with {@code sequence} of one journal. Its sections' bytes belong to whoever made it.
 *
 * @param digest of the price table
 * @param timeMs when it was taken, since the epoch
 */
public record Snapshot(long journalId, long sequence, long digest, long timeMs, List<Section> sections) {
    /**
     * A part of the state.
     *
     * @param version of what the bytes mean
     * @param bytes a multiple of 8 of them from index 0 on, {@code length} in all
     */
    public record Section(int type, int version, DirectBuffer bytes, int length) {}

    /** The section of a type and version; null where there is none. */
    public Section section(int type, int version) {
        return sections.stream()
                .filter(section -> section.type() == type && section.version() == version)
                .findFirst()
                .orElse(null);
    }
}
