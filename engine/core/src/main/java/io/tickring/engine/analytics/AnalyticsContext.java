package io.tickring.engine.analytics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What figures are kept of each instrument. Equal settings over equal ticks give equal figures, bit for bit. Ticks that the journal lacks,
 * for the disk was nearly full, are in a running engine's figures, and in none that are computed from the journal. One thread until
 * concluded.
 */
public final class AnalyticsContext {
    static final int MAX_INTERVALS = 8;
    static final int MAX_WORKERS = 32;
    private static final int CORES_A_WORKER = 4;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);
    private static final long MAX_OPEN_BARS = 1_000;
    private static final long MOST_DAYS_IN_NS = TimeUnit.NANOSECONDS.toDays(Long.MAX_VALUE) - 1;

    /** A unit of time by its name on the command line. */
    private record Unit(String name, long ns) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("d", TimeUnit.DAYS.toNanos(1)),
            new Unit("h", TimeUnit.HOURS.toNanos(1)),
            new Unit("m", TimeUnit.MINUTES.toNanos(1)),
            new Unit("s", TimeUnit.SECONDS.toNanos(1)),
            new Unit("ms", TimeUnit.MILLISECONDS.toNanos(1)),
            new Unit("us", TimeUnit.MICROSECONDS.toNanos(1)));

    private List<Duration> bars = List.of(Duration.ofSeconds(1));
    private Duration grace = Duration.ofSeconds(2);
    private Duration halfLife = Duration.ofSeconds(10);
    private Duration grid = Duration.ofSeconds(1);
    private int workers =
            Math.max(1, Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors() / CORES_A_WORKER));

    /**
     * The lengths of the bars that are kept at once, 1 to 8 of them, each from 1 ms to 7 d; 1 s if not told. A bar begins at a multiple
     * of its length since the epoch.
     */
    public AnalyticsContext bars(List<Duration> lengths) {
        this.bars = List.copyOf(lengths);
        return this;
    }

    /** How long behind its end, by the instrument's newest trade, a bar still takes trades: 0 to 1 h, 2 s if not told. */
    public AnalyticsContext grace(Duration value) {
        this.grace = value;
        return this;
    }

    /** After which time a mid counts half in the moving average: 1 ms to 7 d, 10 s if not told. */
    public AnalyticsContext halfLife(Duration value) {
        this.halfLife = value;
        return this;
    }

    /** The grid of the returns that volatility and correlation are of: 1 ms to 7 d, 1 s if not told. */
    public AnalyticsContext grid(Duration value) {
        this.grid = value;
        return this;
    }

    /** How many handlers of a live engine share the instruments, 1 to 32; one for four cores, at least one, if not told. */
    public AnalyticsContext workers(int count) {
        this.workers = count;
        return this;
    }

    public int workers() {
        return workers;
    }

    /** @throws IllegalArgumentException naming the setting that cannot be, its value and the remedy */
    public AnalyticsContext conclude() {
        if (bars.isEmpty() || bars.size() > MAX_INTERVALS) {
            throw new IllegalArgumentException("bars=" + bars.size() + " lengths: say 1 to " + MAX_INTERVALS);
        }
        bars.forEach(length -> check("bars", length, SHORTEST, LONGEST));
        if (bars.stream().distinct().count() < bars.size()) {
            throw new IllegalArgumentException("bars=" + text(bars) + " names a length twice; say each once");
        }
        check("grace", grace, Duration.ZERO, LONGEST_GRACE);
        check("halfLife", halfLife, SHORTEST, LONGEST);
        check("grid", grid, SHORTEST, LONGEST);
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("workers=" + workers + " must be from 1 to " + MAX_WORKERS);
        }
        for (Duration length : bars) {
            if (grace.toNanos() / length.toNanos() > MAX_OPEN_BARS) {
                throw new IllegalArgumentException("grace=" + text(grace) + " is more than " + MAX_OPEN_BARS
                        + " bars of " + text(length) + "; say less of it, or longer bars");
            }
        }
        return this;
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + "=" + text(value) + " must be from " + text(least) + " to " + text(most));
        }
    }

    private static String text(List<Duration> lengths) {
        return String.join(",", lengths.stream().map(AnalyticsContext::text).toList());
    }

    /** As on the command line: {@code 90s}, {@code 250ms}. */
    static String text(Duration value) {
        if (Math.abs(value.toDays()) > MOST_DAYS_IN_NS) {
            return value.toDays() + "d";
        }
        long ns = value.toNanos();
        for (Unit unit : UNITS) {
            if (ns % unit.ns() == 0 && Math.abs(ns) >= unit.ns()) {
                return ns / unit.ns() + unit.name();
            }
        }
        return ns == 0 ? "0s" : ns + "ns";
    }

    long[] intervalsNs() {
        return bars.stream().mapToLong(Duration::toNanos).toArray();
    }

    long graceNs() {
        return grace.toNanos();
    }

    long halfLifeNs() {
        return halfLife.toNanos();
    }

    long gridNs() {
        return grid.toNanos();
    }

    /** In words, as {@code bars 1s,1m, grace 2s, half-life 10s, grid 1s}. */
    @Override
    public String toString() {
        return "bars " + text(bars) + ", grace " + text(grace) + ", half-life " + text(halfLife) + ", grid "
                + text(grid);
    }
}
