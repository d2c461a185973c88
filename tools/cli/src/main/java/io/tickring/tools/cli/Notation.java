package io.tickring.tools.cli;

import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How numbers and times are written for people and in JSON. */
final class Notation {
    private static final DateTimeFormatter ISO_NS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Notation() {}

    /** Plain decimal notation, no exponent, no trailing zeros: {@code 61659.8}, {@code 0}. */
    static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    /** ISO-8601, UTC, with all nine decimals. */
    static String isoTime(long epochNs) {
        long perSecond = TimeUnit.SECONDS.toNanos(1);
        return ISO_NS.format(
                Instant.ofEpochSecond(Math.floorDiv(epochNs, perSecond), Math.floorMod(epochNs, perSecond)));
    }

    /** ISO-8601, UTC, of milliseconds since the epoch. */
    static String isoTimeOfMs(long epochMs) {
        return Instant.ofEpochMilli(epochMs).toString();
    }

    static boolean isKnown(long epochNs) {
        return epochNs != TickDescriptor.NO_TIME;
    }
}
