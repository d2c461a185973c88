package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.SIDE_NONE;
import static io.tickring.engine.tick.TickDescriptor.SIDE_SELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.Decimals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which columns are what, and what rows become. */
class CsvFeedTest {
    private static final String DBN_BOOK = ",bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00,symbol\n";
    private static final String DBN = "ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,"
            + "flags,ts_in_delta,sequence";

    @TempDir
    private Path folder;

    @Test
    void shouldKnowTheColumnsOfAReplay() {
        FeedRun run = FeedRun.csv("sequence,ts_event,ts_recv,symbol,type,side,bid_px,ask_px,bid_sz,ask_sz,price,size,"
                + "trade_id\n"
                + "1,5,11,A,quote,none,1.5,2,3,4,,,\n"
                + "2,,12,B,trade,sell,,,,,61800,0.006,77\n"
                + "3,-1,2024-08-08T23:55:00.000000001Z,A,trade,buy,,,,,1,2,\n");
        assertThat(run.rejected()).isEmpty();
        assertThat(run.symbols()).containsExactly("A", "B");
        assertThat(run.ticks())
                .containsExactly(
                        TickEvent.quote(0, 5, 11, units("1.5"), units("2"), units("3"), units("4")),
                        TickEvent.trade(1, NO_TIME, 12, units("61800"), units("0.006"), 77, SIDE_SELL),
                        TickEvent.trade(
                                0, -1, 1_723_161_300_000_000_001L, units("1"), units("2"), NO_TRADE_ID, SIDE_BUY));
    }

    @Test
    void shouldCompareNamesWithoutCaseDashAndUnderscore() {
        FeedRun run = FeedRun.csv(
                "receiveTime;EXCHANGE-TIME; Symbol ;Bid;ASK;bidSize;ask_size\n9;8;A;1;2;3;4\n",
                new CsvContext().separator(';'));
        assertThat(run.ticks())
                .containsExactly(TickEvent.quote(0, 8, 9, units("1"), units("2"), units("3"), units("4")));
    }

    @Test
    void shouldReadDatabentosTradesWithTheBookBeforeThem() {
        FeedRun run = FeedRun.csv(DBN + DBN_BOOK
                + "1609160400000000002,1609160400000000001,1,1,5482,T,A,0,3720250000000,5,128,0,1,"
                + "3720250000000,3720500000000,24,11,15,9,ESH1\n");
        TickEvent book = TickEvent.quote(
                0,
                1_609_160_400_000_000_001L,
                1_609_160_400_000_000_002L,
                units("3720.25"),
                units("3720.5"),
                units("24"),
                units("11"));
        TickEvent trade = TickEvent.trade(
                0,
                1_609_160_400_000_000_001L,
                1_609_160_400_000_000_002L,
                units("3720.25"),
                units("5"),
                NO_TRADE_ID,
                SIDE_SELL);
        assertThat(run.ticks()).containsExactly(book, trade);
        assertThat(run.lines()).isEqualTo(2);
        FeedRun pretty = FeedRun.csv(DBN + DBN_BOOK
                + "2020-12-28T13:00:00.000000002Z,2020-12-28T13:00:00.000000001Z,1,1,5482,T,A,0,3720.250000000,5,128,0,"
                + "1,3720.250000000,3720.500000000,24,11,15,9,ESH1\n");
        assertThat(pretty).isEqualTo(run);
    }

    @Test
    void shouldReadDatabentosActions() {
        String row = ",1,1,1,5482,%s,B,0,%s,5,128,0,1,%s,24,11,15,9,ES\n";
        String book = "1000000000,2000000000";
        String none = "9223372036854775807";
        FeedRun run = FeedRun.csv(DBN + DBN_BOOK
                + 11 + String.format(row, "A", "1000000000", book)
                + 12 + String.format(row, "T", "3000000000", none + "," + none)
                + 13 + String.format(row, "R", none, none + "," + none)
                + 14 + String.format(row, "M", none, none + ",2000000000")
                + 15 + String.format(row, "T", none, book)
                + 16 + String.format(row, "C", "1", "1000000001,2000000000")
                + "18446744073709551615" + String.format(row, "C", "1", book));
        assertThat(run.ticks())
                .containsExactly(
                        TickEvent.quote(0, 1, 11, units("1"), units("2"), units("24"), units("11")),
                        TickEvent.trade(0, 1, 12, units("3"), units("5"), NO_TRADE_ID, SIDE_BUY));
        assertThat(run.ignored()).isEqualTo(1);
        assertThat(run.rejected()).isEqualTo(Map.of(RejectReason.MISSING_FIELD, 3L, RejectReason.TOO_PRECISE, 1L));
    }

