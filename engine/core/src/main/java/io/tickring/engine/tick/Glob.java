package io.tickring.engine.tick;

import java.util.List;
import java.util.function.Predicate;

/**
 * A pattern for symbols: {@code *} stands for any characters, also none, {@code ?} for exactly one; every other
 * character stands for itself, and case counts. There is no escape: {@code ?} matches the two wildcards too. Immutable.
 */
public record Glob(String pattern) implements Predicate<String> {
    /** Whether any of {@code globs} matches; null, which means every symbol, when there are none. */
    public static Predicate<String> anyOf(List<Glob> globs) {
        return globs == null || globs.isEmpty()
                ? null
                : symbol -> globs.stream().anyMatch(glob -> glob.test(symbol));
    }

    /** Greedy with one point to come back to, the last star: never more than pattern length × symbol length steps. */
    @Override
    public boolean test(String symbol) {
        int at = 0;
        int position = 0;
        int star = -1;
        int starPosition = 0;
        while (position < symbol.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (wanted == '*') {
                star = at++;
                starPosition = position;
            } else if (at < pattern.length() && (wanted == '?' || wanted == symbol.charAt(position))) {
                at++;
                position++;
            } else if (star >= 0) {
                at = star + 1;
                position = ++starPosition;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
