package io.tickring.engine.feed;

import static io.tickring.engine.feed.RejectReason.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a row is no tick: each reason, and which one wins. */
class CsvRejectTest {
    private static final String HEADER =
            "time,exchange_time,symbol,bid,ask,bid_size,ask_size,price,size,side,trade_id\n";
    private static final String GOOD = "1,,A,1,2,3,4,,,,\n";

    static Stream<Arguments> badRows() {
        return Stream.of(
                arguments("1", MALFORMED_LINE),
                arguments("1,,A,1,2,3,4,,,", MALFORMED_LINE),
                arguments("1,,A,1,2,3,4,,,,,x", MALFORMED_LINE),
                arguments("1,,\"A\"x,1,2,3,4,,,,", MALFORMED_LINE),
                arguments("1,,A,,,,,1,2,up,", MALFORMED_LINE),
                arguments(",,A,1,2,3,4,,,,", MISSING_FIELD),
                arguments("1,,,1,2,3,4,,,,", MISSING_FIELD),
                arguments("1,,A,,2,3,4,,,,", MISSING_FIELD),
                arguments("1,,A,1,,3,4,,,,", MISSING_FIELD),
                arguments("1,,A,1,2,,4,,,,", MISSING_FIELD),
                arguments("1,,A,1,2,3,,,,,", MISSING_FIELD),
                arguments("1,,A,1,2,3,,1,2,,", MISSING_FIELD),
                arguments("1,,A,,,,,,2,,", MISSING_FIELD),
                arguments("1,,A,,,,,1,,,", MISSING_FIELD),
                arguments("1,,A,,,,,,,,", MISSING_FIELD),
                arguments("x,,A,1,2,3,4,,,,", NOT_A_NUMBER),
                arguments("1,x,A,1,2,3,4,,,,", NOT_A_NUMBER),
                arguments("1,,A,1e5,2,3,4,,,,", NOT_A_NUMBER),
                arguments("1,,A,1,\"1,5\",3,4,,,,", NOT_A_NUMBER),
                arguments("1,,A,1,2,NaN,4,,,,", NOT_A_NUMBER),
                arguments("1,,A,1,2,3,+4,,,,", NOT_A_NUMBER),
                arguments("1,,A,,,,,$1,2,,", NOT_A_NUMBER),
                arguments("1,,A,,,,,1,.5,,", NOT_A_NUMBER),
                arguments("1,,A,,,,,1,2,,1.0", NOT_A_NUMBER),
                arguments("1,,A,,,,,1,2,,a7", NOT_A_NUMBER),
                arguments("0,,A,1,2,3,4,,,,", OUT_OF_RANGE),
                arguments("-1,,A,1,2,3,4,,,,", OUT_OF_RANGE),
                arguments("9223372036854775808,,A,1,2,3,4,,,,", OUT_OF_RANGE),
                arguments("1,9223372036854775808,A,1,2,3,4,,,,", OUT_OF_RANGE),
                arguments("1,,A,92233720369,2,3,4,,,,", OUT_OF_RANGE),
                arguments("1,,A,1,2,3,1" + "0".repeat(2000) + ",,,,", OUT_OF_RANGE),
                arguments("1,,A,,,,,1,2,,9223372036854775808", OUT_OF_RANGE),
                arguments("1,,A,1.000000001,2,3,4,,,,", TOO_PRECISE),
                arguments("1,,A,,,,,1,0.123456789,,", TOO_PRECISE),
                arguments("1,2024-08-09T00:00:00.0000000001Z,A,1,2,3,4,,,,", TOO_PRECISE),
                arguments("1,,A,1,2,-3,4,,,,", NEGATIVE_SIZE),
                arguments("1,,A,1,2,3,-0.00000001,,,,", NEGATIVE_SIZE),
                arguments("1,,A,,,,,0,2,,", NOT_POSITIVE),
                arguments("1,,A,,,,,-1,2,,", NOT_POSITIVE),
                arguments("1,,A,,,,,1,0.000,,", NOT_POSITIVE),
                arguments("1,,A B,1,2,3,4,,,,", SYMBOL_INVALID),
                arguments("1,,\u00dc,1,2,3,4,,,,", SYMBOL_INVALID),
                arguments("1,," + "A".repeat(33) + ",1,2,3,4,,,,", SYMBOL_INVALID),
                arguments("1,,\"A\nB\",1,2,3,4,,,,", SYMBOL_INVALID),
                // a row is given whole or not at all
                arguments("1,,A,1,2,3,4,0,2,,", NOT_POSITIVE),
                arguments("1,,A,1,2,3,4,1,x,,", NOT_A_NUMBER),
                // which one wins
                arguments("x,y,A B,1e5,2,3,4,,,,", NOT_A_NUMBER),
                arguments(",,A,x,2,3,4,,,,", MISSING_FIELD),
                arguments("1,99999999999999999999,A,1,2,-3,4,,,,", OUT_OF_RANGE),
                arguments("1,,A B,1,2,-3,4,,,,", NEGATIVE_SIZE));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void shouldCountABadRowOnceAndGoOn(String row, RejectReason reason) {
        FeedRun run = FeedRun.csv(HEADER + GOOD + row + "\n" + GOOD);
        assertThat(run.rejected()).isEqualTo(Map.of(reason, 1L));
        assertThat(run.ticks()).hasSize(2);
        assertThat(run.lines()).isEqualTo(3);
        assertThat(run.errors()).containsExactly(reason + " feed=test file=- line=3");
    }

    @Test
    void shouldKnowTheWordsForSides() {
        StringBuilder text = new StringBuilder(HEADER);
        for (String side : "buy,B,Bid,sell,S,ASK,a,none,N,".split(",", -1)) {
            text.append("1,,A,,,,,1,2,").append(side).append(",\n");
        }
        assertThat(FeedRun.csv(text.toString()).ticks())
                .extracting(TickEvent::side)
                .containsExactly(1, 1, 1, 2, 2, 2, 2, 0, 0, 0);
    }

    @Test
    void shouldGoOnWithTheSymbolsThatHaveRoom() throws IOException {
        StringBuilder text = new StringBuilder("time,symbol,bid,ask\n");
        for (int i = 0; i < 30; i++) {
            text.append("1,S").append(i % 10).append(",1,2\n");
        }
        try (FeedRig rig = new FeedRig(64, 4);
                CsvFeed feed =
                        CsvFeed.open("-", new CsvContext(), new ByteArrayInputStream(FeedRun.bytes(text.toString())))) {
            FeedRun run = FeedRun.of(rig, feed, "");
            assertThat(run.rejected()).isEqualTo(Map.of(INSTRUMENT_TABLE_FULL, 18L));
            assertThat(run.symbols()).containsExactly("S0", "S1", "S2", "S3");
            assertThat(run.ticks()).hasSize(12);
        }
    }
}
