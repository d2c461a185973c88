package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.TickDescriptor;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any ticks, written as CSV in any way that RFC 4180 allows, are the same ticks again; and no text is lost count of. */
class CsvPropertyTest {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "A,B", "\"", "x\"\"y", "';|#", "~".repeat(32));
    private static final List<String> COLUMNS = List.of(
            "ts_recv",
            "ts_event",
            "symbol",
            "type",
            "side",
            "bid",
            "ask",
            "bid_size",
            "ask_size",
            "price",
            "size",
            "note",
            "trade_id");
    private static final String NOISE = "\"\",,\n\n\rA1.-\u00e4 ";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldReadBackWhatWasWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        char separator = ",;|\t".charAt(random.nextInt(4));
        String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        List<TickEvent> ticks = new ArrayList<>();
        List<String> symbols = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        append(text, COLUMNS, separator, end, random);
        for (int i = 0; i < 2_000; i++) {
            String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
            if (!symbols.contains(symbol)) {
                symbols.add(symbol);
            }
            TickEvent tick = tick(random, symbols.indexOf(symbol));
            ticks.add(tick);
            append(text, fields(tick, symbol, random), separator, end, random);
        }
        FeedRun run = FeedRun.csv(
                text.toString(), new CsvContext().separator(separator).timeUnit(CsvTimeUnit.NS));
        assertThat(run.rejected()).isEmpty();
        assertThat(run.symbols()).isEqualTo(symbols);
        assertThat(run.ticks()).isEqualTo(ticks);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveEveryRowAroundNoise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder("time,symbol,bid,ask\n1,A,1,2\n");
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(NOISE.charAt(random.nextInt(NOISE.length())));
            }
            byte[] noise = FeedRun.bytes(text + "\n2,A,1,2\n3,A,1,2\n");
            FeedRun run = FeedRun.csv(new ByteArrayInputStream(noise), new CsvContext());
            assertThat(run.ticks())
                    .as("%s", text)
                    .extracting(TickEvent::receiveTimeNs)
                    .contains(1L, 3L);
            assertThat(FeedRun.csv(new DrippingInput(noise), new CsvContext())).isEqualTo(run);
            FeedRun cut = FeedRun.csv(
                    new ByteArrayInputStream(Arrays.copyOf(noise, random.nextInt(29, noise.length))), new CsvContext());
            assertThat(cut.ticks().get(0)).isEqualTo(run.ticks().get(0));
        }
    }

    private static TickEvent tick(SplittableRandom random, int id) {
        long exchangeTimeNs = random.nextInt(3) == 0 ? NO_TIME : random.nextLong(-1L << 61, 1L << 61);
        long receiveTimeNs = random.nextLong(1, Decimals.MAX_VALUE);
        if (random.nextBoolean()) {
            return TickEvent.quote(
                    id, exchangeTimeNs, receiveTimeNs, any(random), any(random), Math.abs(any(random)), 0);
        }
        long tradeId = random.nextInt(3) == 0 ? NO_TRADE_ID : any(random);
        long size = 1 + random.nextLong(1L << 40);
        return TickEvent.trade(
                id, exchangeTimeNs, receiveTimeNs, 1 + Math.abs(any(random) / 2), size, tradeId, random.nextInt(3));
    }

    private static long any(SplittableRandom random) {
        long max = Decimals.MAX_VALUE >>> random.nextInt(60);
        return random.nextLong(-max, max);
    }

    private static List<String> fields(TickEvent tick, String symbol, SplittableRandom random) {
        boolean isQuote = tick.type() == TickDescriptor.QUOTE;
        List<String> fields = new ArrayList<>();
        fields.add(Long.toString(tick.receiveTimeNs()));
        fields.add(tick.exchangeTimeNs() == NO_TIME ? "" : Long.toString(tick.exchangeTimeNs()));
        fields.add(symbol);
        fields.add(isQuote ? "quote" : "trade");
        fields.add(List.of("none", "buy", "sell").get(tick.side()));
        for (int i = 0; i < 4; i++) {
            long value = List.of(tick.first(), tick.second(), tick.third(), tick.fourth())
                    .get(i);
            fields.add(isQuote ? Decimals.format(value) : "");
        }
        fields.add(isQuote ? "" : Decimals.format(tick.first()));
        fields.add(isQuote ? "" : Decimals.format(tick.second()));
        fields.add(
                List.of("", "plain", "a \"b\"", "a\nb", "\r\n,;|\t", "\u20ac").get(random.nextInt(6)));
        fields.add(isQuote || tick.third() == NO_TRADE_ID ? "" : Long.toString(tick.third()));
        return fields;
    }

    private static void append(
            StringBuilder text, List<String> fields, char separator, String end, SplittableRandom random) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            boolean mustQuote = field.indexOf(separator) >= 0 || field.matches("(?s).*[\"\r\n].*");
            boolean isQuoted = mustQuote || random.nextInt(4) == 0;
            text.append(i == 0 ? "" : separator);
            text.append(isQuoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        text.append(end);
    }
}