    @Test
    void shouldReadDatabentosTradesAloneAndItsBooksWithoutAction() {
        String trades = "ts_recv,ts_event,rtype,publisher_id,action,side,price,size,symbol\n";
        FeedRun run = FeedRun.csv(trades + "2,1,0,1,T,N,1.5,3,A\n3,1,0,1,F,N,1.5,3,A\n4,1,0,1,A,N,1.5,3,A\n");
        assertThat(run.ticks())
                .containsExactly(TickEvent.trade(0, 1, 2, units("1.5"), units("3"), NO_TRADE_ID, SIDE_NONE));
        assertThat(run.ignored()).isEqualTo(2);
        FeedRun seconds =
                FeedRun.csv("ts_recv,ts_event,rtype,publisher_id,side,price,size,bid_px_00,ask_px_00,bid_sz_00,"
                        + "ask_sz_00,symbol\n2,1,195,1,N,1.5,3,1.25,1.75,5,6,A\n");
        assertThat(seconds.ticks())
                .containsExactly(TickEvent.quote(0, 1, 2, units("1.25"), units("1.75"), units("5"), units("6")));
    }

    @Test
    void shouldTellRowsByWhatIsFilled() {
        FeedRun run =
                FeedRun.csv("time,symbol,bid,ask,price,size\n1,A,1,2,,\n2,A,,,3,4\n3,A,5,6,7,8\n4,A,,2,,\n5,A,,,,\n");
        assertThat(run.ticks())
                .containsExactly(
                        TickEvent.quote(0, NO_TIME, 1, units("1"), units("2"), 0, 0),
                        TickEvent.trade(0, NO_TIME, 2, units("3"), units("4"), NO_TRADE_ID, SIDE_NONE),
                        TickEvent.quote(0, NO_TIME, 3, units("5"), units("6"), 0, 0),
                        TickEvent.trade(0, NO_TIME, 3, units("7"), units("8"), NO_TRADE_ID, SIDE_NONE));
        assertThat(run.rejected()).isEqualTo(Map.of(RejectReason.MISSING_FIELD, 2L));
    }

    @Test
    void shouldLetATypeDecide() {
        FeedRun run = FeedRun.csv("time,symbol,type,bid,ask,price,size\n1,A,Quote,1,2,3,4\n2,A,TRADE,1,2,3,4\n"
                + "3,A,status,1,2,3,4\n4,A,,1,2,3,4\n5,A,trade,1,2,,\n");
        assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(1L, 2L, 4L, 4L);
        assertThat(run.ignored()).isEqualTo(1);
        assertThat(run.rejected()).isEqualTo(Map.of(RejectReason.MISSING_FIELD, 1L));
    }

    @Test
    void shouldTakeTheExchangesTimeWhereItIsTheOnlyOne() {
        assertThat(FeedRun.csv("ts_event,symbol,bid,ask\n7,A,1,2\n").ticks())
                .containsExactly(TickEvent.quote(0, 7, 7, units("1"), units("2"), 0, 0));
    }

    @Test
    void shouldMapColumnsByTheirNames() {
        CsvContext context = new CsvContext()
                .column(CsvField.TIME, "local_timestamp")
                .column(CsvField.EXCHANGE_TIME, "timestamp")
                .column(CsvField.SYMBOL, "Ticker")
                .column(CsvField.BID, "b px")
                .column(CsvField.ASK, "a px")
                .column(CsvField.BID_SIZE, "bq")
                .column(CsvField.ASK_SIZE, "aq")
                .timeUnit(CsvTimeUnit.US);
        FeedRun run =
                FeedRun.csv("Ticker,timestamp,local_timestamp,b px,a px,bq,aq,B PX\nA,5,6.5,1,2,3,4,9\n", context);
        assertThat(run.ticks())
                .containsExactly(TickEvent.quote(0, 5_000, 6_500, units("1"), units("2"), units("3"), units("4")));
    }

