package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;

import io.tickring.engine.ring.TickPublisher;
import java.util.Arrays;
import java.util.Locale;

/**
 * A simulated market: quotes that revert to a mean, trades that hit them, a few busy instruments, bursts. It never ends. Equal
 * arguments give equal ticks to the last bit, times included, on every machine: its clock is its own and opens on 2026-01-01.
 * Allocates nothing for a tick.
 */
public final class SimFeed implements Feed {
    /** As fast as possible; the market's own clock then moves as with a million ticks a second. */
    public static final double MAX_RATE = Double.POSITIVE_INFINITY;

    public static final double MIN_RATE = 0.001;
    public static final int MAX_SYMBOLS = 1 << 20;

    private static final double CLOCK_RATE_AT_MAX = 1_000_000;
    private static final int MIN_PICKS = 4096;
    private static final int PICKS_PER_INSTRUMENT = 16;
    private static final long WEIGHT = 1L << 40;

    private final int symbols;
    private final double ratePerSecond;
    private final SimRandom random;
    private SimInstrument[] market = {};

    /**
     * @param symbols instruments, 1 to {@link #MAX_SYMBOLS}, called SIM000, SIM001 …
     * @param ratePerSecond ticks a second, at least {@link #MIN_RATE}, or {@link #MAX_RATE}
     */
    public SimFeed(int symbols, double ratePerSecond, long seed) {
        if (symbols < 1 || symbols > MAX_SYMBOLS) {
            throw new IllegalArgumentException("symbols=" + symbols + " must be from 1 to " + MAX_SYMBOLS);
        }
        if (!(ratePerSecond >= MIN_RATE)) {
            throw new IllegalArgumentException("rate=" + ratePerSecond + " must be at least " + MIN_RATE);
        }
        this.symbols = symbols;
        this.ratePerSecond = ratePerSecond;
        this.random = new SimRandom(seed);
    }

    @Override
    public String kind() {
        return "sim";
    }

    /** NO_TIME: this is no recording, and the pace of a run does not apply. */
    @Override
    public long firstReceiveTimeNs() {
        return NO_TIME;
    }

    /** Defines all instruments, in order. One that the engine refuses takes no part, and is counted once. */
    @Override
    public void define(FeedOutput output) {
        SimInstrument[] defined = new SimInstrument[symbols];
        int size = 0;
        for (int i = 0; i < symbols; i++) {
            int id = output.instrument(String.format(Locale.ROOT, "SIM%03d", i));
            if (id == TickPublisher.CLOSED) {
                break;
            }
            if (id >= 0) {
                defined[size++] = new SimInstrument(id, random);
            } else {
                boolean isFull = id == TickPublisher.INSTRUMENT_TABLE_FULL;
                output.rejected(
                        isFull ? RejectReason.INSTRUMENT_TABLE_FULL : RejectReason.SYMBOL_INVALID, "sim", i + 1L);
            }
        }
        market = Arrays.copyOf(defined, size);
    }

    @Override
    public void run(FeedOutput output) {
        if (market.length > 0 && output.isOpen()) {
            publish(output, picks(market.length));
        }
        output.flush();
    }

    @Override
    public void close() {}

    private void publish(FeedOutput output, int[] picks) {
        boolean isPaced = ratePerSecond != MAX_RATE;
        SimClock clock = new SimClock(isPaced ? ratePerSecond : CLOCK_RATE_AT_MAX, random);
        int shift = Integer.numberOfLeadingZeros(picks.length - 1) + Integer.SIZE;
        long originNanoTime = System.nanoTime() - SimClock.OPENING_NS;
        while (output.isOpen()) {
            long nowNs = clock.next();
            if (isPaced) {
                output.awaitNanoTime(originNanoTime + nowNs);
            }
            long bits = random.next();
            market[picks[(int) (bits >>> shift)]].next(output, nowNs, bits);
        }
    }

    /** A table to draw an instrument from with one look: the n-th stands in it in proportion to 1/n. Its length is a power of two. */
    private static int[] picks(int instruments) {
        int length = MIN_PICKS;
        while (length < instruments * PICKS_PER_INSTRUMENT) {
            length *= 2;
        }
        long total = 0;
        for (int i = 1; i <= instruments; i++) {
            total += WEIGHT / i;
        }
        int[] picks = new int[length];
        int filled = 0;
        long sum = 0;
        for (int i = 1; i <= instruments; i++) {
            sum += WEIGHT / i;
            int end = i == instruments ? length : (int) (sum / (total / length));
            Arrays.fill(picks, filled, Math.min(end, length), i - 1);
            filled = Math.min(end, length);
        }
        return picks;
    }
}
