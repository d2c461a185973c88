package io.tickring.engine.analytics;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** The figures of one instrument as they are defined: all its ticks in lists, each figure anew from the whole list, exact until the end. */
final class SlowFigures {
    private static final MathContext EXACT = new MathContext(40);
    private static final BigDecimal UNIT = BigDecimal.valueOf(1, 8);

    /** A bar, sums in the unit of their product. */
    record SlowBar(
            long startNs,
            long open,
            long high,
            long low,
            long close,
            long trades,
            BigInteger volume,
            BigInteger notional,
            BigInteger buyVolume,
            BigInteger sellVolume) {}

    private record SlowTrade(long timeNs, long price, long size, byte side) {}

    private record SlowQuote(long timeNs, long bid, long ask, long bidSize, long askSize) {
        boolean hasTwoSides() {
            return bidSize > 0 && askSize > 0;
        }

        BigDecimal mid() {
            return BigDecimal.valueOf(bid).add(BigDecimal.valueOf(ask)).divide(BigDecimal.valueOf(2));
        }
    }

    private final List<SlowTrade> trades = new ArrayList<>();
    private final List<SlowQuote> quotes = new ArrayList<>();

    /** By id, of every instrument that is defined. */
    static Map<Integer, SlowFigures> of(DirectBuffer records, int count) {
        Map<Integer, SlowFigures> all = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Tick tick = new Tick().wrap(records, i * TickDescriptor.LENGTH);
            if (tick.type() == TickDescriptor.DEFINITION) {
                all.putIfAbsent(tick.instrumentId(), new SlowFigures());
            } else if (all.containsKey(tick.instrumentId())) {
                all.get(tick.instrumentId()).add(tick);
            }
        }
        return all;
    }

    /** A quote received before its predecessor counts as received with it. */
    void add(Tick tick) {
        long receivedNs = tick.receiveTimeNs();
        if (tick.type() == TickDescriptor.TRADE) {
            long exchangeNs = tick.exchangeTimeNs();
            long timeNs = exchangeNs == TickDescriptor.NO_TIME ? receivedNs : exchangeNs;
            trades.add(new SlowTrade(timeNs, tick.price(), tick.size(), tick.side()));
        } else if (tick.type() == TickDescriptor.QUOTE) {
            long timeNs = quotes.isEmpty() ? receivedNs : Math.max(receivedNs, quotes.get(quotes.size() - 1).timeNs);
            quotes.add(new SlowQuote(timeNs, tick.bid(), tick.ask(), tick.bidSize(), tick.askSize()));
        }
    }

    long quotes() {
        return quotes.size();
    }

    long trades() {
        return trades.size();
    }

    long newestTradeNs() {
        return trades.stream().mapToLong(SlowTrade::timeNs).max().orElseThrow();
    }

    /** For each interval with a late trade how many, by its start. */
    TreeMap<Long, Long> late(long intervalNs, long graceNs) {
        TreeMap<Long, Long> late = new TreeMap<>();
        boolean[] isLate = isLate(intervalNs, graceNs);
        for (int i = 0; i < isLate.length; i++) {
            if (isLate[i]) {
                late.merge(startNs(trades.get(i), intervalNs), 1L, Long::sum);
            }
        }
        return late;
    }

    /** Every bar with a trade, oldest first. */
    List<SlowBar> bars(long intervalNs, long graceNs) {
        TreeMap<Long, List<SlowTrade>> byStart = new TreeMap<>();
        boolean[] isLate = isLate(intervalNs, graceNs);
        for (int i = 0; i < isLate.length; i++) {
            if (!isLate[i]) {
                byStart.computeIfAbsent(startNs(trades.get(i), intervalNs), start -> new ArrayList<>())
                        .add(trades.get(i));
            }
        }
        List<SlowBar> bars = new ArrayList<>();
        byStart.forEach((start, inBar) -> bars.add(bar(start, inBar)));
        return bars;
    }

    /** A trade is late when one before it is at or after the end of its interval and the grace. */
    private boolean[] isLate(long intervalNs, long graceNs) {
        boolean[] isLate = new boolean[trades.size()];
        long newestBeforeNs = Long.MIN_VALUE;
        for (int i = 0; i < isLate.length; i++) {
            isLate[i] = newestBeforeNs >= startNs(trades.get(i), intervalNs) + intervalNs + graceNs;
            newestBeforeNs = Math.max(newestBeforeNs, trades.get(i).timeNs);
        }
        return isLate;
    }

    private static long startNs(SlowTrade trade, long intervalNs) {
        return Math.floorDiv(trade.timeNs, intervalNs) * intervalNs;
    }

    private static SlowBar bar(long startNs, List<SlowTrade> trades) {
        SlowTrade first = trades.get(0);
        SlowTrade last = trades.get(0);
        for (SlowTrade trade : trades) {
            first = trade.timeNs < first.timeNs ? trade : first;
            last = trade.timeNs >= last.timeNs ? trade : last;
        }
        BigInteger notional = BigInteger.ZERO;
        for (SlowTrade trade : trades) {
            notional = notional.add(BigInteger.valueOf(trade.price).multiply(BigInteger.valueOf(trade.size)));
        }
        return new SlowBar(
                startNs,
                first.price,
                trades.stream().mapToLong(SlowTrade::price).max().orElseThrow(),
                trades.stream().mapToLong(SlowTrade::price).min().orElseThrow(),
                last.price,
                trades.size(),
                volume(trades, TickDescriptor.SIDE_BUY, TickDescriptor.SIDE_SELL, TickDescriptor.SIDE_NONE),
                notional,
                volume(trades, TickDescriptor.SIDE_BUY),
                volume(trades, TickDescriptor.SIDE_SELL));
    }

    private static BigInteger volume(List<SlowTrade> trades, byte... sides) {
        BigInteger volume = BigInteger.ZERO;
        for (SlowTrade trade : trades) {
            for (byte side : sides) {
                volume = volume.add(BigInteger.valueOf(trade.side == side ? trade.size : 0));
            }
        }
        return volume;
    }

    BigDecimal buyVolume() {
        return new BigDecimal(volume(trades, TickDescriptor.SIDE_BUY), 8);
    }

    BigDecimal sellVolume() {
        return new BigDecimal(volume(trades, TickDescriptor.SIDE_SELL), 8);
    }

    double timeWeightedSpread() {
        BigDecimal weighted = BigDecimal.ZERO;
        BigDecimal timeNs = BigDecimal.ZERO;
        for (int i = 0; i + 1 < quotes.size(); i++) {
            SlowQuote quote = quotes.get(i);
            if (quote.hasTwoSides()) {
                BigDecimal lastedNs = BigDecimal.valueOf(quotes.get(i + 1).timeNs - quote.timeNs);
                BigDecimal spread = BigDecimal.valueOf(quote.ask).subtract(BigDecimal.valueOf(quote.bid));
                weighted = weighted.add(spread.multiply(lastedNs));
                timeNs = timeNs.add(lastedNs);
            }
        }
        return timeNs.signum() == 0
                ? Double.NaN
                : weighted.multiply(UNIT).divide(timeNs, EXACT).doubleValue();
    }

    /** Not by its recursion: each mid with the weight that it has at the end. */
    double ewma(long halfLifeNs) {
        List<SlowQuote> two = quotes.stream().filter(SlowQuote::hasTwoSides).toList();
        if (two.isEmpty()) {
            return Double.NaN;
        }
        long endNs = two.get(two.size() - 1).timeNs;
        BigDecimal average = BigDecimal.ZERO;
        for (int i = 0; i < two.size(); i++) {
            double left = Math.pow(2, -(double) (endNs - two.get(i).timeNs) / halfLifeNs);
            double own =
                    i == 0 ? 1 : -Math.expm1(-Math.log(2) * (two.get(i).timeNs - two.get(i - 1).timeNs) / halfLifeNs);
            average = average.add(two.get(i).mid().multiply(new BigDecimal(left * own)), EXACT);
        }
        return average.multiply(UNIT).doubleValue();
    }

    /** What an error of the average is to be measured by. */
    double greatestMid() {
        return quotes.stream()
                .filter(SlowQuote::hasTwoSides)
                .mapToDouble(quote -> Math.abs(quote.mid().multiply(UNIT).doubleValue()))
                .max()
                .orElse(0);
    }

    /** ln(mid_k / mid_{k-1}) by k, for every step behind the first with a mid up to the last with one. */
    TreeMap<Long, Double> returns(long gridNs) {
        TreeMap<Long, BigDecimal> lastMids = new TreeMap<>();
        for (SlowQuote quote : quotes) {
            if (quote.hasTwoSides() && quote.mid().signum() > 0) {
                lastMids.put(Math.floorDiv(quote.timeNs, gridNs), quote.mid());
            }
        }
        TreeMap<Long, Double> returns = new TreeMap<>();
        for (long k = lastMids.isEmpty() ? 1 : lastMids.firstKey() + 1;
                !lastMids.isEmpty() && k <= lastMids.lastKey();
                k++) {
            BigDecimal before = lastMids.floorEntry(k - 1).getValue();
            BigDecimal mid = lastMids.floorEntry(k).getValue();
            returns.put(k, logOf(mid, before));
        }
        return returns;
    }

    /** ln(a / b), as precise for two that are nearly equal. */
    private static double logOf(BigDecimal a, BigDecimal b) {
        if (a.equals(b)) {
            return 0;
        }
        double change = a.subtract(b).divide(b, EXACT).doubleValue();
        return Math.abs(change) < 0.5
                ? Math.log1p(change)
                : Math.log(a.divide(b, EXACT).doubleValue());
    }

    double realizedVolatility(long gridNs) {
        TreeMap<Long, Double> returns = returns(gridNs);
        BigDecimal sum = BigDecimal.ZERO;
        for (double logReturn : returns.values()) {
            sum = sum.add(new BigDecimal(logReturn).pow(2), EXACT);
        }
        return returns.isEmpty() ? Double.NaN : sum.sqrt(EXACT).doubleValue();
    }

    double imbalance() {
        if (quotes.isEmpty()) {
            return Double.NaN;
        }
        SlowQuote last = quotes.get(quotes.size() - 1);
        BigDecimal bid = BigDecimal.valueOf(last.bidSize);
        BigDecimal ask = BigDecimal.valueOf(last.askSize);
        return bid.add(ask).signum() == 0
                ? Double.NaN
                : bid.subtract(ask).divide(bid.add(ask), EXACT).doubleValue();
    }

    static double pearson(Map<Long, Double> a, Map<Long, Double> b) {
        List<Long> both = a.keySet().stream().filter(b::containsKey).toList();
        if (both.size() < 2) {
            return Double.NaN;
        }
        BigDecimal meanA = mean(both, a);
        BigDecimal meanB = mean(both, b);
        BigDecimal ab = BigDecimal.ZERO;
        BigDecimal aa = BigDecimal.ZERO;
        BigDecimal bb = BigDecimal.ZERO;
        for (long k : both) {
            BigDecimal da = new BigDecimal(a.get(k)).subtract(meanA, EXACT);
            BigDecimal db = new BigDecimal(b.get(k)).subtract(meanB, EXACT);
            ab = ab.add(da.multiply(db, EXACT), EXACT);
            aa = aa.add(da.multiply(da, EXACT), EXACT);
            bb = bb.add(db.multiply(db, EXACT), EXACT);
        }
        return isConstant(both, a) || isConstant(both, b)
                ? Double.NaN
                : ab.divide(aa.multiply(bb).sqrt(EXACT), EXACT).doubleValue();
    }

    private static boolean isConstant(List<Long> steps, Map<Long, Double> returns) {
        return steps.stream().map(returns::get).distinct().count() == 1;
    }

    private static BigDecimal mean(List<Long> steps, Map<Long, Double> returns) {
        BigDecimal sum = BigDecimal.ZERO;
        for (long k : steps) {
            sum = sum.add(new BigDecimal(returns.get(k)), EXACT);
        }
        return sum.divide(BigDecimal.valueOf(steps.size()), EXACT);
    }
}
