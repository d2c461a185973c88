package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A feed's thread makes no garbage once it is warm. The compiler allocates a little on that thread when it changes its
 * mind, so the least of a few passes counts: what the code itself allocates, it allocates in each of them.
 */
class FeedAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PASSES = 5;
    private static final int WARM_UP_ROUNDS = 300;
    private static final int MEASURED_ROUNDS = 200;
    private static final int LINES_A_ROUND = 1_000;
    private static final int WARM_UP_TICKS = 2_000_000;
    private static final int MEASURED_TICKS = 1_000_000;
    private static final String LINES = """
            1700000000000000001 {"stream":"xyzusd@bookTicker","data":{"e":"bookTicker","u":5123107839020,"s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3","T":1700000000250,"E":1700000000999}}
            1700000000000000002 {"stream":"xyzusd@bookTicker","data":{"u":50093239212,"s":"ABCUSD","b":"100.50000000","B":"2.00000000","a":"100.60000000","A":"3.00000000"}}
            1700000000000000003 {"stream":"xyzusd@trade","data":{"e":"trade","E":1,"T":1700000000250,"s":"XYZUSD","t":77,"p":"100.50","q":"2","X":"MARKET","m":false}}
            1700000000000000004 {"stream":"xyzusd@depth","data":{"e":"depthUpdate","E":1,"s":"XYZUSD","b":[["1.25","2"],["3","4"]],"a":[["5","6"]]}}
            1700000000000000005 {"s":"A symbol that no engine takes","b":1.5,"B":2,"a":3,"A":4}
            """;

    private static byte[] kept;

    @Test
    void shouldParsePlainLinesWithoutGarbage() throws IOException {
        assertThat(least(() -> bytesFor(new RoundsInput(false)))).isZero();
    }

    @Test
    void shouldNoticeOneSmallArrayInAThousandLines() throws IOException {
        assertThat(bytesFor(new RoundsInput(true))).isGreaterThanOrEqualTo(16L * MEASURED_ROUNDS);
    }

    @Test
    void shouldUnpackAndParseWithoutGarbage() throws IOException {
        bytesForGzip(WARM_UP_ROUNDS * LINES_A_ROUND);
        long least = least(() -> {
            long shorter = bytesForGzip(LINES_A_ROUND);
            return Math.abs(bytesForGzip((MEASURED_ROUNDS + 1) * LINES_A_ROUND) - shorter);
        });
        assertThat(least).as("bytes that depend on the length of the input").isZero();
    }

    @Test
    void shouldSimulateWithoutGarbage() throws IOException {
        bytesForSim(WARM_UP_TICKS);
        long least = least(() -> {
            long shorter = bytesForSim(MEASURED_TICKS);
            return Math.abs(bytesForSim(2 * MEASURED_TICKS) - shorter);
        });
        assertThat(least).as("bytes that depend on the number of ticks").isZero();
    }

    /** Measures again until a pass finds no byte, at most {@link #PASSES} times. */
    private static long least(Pass pass) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < PASSES && least != 0; i++) {
            least = Math.min(least, pass.bytes());
        }
        return least;
    }

    @FunctionalInterface
    private interface Pass {
        long bytes() throws IOException;
    }

    private static long bytesFor(RoundsInput input) throws IOException {
        try (FeedRig rig = new FeedRig(1 << 12, 16, FeedRig.BLIND);
                BinanceFeed feed = BinanceFeed.open(List.of("-"), input)) {
            FeedCounters counters = rig.counters("allocation");
            feed.run(rig.output(counters, "", new TickBudget(Long.MAX_VALUE - 1), new PaceClock(PaceClock.MAX)));
            long lines = (long) (WARM_UP_ROUNDS + MEASURED_ROUNDS) * LINES_A_ROUND;
            assertThat(counters.lines()).isEqualTo(lines);
            assertThat(counters.quotes() + counters.trades()).isEqualTo(lines / 5 * 3);
            assertThat(counters.rejected(RejectReason.SYMBOL_INVALID)).isEqualTo(lines / 5);
        }
        return input.allocatedBytes();
    }

    private static long bytesForGzip(int lines) throws IOException {
        byte[] packed = FeedRun.gzip(FeedRun.bytes(LINES.repeat(lines / 5)));
        try (FeedRig rig = new FeedRig(1 << 12, 16, FeedRig.BLIND);
                BinanceFeed feed = BinanceFeed.open(List.of("-"), new ByteArrayInputStream(packed))) {
            FeedOutput output = rig.output();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            feed.run(output);
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }

    private static long bytesForSim(int ticks) {
        try (FeedRig rig = new FeedRig(1 << 12, 64, FeedRig.BLIND)) {
            SimFeed feed = new SimFeed(64, SimFeed.MAX_RATE, 1);
            FeedOutput output = rig.output("", ticks);
            feed.define(output);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            feed.run(output);
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }

    /** A thousand lines for each read, and a look at the thread's allocation when the feed is warm and at the end. */
    private static final class RoundsInput extends InputStream {
        private final byte[] round = FeedRun.bytes(LINES.repeat(LINES_A_ROUND / 5));
        private final boolean makesGarbage;
        private int rounds;
        private int position;
        private long bytesWhenWarm;
        private long bytesAtTheEnd;

        RoundsInput(boolean makesGarbage) {
            this.makesGarbage = makesGarbage;
        }

        long allocatedBytes() {
            return bytesAtTheEnd - bytesWhenWarm;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == 0) {
                beginRound();
            }
            if (rounds > WARM_UP_ROUNDS + MEASURED_ROUNDS) {
                return -1;
            }
            int count = Math.min(length, round.length - position);
            System.arraycopy(round, position, target, offset, count);
            position = (position + count) % round.length;
            return count;
        }

        @Override
        public int available() {
            return 1;
        }

        private void beginRound() {
            if (rounds == WARM_UP_ROUNDS) {
                bytesWhenWarm = THREADS.getCurrentThreadAllocatedBytes();
            }
            if (rounds == WARM_UP_ROUNDS + MEASURED_ROUNDS) {
                bytesAtTheEnd = THREADS.getCurrentThreadAllocatedBytes();
            } else if (makesGarbage) {
                kept = new byte[1];
            }
            rounds++;
        }
    }
}
