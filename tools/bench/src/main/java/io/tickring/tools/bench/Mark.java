package io.tickring.tools.bench;

import java.util.Locale;

/**
 * What is hoped of {@code peer}: {@code atLeast} times the rate of {@code other}, round by round, or {@code atLeast} millions a second
 * where that is {@link #NONE}. Both stand in the bench's list.
 */
record Mark(int peer, int other, double atLeast, Rate rate) {
    /** Stands for no other peer. */
    static final int NONE = -1;

    /** What is counted. */
    enum Rate {
        TICKS,
        READS
    }

    Mark(int peer, int other, double atLeast) {
        this(peer, other, atLeast, Rate.TICKS);
    }

    static Mark millionsPerSecond(int peer, double atLeast) {
        return new Mark(peer, NONE, atLeast);
    }

    /** A line: whether it is met, by how much, and what was hoped for. */
    String verdict(BenchResult result) {
        PeerResult mine = result.peers().get(peer);
        PeerResult others = other == NONE ? mine : result.peers().get(other);
        Figures figures = other == NONE ? figures(mine) : figures(mine).per(figures(others));
        double median = figures.median();
        String verdict = mine.isJudged() && others.isJudged() ? median >= atLeast ? "MET" : "NOT MET" : "NO VERDICT";
        String counted = rate == Rate.READS ? " in reads" : "";
        return other == NONE
                ? String.format(
                        Locale.ROOT,
                        "  %-10s %s = %.2f M/s%s (mark: at least %.2f M/s)",
                        verdict,
                        mine.name(),
                        median,
                        counted,
                        atLeast)
                : String.format(
                        Locale.ROOT,
                        "  %-10s %s = %.2fx %s%s (mark: at least %.2fx)",
                        verdict,
                        mine.name(),
                        median,
                        others.name(),
                        counted,
                        atLeast);
    }

    private Figures figures(PeerResult of) {
        return rate == Rate.READS ? of.reads() : of.rates();
    }
}
