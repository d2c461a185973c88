package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to lines: nothing is thrown, and every line of the input is counted exactly once. */
class BinanceFuzzTest {
    private static final int LINES = 20_000;
    private static final int DAMAGES = 150;
    private static final List<String> GOOD =
            List.of("""
            1700000000000000001 {"stream":"xyzusd@bookTicker","data":{"e":"bookTicker","u":5,"s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3","T":1700000000250,"E":1700000000999}}
            """, """
            1700000000000000002 {"stream":"xyzusd@bookTicker","data":{"u":5,"s":"XYZUSD","b":"100.50000000","B":"2.00000000","a":"100.60000000","A":"3.00000000"}}
            """, """
            1700000000000000003 {"stream":"xyzusd@trade","data":{"e":"trade","E":1,"T":1700000000250,"s":"ÄYZUSD","t":77,"p":"100.50","q":"2","X":"MARKET","m":false}}
            """, """
            1700000000000000004 {"stream":"xyzusd@depth","data":{"e":"depthUpdate","E":1,"s":"XYZUSD","b":[["1","2"],["3","4"]],"a":[]}}
            """, "1700000000000000005 {\"result\":null,\"id\":-1.5e3}\r\n");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldCountEveryMutatedLine(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (int i = 0; i < LINES; i++) {
            byte[] line = FeedRun.bytes(GOOD.get(random.nextInt(GOOD.size())));
            input.writeBytes(i > 0 && random.nextInt(4) > 0 ? mutated(line, random) : line);
        }
        byte[] bytes = input.toByteArray();
        FeedRun run = FeedRun.binance(bytes);
        long rejected =
                run.rejected().values().stream().mapToLong(Long::longValue).sum();
        assertThat(run.lines()).as("seed=%d", seed).isEqualTo(lines(bytes));
        assertThat(run.ticks().size() + run.ignored() + rejected).isEqualTo(run.lines());
        assertThat(run.ticks().size()).isGreaterThan(LINES / 10);
        assertThat(rejected).isGreaterThan(LINES / 10);
        assertThat(FeedRun.binance(FeedRun.gzip(bytes))).isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void shouldCarryOnBehindDamagedGzip(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = FeedRun.bytes(String.join("", GOOD).repeat(20));
        byte[] packed = FeedRun.join(FeedRun.gzip(good), FeedRun.gzip(good));
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = Arrays.copyOf(packed, 3 + random.nextInt(packed.length - 2));
            damaged[2 + random.nextInt(damaged.length - 2)] ^= (byte) (1 << random.nextInt(8));
            FeedRun run = FeedRun.binance(damaged);
            assertThat(run.rejected().getOrDefault(RejectReason.TRUNCATED_INPUT, 0L))
                    .as("seed=%d damage=%d", seed, i)
                    .isLessThanOrEqualTo(1);
        }
    }

    /** One to three times: a bit flipped, a byte set, a part cut, doubled or moved. */
    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] line = original;
        for (int i = 1 + random.nextInt(3); i > 0 && line.length > 1; i--) {
            int from = random.nextInt(line.length);
            int to = from + random.nextInt(line.length - from + 1);
            byte[] head = Arrays.copyOf(line, from);
            byte[] part = Arrays.copyOfRange(line, from, to);
            byte[] tail = Arrays.copyOfRange(line, to, line.length);
            switch (random.nextInt(5)) {
                case 0 -> {
                    line = line.clone();
                    line[from] ^= (byte) (1 << random.nextInt(8));
                }
                case 1 -> {
                    line = line.clone();
                    line[from] = (byte) "{}[]\",:0.- \n\\ue9\u0000".charAt(random.nextInt(17));
                }
                case 2 -> line = FeedRun.join(head, tail);
                case 3 -> line = FeedRun.join(head, part, part, tail);
                default -> line = FeedRun.join(part, head, tail);
            }
        }
        return line;
    }

    private static long lines(byte[] bytes) {
        long lines = 0;
        for (byte b : bytes) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines + (bytes[bytes.length - 1] == '\n' ? 0 : 1);
    }
}
