package io.tickring.engine.feed;

import static io.tickring.engine.feed.TickEvent.quote;
import static io.tickring.engine.feed.TickEvent.trade;
import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.SIDE_SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frames are ticks, and what is taken from them. */
class BinanceFrameTest {
    private static final long RECEIVED = 1_700_000_000_000_000_123L;
    private static final long MS = 1_000_000;
    private static final TickEvent QUOTE =
            quote(0, 1_700_000_000_250L * MS, RECEIVED, 10_050_000_000L, 10_060_000_000L, 200_000_000L, 300_000_000L);
    private static final TickEvent TIMELESS_QUOTE =
            quote(0, NO_TIME, RECEIVED, 10_050_000_000L, 10_060_000_000L, 200_000_000L, 300_000_000L);
    private static final TickEvent TRADE =
            trade(0, 1_700_000_000_250L * MS, RECEIVED, 10_050_000_000L, 200_000_000L, 77, SIDE_BUY);
    private static final TickEvent TIMELESS_TRADE =
            trade(0, NO_TIME, RECEIVED, 10_050_000_000L, 200_000_000L, 77, SIDE_BUY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // as the futures venues send it
                """
                {"stream":"xyzusd@bookTicker","data":{"e":"bookTicker","u":5,"s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3","T":1700000000250,"E":1700000000999}}""",
                // the data first, the fields in another order, unknown ones among them
                """
                {"data":{"E":1700000000999,"A":"3","ps":"XYZ","a":"100.60","B":"2","b":"100.50","s":"XYZUSD","u":5,"e":"bookTicker","T":1700000000250},"stream":"xyzusd@bookTicker"}""",
                // raw
                """
                {"e":"bookTicker","u":5,"s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3","T":1700000000250,"E":1700000000999}""",
                // numbers that are JSON numbers, times that are strings
                """
                {"s":"XYZUSD","b":100.50,"B":2,"a":100.60000000,"A":3.0,"T":"1700000000250"}""",
                // the event's time where no transaction's is
                """
                {"e":"bookTicker","s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3","T":null,"E":1700000000250}""",
                // the event decides, not the stream
                """
                {"stream":"xyzusd@depth","data":{"e":"bookTicker","s":"XYZUSD","b":"100.5","B":"2","a":"100.6","A":"3","T":1700000000250}}""",
                // the last of two holds
                """
                {"s":"ABC","e":"trade","e":"bookTicker","b":"1","b":"100.5","B":"2","a":"100.6","A":"3","T":5,"T":1700000000250,"s":"XYZUSD"}""",
                """
                {"data":{"e":"trade","s":"A","q":"1"},"data":{"e":"bookTicker","s":"XYZUSD","b":"100.5","B":"2","a":"100.6","A":"3","T":1700000000250}}""",
                // what is nested in unknown fields, and what stands beside the data, does not count
                """
                {"s":"ABC","b":"7","E":1,"stream":"x@bookTicker","data":{"x":{"s":"NO","b":[1,{"B":"9"}],"data":{"a":"1"}},"s":"XYZUSD","b":"100.5","B":"2","a":"100.6","A":"3","T":1700000000250,"y":[[],{},[{"A":"8"}]]},"T":2}""",
                // escapes and white space
                """
                 \t{ "stream" : "xyzusd\\u0040bookTicker" , "data" : { "\\u0073" : "XYZ\\u0055SD" , "b" : "100.5" , "B" : "2" , "a" : "100.6" , "A" : "3" , "T" : 1700000000250 } } \t"""
            })
    void shouldTakeAQuote(String frame) {
        assertThat(ticks(frame)).containsExactly(QUOTE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // as the spot venue sends it: no event, no time
                """
                {"stream":"xyzusd@bookTicker","data":{"u":5,"s":"XYZUSD","b":"100.50000000","B":"2.00000000","a":"100.60000000","A":"3.00000000"}}""",
                """
                {"stream":"!bookTicker","data":{"u":5,"s":"XYZUSD","b":"100.5","B":"2","a":"100.6","A":"3"}}""",
                """
                {"u":5,"s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3"}""",
                """
                {"e":null,"s":"XYZUSD","b":"100.50","B":"2","a":"100.60","A":"3","T":[1],"E":{}}"""
            })
    void shouldTakeAQuoteWithoutATime(String frame) {
        assertThat(ticks(frame)).containsExactly(TIMELESS_QUOTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"stream":"xyzusd@trade","data":{"e":"trade","E":1700000000999,"T":1700000000250,"s":"XYZUSD","t":77,"p":"100.50","q":"2","X":"MARKET","m":false}}""", """
                {"data":{"m":false,"q":"2","p":"100.50","t":"77","s":"XYZUSD","E":1700000000250},"stream":"xyzusd@trade"}""", """
                {"e":"trade","E":1700000000999,"s":"XYZUSD","t":77,"p":100.5,"q":2,"b":88,"a":"x","T":1700000000250,"m":false,"M":true}"""})
    void shouldTakeATrade(String frame) {
        assertThat(ticks(frame)).containsExactly(TRADE);
    }

    @Test
    void shouldTakeATradeWithoutATime() {
        assertThat(ticks("{\"e\":\"trade\",\"s\":\"XYZUSD\",\"t\":77,\"p\":\"100.5\",\"q\":\"2\",\"m\":false}"))
                .containsExactly(TIMELESS_TRADE);
    }

    @Test
    void shouldTellTheAggressorFromTheMaker() {
        assertThat(ticks("{\"e\":\"trade\",\"s\":\"XYZUSD\",\"p\":\"100.5\",\"q\":\"2\",\"m\":true}"))
                .containsExactly(trade(0, NO_TIME, RECEIVED, 10_050_000_000L, 200_000_000L, NO_TRADE_ID, SIDE_SELL));
    }

    @Test
    void shouldTakeNegativePricesAndEmptySidesOfAQuote() {
        assertThat(ticks("{\"s\":\"XYZUSD\",\"b\":\"-37.63\",\"B\":\"0\",\"a\":\"-37.62\",\"A\":\"0.000\"}"))
                .containsExactly(quote(0, NO_TIME, RECEIVED, -3_763_000_000L, -3_762_000_000L, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"stream":"xyzusd@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"XYZUSD","U":1,"u":2,"b":[["1","2"]],"a":[["3","4"],[]]}}""",
                """
                {"lastUpdateId":5,"E":1,"T":2,"bids":[["1","2"]],"asks":[["3","4"]]}""",
                """
                {"e":"aggTrade","s":"XYZUSD","a":1,"p":"100.5","q":"2","f":1,"l":1,"T":1700000000250,"m":false}""",
                """
                {"stream":"xyzusd@aggTrade","data":{"s":"XYZUSD","p":"100.5","q":"2","m":false}}""",
                """
                {"stream":"!ticker@arr","data":[{"e":"bookTicker","s":"XYZUSD","b":"1","B":"2","a":"3","A":"4"}]}""",
                """
                {"result":null,"id":1}""",
                "{}",
                "{\"data\":null,\"stream\":\"xyzusd@trade\"}",
                "{\"data\":5,\"s\":\"XYZUSD\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}",
                "{\"e\":\"kline\",\"s\":\"XYZUSD\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}",
                "{\"e\":7,\"s\":\"XYZUSD\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}",
                "{\"s\":\"XYZUSD\",\"b\":[\"1\"],\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}",
                "{\"s\":\"XYZUSD\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\"}",
                "{\"x\":{\"e\":\"trade\",\"s\":\"XYZUSD\",\"p\":\"1\",\"q\":\"2\",\"m\":true}}",
                "{\"stream\":\"trade\",\"data\":{\"s\":\"XYZUSD\",\"p\":\"1\",\"q\":\"2\",\"m\":true}}"
            })
    void shouldIgnoreOtherObjects(String frame) {
        FeedRun run = run(frame);
        assertThat(run.ignored()).isEqualTo(1);
        assertThat(run.lines()).isEqualTo(1);
        assertThat(run.ticks()).isEmpty();
    }

    private static List<TickEvent> ticks(String frame) {
        FeedRun run = run(frame);
        assertThat(run.rejected()).isEmpty();
        assertThat(run.symbols()).containsExactly("XYZUSD");
        return run.ticks();
    }

    private static FeedRun run(String frame) {
        return FeedRun.binance(RECEIVED + " " + frame + "\n");
    }
}
