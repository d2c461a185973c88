package io.tickring.engine.feed;

import static io.tickring.engine.feed.RejectReason.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a line is no tick: each reason, and which one wins. */
class BinanceRejectTest {
    private static final String GOOD = "1 {\"s\":\"X\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}\n";

    static Stream<Arguments> badLines() {
        return Stream.of(
                arguments("", MALFORMED_LINE),
                arguments(" ", MALFORMED_LINE),
                arguments("\r", MALFORMED_LINE),
                arguments("1", MALFORMED_LINE),
                arguments("1 ", MALFORMED_LINE),
                arguments("1 \r", MALFORMED_LINE),
                arguments("1\t{}", MALFORMED_LINE),
                arguments("{}", MALFORMED_LINE),
                arguments(" 1 {}", MALFORMED_LINE),
                arguments("0 {}", MALFORMED_LINE),
                arguments("-1 {}", MALFORMED_LINE),
                arguments("1.5 {}", MALFORMED_LINE),
                arguments("1x {}", MALFORMED_LINE),
                arguments("99999999999999999999x {}", MALFORMED_LINE),
                arguments("\u0661 {}", MALFORMED_LINE),
                arguments("1 {", MALFORMED_LINE),
                arguments("1 {\"a\":\"1", MALFORMED_LINE),
                arguments("1 {\"a\":1", MALFORMED_LINE),
                arguments("1 {\"x\":[{\"y\":1}]", MALFORMED_LINE),
                arguments("1 }", MALFORMED_LINE),
                arguments("1 {}}", MALFORMED_LINE),
                arguments("1 {}{}", MALFORMED_LINE),
                arguments("1 {} {}", MALFORMED_LINE),
                arguments("1 {} 1", MALFORMED_LINE),
                arguments("1 {} x", MALFORMED_LINE),
                arguments("1 {} tr", MALFORMED_LINE),
                arguments("1 {} \"}", MALFORMED_LINE),
                arguments("1 {} {\"a\":1}", MALFORMED_LINE),
                arguments("1 []", MALFORMED_LINE),
                arguments("1 \"e\"", MALFORMED_LINE),
                arguments("1 null", MALFORMED_LINE),
                arguments("1 12", MALFORMED_LINE),
                arguments("1 {\"a\":01}", MALFORMED_LINE),
                arguments("1 {\"a\":1.}", MALFORMED_LINE),
                arguments("1 {\"a\":NaN}", MALFORMED_LINE),
                arguments("1 {\"a\":1,}", MALFORMED_LINE),
                arguments("1 {a:1}", MALFORMED_LINE),
                arguments("1 {'a':1}", MALFORMED_LINE),
                arguments("1 {\"a\":\"\u0001\"}", MALFORMED_LINE),
                arguments("1 {\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}", MALFORMED_LINE),
                arguments("9223372036854775808 {}", OUT_OF_RANGE),
                arguments("99999999999999999999999999 {}", OUT_OF_RANGE),
                arguments("9223372036854775808 {", OUT_OF_RANGE),
                arguments(quote("1", "2", "3", null, ""), MISSING_FIELD),
                arguments(quote("1", "null", "3", "4", ""), MISSING_FIELD),
                arguments(quote("1", "[2]", "3", "4", ""), MISSING_FIELD),
                arguments("1 {\"e\":\"bookTicker\",\"b\":1,\"B\":2,\"a\":3,\"A\":4}", MISSING_FIELD),
                arguments("1 {\"stream\":\"x@bookTicker\",\"data\":{}}", MISSING_FIELD),
                arguments("1 {\"stream\":\"x@trade\",\"data\":{\"s\":\"X\",\"p\":1,\"q\":1}}", MISSING_FIELD),
                arguments(trade("1", "1", "\"true\"", ""), MISSING_FIELD),
                arguments(trade("1", "1", "1", ""), MISSING_FIELD),
                arguments(trade("1", "null", "true", ""), MISSING_FIELD),
                arguments(trade("null", "1", "true", ""), MISSING_FIELD),
                arguments(quote("\"\"", "2", "3", "4", ""), NOT_A_NUMBER),
                arguments(quote("\"1,5\"", "2", "3", "4", ""), NOT_A_NUMBER),
                arguments(quote("1e5", "2", "3", "4", ""), NOT_A_NUMBER),
                arguments(quote("1", "true", "3", "4", ""), NOT_A_NUMBER),
                arguments(quote("1", "2", "\"NaN\"", "4", ""), NOT_A_NUMBER),
                arguments(quote("1", "2", "3", "\" 4\"", ""), NOT_A_NUMBER),
                arguments(quote("1", "2", "3", "4", ",\"T\":1.5"), NOT_A_NUMBER),
                arguments(quote("1", "2", "3", "4", ",\"T\":\"\""), NOT_A_NUMBER),
                arguments(quote("1", "2", "3", "4", ",\"T\":\"-\""), NOT_A_NUMBER),
                arguments(quote("1", "2", "3", "4", ",\"E\":\"x\""), NOT_A_NUMBER),
                arguments(trade("1", "1", "true", ",\"t\":1.0"), NOT_A_NUMBER),
                arguments(trade("1", "1", "true", ",\"t\":\"a\""), NOT_A_NUMBER),
                arguments(quote("92233720369", "2", "3", "4", ""), OUT_OF_RANGE),
                arguments(quote("1", "2", "3", "1" + "0".repeat(2000), ""), OUT_OF_RANGE),
                arguments(quote("1", "2", "3", "4", ",\"T\":9223372036855"), OUT_OF_RANGE),
                arguments(quote("1", "2", "3", "4", ",\"T\":18446744073709551617"), OUT_OF_RANGE),
                arguments(trade("1", "1", "true", ",\"t\":9223372036854775808"), OUT_OF_RANGE),
                arguments(quote("1.000000001", "2", "3", "4", ""), TOO_PRECISE),
                arguments(trade("\"0.123456789\"", "1", "true", ""), TOO_PRECISE),
                arguments(quote("1", "-2", "3", "4", ""), NEGATIVE_SIZE),
                arguments(quote("1", "2", "3", "\"-0.00000001\"", ""), NEGATIVE_SIZE),
                arguments(trade("0", "1", "true", ""), NOT_POSITIVE),
                arguments(trade("-1", "1", "true", ""), NOT_POSITIVE),
                arguments(trade("1", "\"0.000\"", "true", ""), NOT_POSITIVE),
                arguments(trade("1", "-1", "true", ""), NOT_POSITIVE),
                arguments(symbol("\"\""), SYMBOL_INVALID),
                arguments(symbol("\"A B\""), SYMBOL_INVALID),
                arguments(symbol("\"\u00dc\""), SYMBOL_INVALID),
                arguments(symbol("\"A\\u0000\""), SYMBOL_INVALID),
                arguments(symbol("\"" + "A".repeat(33) + "\""), SYMBOL_INVALID),
                arguments(symbol("\"" + "A".repeat(100_000) + "\""), SYMBOL_INVALID),
                arguments(symbol("5"), SYMBOL_INVALID),
                // which one wins
                arguments(quote("x", "null", "3", "4", "").replace("x", "\"x\""), MISSING_FIELD),
                arguments(quote("\"x\"", "1.000000001", "3", "4", ",\"T\":\"y\""), NOT_A_NUMBER),
                arguments(quote("1.000000001", "\"x\"", "3", "4", ""), TOO_PRECISE),
                arguments(quote("1", "-2", "3", "4", ",\"T\":99999999999999"), OUT_OF_RANGE),
                arguments(trade("-1", "\"x\"", "true", ""), NOT_A_NUMBER),
                arguments(symbol("\"A B\"").replace("\"B\":2", "\"B\":-2"), NEGATIVE_SIZE));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void shouldCountABadLineOnceAndGoOn(String line, RejectReason reason) {
        FeedRun run = FeedRun.binance(GOOD + line + "\n" + GOOD);
        assertThat(run.rejected()).isEqualTo(Map.of(reason, 1L));
        assertThat(run.ticks()).hasSize(2);
        assertThat(run.lines()).isEqualTo(3);
        assertThat(run.errors()).containsExactly(reason + " feed=test file=- line=2");
    }

    @Test
    void shouldRefuseBytesThatAreNoUtf8() {
        byte[] line = FeedRun.bytes(GOOD);
        line[line.length - 10] = (byte) 0xC0;
        FeedRun run = FeedRun.binance(FeedRun.join(line, FeedRun.bytes(GOOD)));
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
        assertThat(run.ticks()).hasSize(1);
    }

    @Test
    void shouldUseTheEventsTimeOnlyWhereThereIsNoTransactionTime() {
        FeedRun run = FeedRun.binance(quote("1", "2", "3", "4", ",\"T\":5,\"E\":\"x\"") + "\n");
        assertThat(run.rejected()).isEmpty();
        assertThat(run.ticks().get(0).exchangeTimeNs()).isEqualTo(5_000_000);
    }

    @Test
    void shouldLogTheFirstOfEachReason() {
        FeedRun run = FeedRun.binance(
                "\n" + "x\n" + trade("0", "1", "true", "") + "\n\n" + trade("0", "1", "true", "") + "\n");
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 3L, NOT_POSITIVE, 2L));
        assertThat(run.errors())
                .containsExactly("MALFORMED_LINE feed=test file=- line=1", "NOT_POSITIVE feed=test file=- line=3");
    }

    @Test
    void shouldRefuseSymbolsThatAreTooLongWithTheSuffix() {
        String fits = symbol("\"" + "A".repeat(27) + "\"") + "\n";
        String tooLong = symbol("\"" + "B".repeat(28) + "\"") + "\n";
        FeedRun run =
                FeedRun.binance(new ByteArrayInputStream(FeedRun.bytes(fits + tooLong + tooLong + fits)), ".spot");
        assertThat(run.rejected()).isEqualTo(Map.of(SYMBOL_INVALID, 2L));
        assertThat(run.symbols()).containsExactly("A".repeat(27) + ".spot");
        assertThat(run.ticks()).hasSize(2);
    }

    @Test
    void shouldRefuseAnEmptySymbolThoughTheSuffixIsNone() {
        FeedRun run = FeedRun.binance(new ByteArrayInputStream(FeedRun.bytes(symbol("\"\"") + "\n")), ".spot");
        assertThat(run.rejected()).isEqualTo(Map.of(SYMBOL_INVALID, 1L));
    }

    @Test
    void shouldGoOnWithTheSymbolsThatHaveRoom() throws IOException {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            input.append(symbol("\"S" + i % 10 + "\"")).append('\n');
        }
        try (FeedRig rig = new FeedRig(64, 4);
                BinanceFeed feed =
                        BinanceFeed.open(List.of("-"), new ByteArrayInputStream(FeedRun.bytes(input.toString())))) {
            FeedRun run = FeedRun.of(rig, feed, "");
            assertThat(run.rejected()).isEqualTo(Map.of(INSTRUMENT_TABLE_FULL, 18L));
            assertThat(run.symbols()).containsExactly("S0", "S1", "S2", "S3");
            assertThat(run.ticks()).hasSize(12).extracting(TickEvent::id).startsWith(0, 1, 2, 3, 0);
        }
    }

    private static String quote(String bid, String bidSize, String ask, String askSize, String more) {
        String last = askSize == null ? "" : ",\"A\":" + askSize;
        return "1 {\"e\":\"bookTicker\",\"s\":\"X\",\"b\":" + bid + ",\"B\":" + bidSize + ",\"a\":" + ask + last + more
                + "}";
    }

    private static String trade(String price, String size, String isMaker, String more) {
        return "1 {\"e\":\"trade\",\"s\":\"X\",\"p\":" + price + ",\"q\":" + size + ",\"m\":" + isMaker + more + "}";
    }

    private static String symbol(String symbol) {
        return "1 {\"s\":" + symbol + ",\"b\":1,\"B\":2,\"a\":3,\"A\":4}";
    }
}
