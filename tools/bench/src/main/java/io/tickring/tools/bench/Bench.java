package io.tickring.tools.bench;

import java.util.List;

/**
 * A comparison: peers that do the same work. The first is the one that the others are set against.
 *
 * @param name unique; a comparison of two runs finds the bench by it
 * @param title says what the work is
 * @param peers in the order in which each round runs them
 * @param rounds that count
 * @param warmUp whether one round that does not count comes first
 * @param marks what is hoped for; missing one is said, and is no error
 * @param notes what a reader of the figures must know, and what is not included
 * @param bytesNeeded on the disk at the same time
 * @param summary more of the same figures, side by side
 */
record Bench(
        String name,
        String title,
        List<Peer> peers,
        int rounds,
        boolean warmUp,
        List<Mark> marks,
        List<String> notes,
        long bytesNeeded,
        Summary summary) {
    /** Sums results up in lines of text, none for none. */
    @FunctionalInterface
    interface Summary {
        List<String> lines(List<PeerResult> peers);
    }

    Bench(
            String name,
            String title,
            List<Peer> peers,
            int rounds,
            boolean warmUp,
            List<Mark> marks,
            List<String> notes,
            long bytesNeeded) {
        this(name, title, peers, rounds, warmUp, marks, notes, bytesNeeded, results -> List.of());
    }
}
