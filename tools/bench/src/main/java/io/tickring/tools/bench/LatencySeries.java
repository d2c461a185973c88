package io.tickring.tools.bench;

import java.util.List;

/**
 * One point of a peer, over the rates of the ladder that the peer came to.
 *
 * @param end why it has no further rows
 */
record LatencySeries(String name, List<LatencyRow> rows, String end) {
    /** The row at a rate, or null if the peer did not come to it. */
    LatencyRow at(double ticksPerSecond) {
        return rows.stream()
                .filter(row -> row.ticksPerSecond() == ticksPerSecond)
                .findFirst()
                .orElse(null);
    }
}
