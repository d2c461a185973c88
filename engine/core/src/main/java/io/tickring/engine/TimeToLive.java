package io.tickring.engine;

import io.tickring.engine.tick.Glob;
import io.tickring.engine.tick.PriceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a price lives without a tick, by symbol: after one time it is stale, after a longer one it has expired. Of several rules
 * the last that matches a symbol counts; a symbol that none matches lives for ever. Immutable.
 */
public final class TimeToLive {
    /** Every price lives for ever. */
    public static final TimeToLive FOREVER = new TimeToLive(List.of());

    private static final long FOREVER_NS = Long.MAX_VALUE;
    private static final int TIMES_TO_EXPIRY = 10;

    private final List<Rule> rules;

    private TimeToLive(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What holds for the symbols that match a glob. */
    private record Rule(Glob symbols, long staleNs, long expiredNs) {}

    /** All prices are stale after {@code stale} and have expired after ten times that. */
    public static TimeToLive of(Duration stale) {
        return FOREVER.with("*", stale);
    }

    /** As {@link #with(String, Duration, Duration)}, expired after ten times as long. */
    public TimeToLive with(String glob, Duration stale) {
        long ns = stale.toNanos();
        boolean isTooLong = ns > FOREVER_NS / TIMES_TO_EXPIRY;
        return with(glob, stale, Duration.ofNanos(isTooLong ? FOREVER_NS : ns * TIMES_TO_EXPIRY));
    }

    /**
     * These rules, and behind them another.
     *
     * @param glob of symbols: {@code *} is any characters, {@code ?} one
     * @throws IllegalArgumentException unless {@code stale} is above 0 and {@code expired} above that
     */
    public TimeToLive with(String glob, Duration stale, Duration expired) {
        if (stale.isNegative() || stale.isZero() || expired.compareTo(stale) <= 0) {
            throw new IllegalArgumentException("timeToLive of " + glob + ": stale=" + stale.toNanos()
                    + "ns must be above 0," + " expired=" + expired.toNanos() + "ns above that");
        }
        return with(new Rule(new Glob(glob), stale.toNanos(), expired.toNanos()));
    }

    /** These rules, and behind them that what matches {@code glob} lives for ever. */
    public TimeToLive forever(String glob) {
        return with(new Rule(new Glob(glob), FOREVER_NS, FOREVER_NS));
    }

    /** The age in ns at which a symbol's price goes from {@code state} to the next; the greatest number for never. */
    long limitNs(String symbol, PriceState state) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            Rule rule = rules.get(i);
            if (rule.symbols().test(symbol)) {
                return switch (state) {
                    case LIVE -> rule.staleNs();
                    case STALE -> rule.expiredNs();
                    case EXPIRED -> FOREVER_NS;
                };
            }
        }
        return FOREVER_NS;
    }

    /** The shortest time after which a price is stale; the greatest number for never. */
    long shortestNs() {
        return rules.stream().mapToLong(Rule::staleNs).min().orElse(FOREVER_NS);
    }

    private TimeToLive with(Rule added) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(added);
        return new TimeToLive(all);
    }
}
