package io.tickring.engine.tick;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** The word that was probably meant where an unknown one was given: for messages that suggest it. Any thread. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate with the least edit distance from {@code word}; of several the first.
     *
     * @throws java.util.NoSuchElementException where there is no candidate.
     */
    public static String of(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(candidate, word)))
                .orElseThrow();
    }

    /** Levenshtein's: the fewest letters to put in, take out or change. */
    public static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
