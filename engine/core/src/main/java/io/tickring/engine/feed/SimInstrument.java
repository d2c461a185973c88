package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.SIDE_SELL;

/**
 * One instrument of a simulated market. Its mid is a discrete Ornstein-Uhlenbeck process in whole price steps: at each quote it
 * moves by one step or not, towards its anchor the likelier the further away it is, and never more than {@link #MAX_DISTANCE}
 * steps away; so prices stay above 0. A trade hits the standing bid or ask and takes from its size.
 */
final class SimInstrument {
    /** At this distance from the anchor the mid cannot move further away. */
    private static final int MAX_DISTANCE = 2048;

    private static final int MIN_ANCHOR_STEPS = 4 * MAX_DISTANCE;
    private static final int ANCHOR_RANGE_STEPS = 1_000_000;
    private static final int MOVE_CHANCE = 1 << 14;
    private static final int PULL_PER_STEP = MOVE_CHANCE / MAX_DISTANCE;
    private static final int TRADE_CHANCE = 53;
    private static final int SWEEP_CHANCE = 16;
    private static final int[] SPREADS = {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 1, 1};
    private static final long[] POWERS = {100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final int PRICE_STEPS = 6;
    private static final int FIRST_SIZE_STEP = 3;
    private static final int SIZE_STEPS = 4;
    private static final int MIN_DELAY_NS = 20_000;

    private final int id;
    private final SimRandom random;
    private final int anchor;
    private final long priceStep;
    private final long sizeStep;
    private int mid;
    private int bid;
    private int ask;
    private int bidLots;
    private int askLots;
    private long tradeId;
    private long exchangeTimeNs;
    private boolean isQuoted;
    private boolean isHit;

    SimInstrument(int id, SimRandom random) {
        this.id = id;
        this.random = random;
        this.anchor = MIN_ANCHOR_STEPS + random.below(ANCHOR_RANGE_STEPS);
        this.priceStep = POWERS[random.below(PRICE_STEPS)];
        this.sizeStep = POWERS[FIRST_SIZE_STEP + random.below(SIZE_STEPS)];
        this.mid = anchor;
    }

    /** Gives the next tick, received at {@code nowNs}; of {@code bits} the lower 40 are taken as random. */
    void next(FeedOutput output, long nowNs, long bits) {
        exchangeTimeNs = Math.max(exchangeTimeNs, nowNs - MIN_DELAY_NS - (bits & 0x1_FFFF));
        boolean isBuy = (bits & 1 << 17) != 0;
        boolean wantsTrade = (bits >>> 18 & 0xFF) < TRADE_CHANCE;
        if (wantsTrade && isQuoted && (isBuy ? askLots : bidLots) > 0) {
            trade(output, nowNs, isBuy, (int) (bits >>> 26 & 0x3FFF));
        } else {
            quote(output, nowNs);
        }
    }

    private void trade(FeedOutput output, long nowNs, boolean isBuy, int draw) {
        int standing = isBuy ? askLots : bidLots;
        boolean isSweep = (draw & 0xFF) < SWEEP_CHANCE;
        int lots = isSweep ? standing : 1 + (standing * (draw >>> 8) >>> 9);
        if (isBuy) {
            askLots -= lots;
        } else {
            bidLots -= lots;
        }
        isHit = true;
        output.trade(
                id,
                exchangeTimeNs,
                nowNs,
                (isBuy ? ask : bid) * priceStep,
                lots * sizeStep,
                ++tradeId,
                isBuy ? SIDE_BUY : SIDE_SELL);
    }

    /** After trades the quote shows what they left; otherwise, or where nothing is left, the market makers quote anew. */
    private void quote(FeedOutput output, long nowNs) {
        if (!isHit || bidLots == 0 || askLots == 0) {
            requote(random.next());
        }
        isHit = false;
        isQuoted = true;
        output.quote(
                id, exchangeTimeNs, nowNs, bid * priceStep, ask * priceStep, bidLots * sizeStep, askLots * sizeStep);
    }

    private void requote(long bits) {
        int draw = (int) (bits & 0xFFFF);
        int pull = (mid - anchor) * PULL_PER_STEP;
        if (draw < MOVE_CHANCE - pull) {
            mid++;
        } else if (draw >= (1 << 16) - MOVE_CHANCE - pull) {
            mid--;
        }
        int spread = SPREADS[(int) (bits >>> 16 & 0xF)];
        bid = mid - (spread >> 1);
        ask = bid + spread;
        bidLots = 1 + (int) (bits >>> 20 & 0x3FF);
        askLots = 1 + (int) (bits >>> 30 & 0x3FF);
    }
}
