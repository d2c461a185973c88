package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.Sum128;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.agrona.DirectBuffer;

/**
 * What was traded of one instrument in one interval. Immutable.
 *
 * @param startNs since the epoch, a multiple of the interval
 * @param open price of the first trade, by exchange time, in 10⁻⁸ as high, low and close
 * @param notional Σ price·size, exact
 * @param buyVolume of trades whose aggressor bought; of some trades nobody knows the side
 */
public record Bar(
        long startNs,
        long open,
        long high,
        long low,
        long close,
        long trades,
        BigDecimal volume,
        BigDecimal notional,
        BigDecimal buyVolume,
        BigDecimal sellVolume) {
    /** Notional / volume, rounded half-even to 8 decimals. */
    public BigDecimal vwap() {
        return notional.divide(volume, Decimals.SCALE, RoundingMode.HALF_EVEN);
    }

    static Bar at(DirectBuffer rows, int slot) {
        return new Bar(
                rows.getLong(slot + BAR_START),
                rows.getLong(slot + BAR_OPEN),
                rows.getLong(slot + BAR_HIGH),
                rows.getLong(slot + BAR_LOW),
                rows.getLong(slot + BAR_CLOSE),
                rows.getLong(slot + BAR_TRADES),
                new BigDecimal(Sum128.unsigned(rows, slot + BAR_VOLUME), Decimals.SCALE),
                new BigDecimal(Sum128.unsigned(rows, slot + BAR_NOTIONAL), 2 * Decimals.SCALE),
                new BigDecimal(Sum128.unsigned(rows, slot + BAR_BUY_VOLUME), Decimals.SCALE),
                new BigDecimal(Sum128.unsigned(rows, slot + BAR_SELL_VOLUME), Decimals.SCALE));
    }
}
