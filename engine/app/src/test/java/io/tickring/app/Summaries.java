package io.tickring.app;

import io.tickring.engine.FeedSummary;
import io.tickring.engine.RunSummary;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Runs made by hand. */
final class Summaries {
    private Summaries() {}

    /** Two feeds, rejected lines, a journal. */
    static RunSummary full() {
        FeedSummary spot = new FeedSummary(
                "spot",
                "binance",
                41_252,
                28_040,
                9_757,
                3_452,
                Map.of(RejectReason.TOO_PRECISE, 1L, RejectReason.MALFORMED_LINE, 2L),
                0);
        FeedSummary um = new FeedSummary(
                "um", "binance", 93_955, 66_089, 21_313, 6_552, Map.of(RejectReason.MALFORMED_LINE, 1L), 199);
        Map<String, Histogram> latencies = new LinkedHashMap<>();
        latencies.put("price", histogram(1));
        latencies.put("journal", histogram(2));
        return new RunSummary(
                EngineState.HALTED,
                StateReason.DISK_LOW,
                List.of(spot, um),
                125_000,
                125_000,
                125_000,
                2,
                3,
                1,
                4,
                1_001,
                126_010,
                126_010,
                126_000,
                0x00ab_cdef_0123_4567L,
                0x0001_0203_0405_0607L,
                2.5,
                8_250_000,
                "shared",
                "yield",
                latencies);
    }

    /** A feed that gave nothing, and no journal. */
    static RunSummary empty() {
        FeedSummary feed = new FeedSummary("binance", "binance", 0, 0, 0, 0, Map.of(), 0);
        return new RunSummary(
                EngineState.STOPPED,
                null,
                List.of(feed),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                -1,
                null,
                0.01,
                0,
                "dedicated",
                "busy-spin",
                Map.of("price", histogram(0)));
    }

    /** {@code times} times 1 µs to 1,000 µs, a µs apart. */
    private static Histogram histogram(int times) {
        Histogram histogram = new Histogram(3_600_000_000_000L, 3);
        for (int us = 1; us <= 1000 && times > 0; us++) {
            histogram.recordValueWithCount(us * 1000L, times);
        }
        return histogram;
    }
}
