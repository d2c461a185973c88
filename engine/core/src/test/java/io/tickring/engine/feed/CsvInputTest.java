package io.tickring.engine.feed;

import static io.tickring.engine.feed.RejectReason.MALFORMED_LINE;
import static io.tickring.engine.feed.RejectReason.MISSING_FIELD;
import static io.tickring.engine.feed.RejectReason.SYMBOL_INVALID;
import static io.tickring.engine.feed.RejectReason.TRUNCATED_INPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rows come out of text, compressed streams and standard input. */
class CsvInputTest {
    private static final String HEADER = "time,symbol,bid,ask\n";
    private static final String ROWS = "11,A,1,2\n12,B,1,2\n13,C,1,2\n";
    private static final FeedRun PLAIN = FeedRun.csv(HEADER + ROWS);

    @Test
    void shouldReadAllLineEndsAndAByteOrderMark() {
        assertThat(PLAIN.symbols()).containsExactly("A", "B", "C");
        assertThat(FeedRun.csv((HEADER + ROWS).replace("\n", "\r\n"))).isEqualTo(PLAIN);
        assertThat(FeedRun.csv((HEADER + ROWS).replace("\n", "\r"))).isEqualTo(PLAIN);
        assertThat(FeedRun.csv("\uFEFF" + HEADER + ROWS)).isEqualTo(PLAIN);
        assertThat(FeedRun.csv("\uFEFF\"time\",symbol,bid,ask\n" + ROWS)).isEqualTo(PLAIN);
        assertThat(FeedRun.csv((HEADER + ROWS).strip())).isEqualTo(PLAIN);
        assertThat(FeedRun.csv(HEADER + "\n\r\n" + ROWS.replace("\n", "\n\n") + "\n\n"))
                .isEqualTo(PLAIN);
    }

    @Test
    void shouldReadQuotedFields() {
        FeedRun run = FeedRun.csv("time,\"note, with \"\"all\"\"\nof it\",symbol,bid,ask\n"
                + "11,\"a\r\nb\",\"A,\"\"1\",\"1\",2\r\n"
                + "\"12\",\"\n\n\",B, 1 ,\t2\n"
                + "13,no \"quote\" here,C,1,2\n"
                + "x,,D,1,2\n");
        assertThat(run.symbols()).containsExactly("A,\"1", "B", "C");
        assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(11L, 12L, 13L);
        assertThat(run.errors()).containsExactly("NOT_A_NUMBER feed=test file=- line=9");
    }