    @Test
    void shouldMapColumnsByTheirNumbers() {
        CsvContext context = new CsvContext()
                .header(false)
                .column(CsvField.TIME, "1")
                .column(CsvField.PRICE, "3")
                .column(CsvField.SIZE, "4")
                .column(CsvField.TRADE_ID, "2")
                .column(CsvField.SIDE, "5")
                .instrument("A")
                .separator('\t');
        FeedRun run = FeedRun.csv("\"1\n5\t7\t1.5\t2\tSELL\n6\t8\t1.5\t2\tb\n", context);
        assertThat(run.symbols()).containsExactly("A");
        assertThat(run.rejected()).isEqualTo(Map.of(RejectReason.MALFORMED_LINE, 1L));
        assertThat(run.ticks())
                .containsExactly(
                        TickEvent.trade(0, NO_TIME, 5, units("1.5"), units("2"), 7, SIDE_SELL),
                        TickEvent.trade(0, NO_TIME, 6, units("1.5"), units("2"), 8, SIDE_BUY));
    }

    @Test
    void shouldTellTheFirstReceiveTimeWithoutLosingARow() throws IOException {
        String text = "time,symbol,bid,ask\n,A,1,2\nx,A,1,2\n\"\n12,A,1,2\n13,A,1,2\n";
        String file = Files.writeString(folder.resolve("a"), text).toString();
        try (FeedRig rig = new FeedRig();
                CsvFeed feed = CsvFeed.open(file, new CsvContext())) {
            assertThat(feed.kind()).isEqualTo("csv");
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(12);
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(12);
            FeedRun run = FeedRun.of(rig, feed, ".x");
            assertThat(run.symbols()).containsExactly("A.x");
            assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(12L, 13L);
            assertThat(run.rejected()).isEqualTo(FeedRun.csv(text).rejected()).hasSize(3);
            assertThat(run.errors())
                    .containsExactlyInAnyOrder(
                            "MISSING_FIELD feed=test file=" + file + " line=2",
                            "NOT_A_NUMBER feed=test file=" + file + " line=3",
                            "MALFORMED_LINE feed=test file=" + file + " line=4");
        }
    }

    @Test
    void shouldCloseTwiceAndWithoutARun() throws IOException {
        CsvFeed feed = CsvFeed.open(
                Files.writeString(folder.resolve("a"), "time,symbol,bid,ask\n1,A,1,2\n")
                        .toString(),
                new CsvContext());
        assertThat(feed.firstReceiveTimeNs()).isEqualTo(1);
        feed.close();
        feed.close();
        assertThat(feed.firstReceiveTimeNs()).isEqualTo(NO_TIME);
        CsvFeed.open("-", new CsvContext()).close();
    }

    @Test
    void shouldHoldRowsUntilTheyAreDue() throws IOException {
        String file = Files.writeString(folder.resolve("a"), "time,symbol,bid,ask\n1000,A,1,2\n20001000,A,1,2\n")
                .toString();
        try (FeedRig rig = new FeedRig();
                CsvFeed feed = CsvFeed.open(file, new CsvContext())) {
            PaceClock pace = new PaceClock(1);
            long startNs = System.nanoTime();
            pace.start(feed.firstReceiveTimeNs(), startNs);
            FeedCounters counters = rig.counters("test");
            feed.run(rig.output(counters, "", new TickBudget(TickBudget.UNLIMITED), pace));
            assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(20_000_000);
            assertThat(counters.quotes()).isEqualTo(2);
        }
    }

    @Test
    void shouldReadNothingFromAnEmptyFileOrAHeaderAlone() {
        FeedRun nothing = new FeedRun(List.of(), List.of(), 0, 0, Map.of(), List.of());
        assertThat(FeedRun.csv("")).isEqualTo(nothing);
        assertThat(FeedRun.csv("\n\r\n\n")).isEqualTo(nothing);
        assertThat(FeedRun.csv("time,symbol,bid,ask")).isEqualTo(nothing);
        assertThat(FeedRun.csv("\ntime,symbol,bid,ask\n\n")).isEqualTo(nothing);
    }

    private static long units(String number) {
        return Decimals.parse(number.toCharArray(), 0, number.length());
    }
}