    @Test
    void shouldLoseOneLineToABrokenQuote() {
        FeedRun run = FeedRun.csv(HEADER + "10,\"A,1,2\n" + ROWS + "14,\"B\"x,1,2\n" + "15,\"B\",1,2\n16,\"B,1,2\n");
        assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(11L, 12L, 13L, 15L);
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 2L, TRUNCATED_INPUT, 1L));
        assertThat(run.errors())
                .containsExactly("MALFORMED_LINE feed=test file=- line=2", "TRUNCATED_INPUT feed=test file=- line=8");
        assertThat(run.lines()).isEqualTo(7);
    }

    @Test
    void shouldCloseAQuoteThatStaysOpenTooLong() {
        String many = "11,A,1,2\n".repeat(3 * CsvText.MAX_OPEN_LENGTH / 9);
        FeedRun run = FeedRun.csv(
                HEADER + "10,\"A,1,2\n" + many + "14,\"B\",1,2\n\"\n\n" + many.substring(0, 900) + "17,A\r1\n");
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 4L));
        assertThat(run.ticks()).hasSize(many.length() / 9 + 1 + 100);
    }

    @Test
    void shouldRejectALineThatIsTooLongAndFindTheNextOne() {
        String tooLong = "11,A,1," + "2".repeat(RecordingInput.MAX_LINE_LENGTH) + "\n";
        FeedRun run = FeedRun.csv(HEADER + "10,A,1,2\n" + tooLong + "12,A,1,2\n13,\"A\n" + tooLong + "14,A,1,2");
        assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(10L, 12L, 14L);
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 3L));
        FeedRun wide = FeedRun.csv(HEADER + "10,A,1,2\n" + ",".repeat(1 << 20) + "x\n12,A,1,2" + ",".repeat(1 << 20));
        assertThat(wide.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(10L, 12L);
        assertThat(wide.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
    }

    @Test
    void shouldRejectRowsOfAnotherNumberOfColumns() {
        FeedRun run = FeedRun.csv("time,symbol,bid,ask,,\n10,A,1,2\n11,A,1\n12,A,1,2,3\n13,A,1,2,,,,\n14\n15,A,1");
        assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(10L, 13L);
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 3L, TRUNCATED_INPUT, 1L));
        assertThat(run.errors())
                .containsExactly("MALFORMED_LINE feed=test file=- line=3", "TRUNCATED_INPUT feed=test file=- line=7");
    }

    @Test
    void shouldRejectASymbolThatIsNoUtf8AndNothingElse() {
        byte[] text = FeedRun.bytes("time,note,symbol,bid,ask\n1,?,A,1,2\n2,ä,A,1,2\n3,a,?,1,2\n4,a,Ü,1,2\n");
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '?' ? (byte) 0xFF : text[i];
        }
        FeedRun run = FeedRun.csv(new ByteArrayInputStream(text), new CsvContext());
        assertThat(run.ticks()).extracting(TickEvent::receiveTimeNs).containsExactly(1L, 2L);
        assertThat(run.rejected()).isEqualTo(Map.of(SYMBOL_INVALID, 2L));
    }

    @Test
    void shouldReadAStreamThatDeliversByteByByte() {
        String text = HEADER + ROWS + "14,\"A\nB\",1,2\r\n\r\nx,\n15,\"C\",1,2";
        assertThat(FeedRun.csv(new DrippingInput(FeedRun.bytes(text)), new CsvContext()))
                .isEqualTo(FeedRun.csv(text));
    }

    @Test
    void shouldTellCompressionByContentAndReadAllItsParts() {
        byte[] first = FeedRun.bytes(HEADER + ROWS.substring(0, 13));
        byte[] second = FeedRun.bytes(ROWS.substring(13));
        for (byte[] packed : List.of(
                FeedRun.join(FeedRun.gzip(first), FeedRun.gzip(new byte[0]), FeedRun.gzip(second)),
                FeedRun.join(ZstdInputTest.zstd(first), ZstdInputTest.zstd(new byte[0]), ZstdInputTest.zstd(second)))) {
            assertThat(csv(packed)).isEqualTo(PLAIN);
            assertThat(FeedRun.csv(new DrippingInput(packed), new CsvContext())).isEqualTo(PLAIN);
        }
    }

    @Test
    void shouldCountACutAnywhereAsOneLineMore() {
        byte[] plain = FeedRun.bytes(HEADER + ROWS.repeat(40));
        List<TickEvent> all = csv(plain).ticks();
        for (byte[] packed : List.of(FeedRun.gzip(plain), ZstdInputTest.zstd(plain))) {
            for (int length = 4; length < packed.length; length++) {
                FeedRun run = csv(Arrays.copyOf(packed, length));
                assertThat(run.ticks()).isEqualTo(all.subList(0, run.ticks().size()));
                assertThat(run.rejected()).as("length=%d", length).isEqualTo(Map.of(TRUNCATED_INPUT, 1L));
            }
        }
    }

    @Test
    void shouldKeepTheLinesBetweenAnOpenQuoteAndACut() {
        byte[] whole = FeedRun.gzip(FeedRun.bytes(HEADER + "10,\"A,1,2\n" + ROWS));
        FeedRun run = csv(Arrays.copyOf(whole, whole.length - 4));
        assertThat(run.ticks()).isEqualTo(PLAIN.ticks());
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L, TRUNCATED_INPUT, 1L));
        assertThat(run.errors())
                .containsExactly("MALFORMED_LINE feed=test file=- line=2", "TRUNCATED_INPUT feed=test file=- line=6");
    }

    @Test
    void shouldTakeALastRowThatIsCutOnlyWhereItIsWhole() {
        String text = HEADER + "10,A,1,2\n11,A,1.5,2.5";
        for (int length = HEADER.length() + 9; length <= text.length(); length++) {
            FeedRun run = FeedRun.csv(text.substring(0, length));
            int cells = (int) text.substring(HEADER.length() + 9, length)
                    .chars()
                    .filter(c -> c == ',')
                    .count();
            boolean isStarted = length > HEADER.length() + 9;
            if (isStarted && cells < 3) {
                assertThat(run.rejected()).isEqualTo(Map.of(TRUNCATED_INPUT, 1L));
            }
            assertThat(run.ticks()).hasSizeBetween(1, cells < 3 ? 1 : 2);
            assertThat(run.lines()).isEqualTo(isStarted ? 2 : 1);
        }
        assertThat(FeedRun.csv(HEADER + "11,A,1,").rejected()).isEqualTo(Map.of(MISSING_FIELD, 1L));
    }

    @Test
    void shouldPublishWhatItHasBeforeItWaitsForMore() throws IOException {
        List<Integer> seen = new ArrayList<>();
        try (FeedRig rig = new FeedRig()) {
            InputStream input = new PausingInput(
                    () -> seen.add(TickEvent.ticksOf(rig.drain()).size()),
                    HEADER + "11,A,1,2\n12,",
                    "A,1,2\n13,\"A\"",
                    ",1,2\n14,A,1,2\n",
                    "15,A,1,2\n");
            try (CsvFeed feed = CsvFeed.open("-", new CsvContext(), input)) {
                feed.run(rig.output());
            }
        }
        assertThat(seen.subList(seen.size() - 4, seen.size())).containsExactly(1, 2, 4, 5);
    }

    @Test
    void shouldTellThatItWaitsForInputWhileItDoes() throws IOException {
        List<Boolean> whileReading = new ArrayList<>();
        try (FeedRig rig = new FeedRig()) {
            FeedOutput output = rig.output();
            InputStream input = new PausingInput(
                    () -> whileReading.add(output.isWaitingForInput()), HEADER + "11,A,1,2\n12,", "A,1,2\n");
            try (CsvFeed feed = CsvFeed.open("-", new CsvContext(), input)) {
                assertThat(output.isWaitingForInput()).isFalse();
                feed.run(output);
            }
            assertThat(output.isWaitingForInput()).isFalse();
        }
        assertThat(whileReading.subList(1, whileReading.size())).isNotEmpty().containsOnly(true);
    }

    @Test
    void shouldStopAtTheLimitOfTicks() throws IOException {
        String text = HEADER + ROWS.repeat(500);
        try (FeedRig rig = new FeedRig();
                CsvFeed feed = CsvFeed.open("-", new CsvContext(), new ByteArrayInputStream(FeedRun.bytes(text)))) {
            feed.run(rig.output("", 131));
            assertThat(TickEvent.ticksOf(rig.drain())).hasSize(131);
        }
    }

    @Test
    void shouldNotWaitForInputThatTheRunDoesNotTake() throws IOException {
        InputStream input = new SequenceInputStream(
                new ByteArrayInputStream(FeedRun.bytes(HEADER + "11,A,1,2\n12,A,1,2\n13,\"A")), new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("was read on");
                    }
                });
        try (FeedRig rig = new FeedRig();
                CsvFeed feed = CsvFeed.open("-", new CsvContext(), input)) {
            FeedCounters counters = rig.counters("stdin");
            feed.run(rig.output(counters, "", new TickBudget(2), new PaceClock(PaceClock.MAX)));
            assertThat(counters.lines()).isEqualTo(2);
        }
    }

    @Test
    void shouldLetAFailingSourceFailAndKeepWhatItGave() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk error");
            }
        };
        for (String end : List.of("13,C", "13,\"C")) {
            InputStream broken = new SequenceInputStream(
                    new ByteArrayInputStream(FeedRun.bytes(HEADER + ROWS.substring(0, 18) + end)), failing);
            try (FeedRig rig = new FeedRig();
                    CsvFeed feed = CsvFeed.open("-", new CsvContext(), broken)) {
                FeedOutput output = rig.output();
                assertThatThrownBy(() -> feed.run(output))
                        .isInstanceOf(IOException.class)
                        .hasMessage("disk error");
                assertThat(TickEvent.ticksOf(rig.drain())).hasSize(2);
            }
        }
    }

    private static FeedRun csv(byte[] input) {
        return FeedRun.csv(new ByteArrayInputStream(input), new CsvContext());
    }
}
