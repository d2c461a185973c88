package io.tickring.engine.feed;

import static io.tickring.engine.feed.RejectReason.MALFORMED_LINE;
import static io.tickring.engine.feed.RejectReason.OUT_OF_RANGE;
import static io.tickring.engine.feed.RejectReason.TRUNCATED_INPUT;
import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How lines come out of files, compressed streams and standard input. */
class BinanceInputTest {
    private static final String A = line(11, "A");
    private static final String B = line(12, "B");
    private static final String C = line(13, "C");

    @TempDir
    private Path folder;

    @Test
    void shouldReadLfAndCrlf() {
        String text = A + "\n" + B + "\r\n" + C + "\r\n";
        assertThat(BinanceRun.of(text).rejected()).isEmpty();
        assertThat(BinanceRun.of(text).symbols()).containsExactly("A", "B", "C");
    }

    @Test
    void shouldTellGzipByContentAndReadAllMembers() {
        byte[] members = BinanceRun.join(
                BinanceRun.gzip(BinanceRun.bytes(A + "\n" + B.substring(0, 20))),
                BinanceRun.gzip(new byte[0]),
                BinanceRun.gzip(BinanceRun.bytes(B.substring(20) + "\n" + C + "\n")));
        BinanceRun plain = BinanceRun.of(A + "\n" + B + "\n" + C + "\n");
        assertThat(BinanceRun.of(members)).isEqualTo(plain);
        assertThat(BinanceRun.of(BinanceRun.join(members, new byte[512]))).isEqualTo(plain);
        assertThat(BinanceRun.of(new DrippingInput(members), "")).isEqualTo(plain);
    }

    @Test
    void shouldReadAGzipHeaderWithAllItsFields() {
        byte[] packed = BinanceRun.gzip(BinanceRun.bytes(A + "\n"));
        byte[] header = Arrays.copyOf(packed, 10);
        header[3] = 2 | 4 | 8 | 16;
        byte[] fields = {3, 0, 7, 7, 7, 'n', 'a', 'm', 'e', 0, 'c', 0, 99, 99};
        byte[] member = BinanceRun.join(header, fields, Arrays.copyOfRange(packed, 10, packed.length));
        assertThat(BinanceRun.of(member)).isEqualTo(BinanceRun.of(A + "\n"));
    }

    @Test
    void shouldReadNothingFromEmptyInput() {
        BinanceRun nothing = new BinanceRun(List.of(), List.of(), 0, 0, Map.of(), List.of());
        assertThat(BinanceRun.of("")).isEqualTo(nothing);
        assertThat(BinanceRun.of(BinanceRun.gzip(new byte[0]))).isEqualTo(nothing);
    }

    @Test
    void shouldReadAStreamThatDeliversByteByByte() {
        String text = A + "\r\n" + B + "\nbad\n" + C;
        assertThat(BinanceRun.of(new DrippingInput(BinanceRun.bytes(text)), "")).isEqualTo(BinanceRun.of(text));
        assertThat(BinanceRun.of(new DrippingInput(BinanceRun.bytes("\n")), "").lines())
                .isEqualTo(1);
        assertThat(BinanceRun.of(new DrippingInput(BinanceRun.bytes("1")), "").lines())
                .isEqualTo(1);
    }

    @Test
    void shouldCountALastLineThatIsCutAnywhere() {
        String text = A + "\n" + B + "\n";
        byte[] bytes = BinanceRun.bytes(text);
        List<TickEvent> all = BinanceRun.of(text).ticks();
        for (int length = 0; length <= bytes.length; length++) {
            BinanceRun run = BinanceRun.of(Arrays.copyOf(bytes, length));
            int whole = length < A.length() ? 0 : length < bytes.length - 1 ? 1 : 2;
            boolean isCut = length > 0 && length != A.length() && length != A.length() + 1 && length < bytes.length - 1;
            assertThat(run.ticks()).as("length=%d", length).isEqualTo(all.subList(0, whole));
            assertThat(run.rejected()).isEqualTo(isCut ? Map.of(TRUNCATED_INPUT, 1L) : Map.of());
        }
    }

    @Test
    void shouldJudgeALastLineWithoutNewlineAsAnyOther() {
        assertThat(BinanceRun.of(A + "\n1 {}{").rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
        assertThat(BinanceRun.of("x").rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
        assertThat(BinanceRun.of("1 {}").ignored()).isEqualTo(1);
        assertThat(BinanceRun.of(BinanceRun.gzip(BinanceRun.bytes(A + "\n" + B)))
                        .ticks())
                .hasSize(2);
    }

    @Test
    void shouldCountGzipThatIsCutAnywhereAsOneLineMore() {
        byte[] packed = BinanceRun.join(
                BinanceRun.gzip(BinanceRun.bytes(A + "\n" + B + "\n")), BinanceRun.gzip(BinanceRun.bytes(C + "\n")));
        int firstMember = BinanceRun.gzip(BinanceRun.bytes(A + "\n" + B + "\n")).length;
        List<TickEvent> all = BinanceRun.of(packed).ticks();
        for (int length = 2; length < packed.length; length++) {
            BinanceRun run = BinanceRun.of(Arrays.copyOf(packed, length));
            assertThat(run.ticks())
                    .as("length=%d", length)
                    .isEqualTo(all.subList(0, run.ticks().size()));
            assertThat(run.rejected()).isEqualTo(length == firstMember ? Map.of() : Map.of(TRUNCATED_INPUT, 1L));
            assertThat(run.ticks().size()).isGreaterThanOrEqualTo(length >= firstMember ? 2 : 0);
        }
    }

    @Test
    void shouldCountDamagedGzipAsOneLineMore() {
        byte[] packed = BinanceRun.gzip(BinanceRun.bytes(A + "\n" + B + "\n"));
        byte[] badChecksum = packed.clone();
        badChecksum[packed.length - 8] ^= 1;
        byte[] badLength = packed.clone();
        badLength[packed.length - 1] ^= 1;
        byte[] badMethod = packed.clone();
        badMethod[2] = 7;
        byte[] badFlags = packed.clone();
        badFlags[3] = (byte) 0x80;
        byte[] garbageBehind = BinanceRun.join(packed, BinanceRun.bytes("garbage"));
        for (byte[] damaged : List.of(badChecksum, badLength, garbageBehind)) {
            BinanceRun run = BinanceRun.of(damaged);
            assertThat(run.ticks()).hasSize(2);
            assertThat(run.rejected()).isEqualTo(Map.of(TRUNCATED_INPUT, 1L));
            assertThat(run.errors()).containsExactly("TRUNCATED_INPUT feed=test file=- line=3");
        }
        for (byte[] damaged : List.of(badMethod, badFlags)) {
            assertThat(BinanceRun.of(damaged).rejected()).isEqualTo(Map.of(TRUNCATED_INPUT, 1L));
        }
    }

    @Test
    void shouldReadLongLinesUpToTheBound() {
        String filler = "z".repeat(RecordingInput.MAX_LINE_LENGTH - 60);
        String longest = "14 {\"z\":\"" + filler + "\"}";
        BinanceRun run = BinanceRun.of(A + "\n" + longest + "\n" + B + "\n");
        assertThat(run.ignored()).isEqualTo(1);
        assertThat(run.symbols()).containsExactly("A", "B");
    }

    @Test
    void shouldRejectALongerLineOnceAndFindTheNextOne() {
        String tooLong = "14 {\"z\":\"" + "z".repeat(RecordingInput.MAX_LINE_LENGTH * 3) + "\"}";
        BinanceRun run = BinanceRun.of(A + "\n" + tooLong + "\n" + B + "\n" + tooLong);
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 2L));
        assertThat(run.symbols()).containsExactly("A", "B");
        assertThat(run.lines()).isEqualTo(4);
        assertThat(run.errors()).containsExactly("MALFORMED_LINE feed=test file=- line=2");
    }

    @Test
    void shouldPutTheSuffixOnEachSymbol() {
        InputStream input = new ByteArrayInputStream(BinanceRun.bytes(A + "\n" + A + "\n" + B + "\n"));
        assertThat(BinanceRun.of(input, ".spot").symbols()).containsExactly("A.spot", "B.spot");
    }

    @Test
    void shouldReadFilesOneAfterTheOtherAndCountLinesInEach() throws IOException {
        String plain = file("plain", BinanceRun.bytes(A + "\n" + B.substring(0, 30)));
        String empty = file("empty", new byte[0]);
        String packed = file("packed", BinanceRun.gzip(BinanceRun.bytes(B + "\nbad\n" + C)));
        BinanceRun run = run(plain, empty, "-", packed);
        assertThat(run.symbols()).containsExactly("A", "B", "C");
        assertThat(run.rejected()).isEqualTo(Map.of(TRUNCATED_INPUT, 1L, MALFORMED_LINE, 1L));
        assertThat(run.lines()).isEqualTo(5);
        assertThat(run.errors())
                .containsExactly(
                        "TRUNCATED_INPUT feed=test file=" + plain + " line=2",
                        "MALFORMED_LINE feed=test file=" + packed + " line=2");
    }

    @Test
    void shouldTellTheFirstReceiveTimeWithoutLosingALine() throws IOException {
        String bad = file("bad", BinanceRun.bytes("bad\n\n99999999999999999999 {}\n12"));
        String cut = file("cut", Arrays.copyOf(BinanceRun.gzip(BinanceRun.bytes(A)), 15));
        String good = file("good", BinanceRun.bytes("x\n" + B + "\n" + C + "\n"));
        List<String> paths = List.of(bad, cut, good);
        BinanceRun unpeeked = run(bad, cut, good);
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(paths)) {
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(12);
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(12);
            BinanceRun run = BinanceRun.of(rig, feed, "");
            assertThat(run.ticks()).isEqualTo(unpeeked.ticks()).hasSize(2);
            assertThat(run.rejected())
                    .isEqualTo(unpeeked.rejected())
                    .isEqualTo(Map.of(MALFORMED_LINE, 3L, OUT_OF_RANGE, 1L, TRUNCATED_INPUT, 2L));
            assertThat(run.errors()).containsExactlyInAnyOrderElementsOf(unpeeked.errors());
        }
    }

    @Test
    void shouldHaveNoFirstReceiveTimeWithoutALine() throws IOException {
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(List.of("-"), new ByteArrayInputStream(BinanceRun.bytes("x\n")))) {
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(NO_TIME);
            assertThat(BinanceRun.of(rig, feed, "").rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
        }
    }

    @Test
    void shouldPublishWhatItHasBeforeItWaitsForInput() throws IOException {
        List<Integer> seen = new ArrayList<>();
        try (FeedRig rig = new FeedRig()) {
            PausingInput input = new PausingInput(
                    () -> seen.add(TickEvent.ticksOf(rig.drain()).size()), A + "\n", A + "\n" + A + "\n" + A, "\n");
            try (BinanceFeed feed = BinanceFeed.open(List.of("-"), input)) {
                feed.run(rig.output());
            }
        }
        assertThat(seen).containsExactly(0, 0, 1, 3, 4);
    }

    @Test
    void shouldNotWaitForInputThatTheRunDoesNotTake() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        InputStream input = new PausingInput(
                () -> assertThat(reads.incrementAndGet()).isLessThan(4), A + "\n", A + "\n" + A.substring(0, 9), A);
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(List.of("-"), input)) {
            FeedCounters counters = rig.counters("stdin");
            feed.run(rig.output(counters, "", new TickBudget(2), new PaceClock(PaceClock.MAX)));
            assertThat(counters.lines()).isEqualTo(2);
            assertThat(TickEvent.ticksOf(rig.drain())).hasSize(2);
        }
    }

    @Test
    void shouldStopAtTheLimitOfTicks() throws IOException {
        String text = (A + "\n").repeat(500);
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(List.of("-"), new ByteArrayInputStream(BinanceRun.bytes(text)))) {
            feed.run(rig.output("", 131));
            assertThat(TickEvent.ticksOf(rig.drain())).hasSize(131);
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
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(BinanceRun.bytes(A + "\n" + B + "\n" + C)), failing);
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(List.of("-"), broken)) {
            assertThatThrownBy(() -> feed.run(rig.output()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk error");
            assertThat(TickEvent.ticksOf(rig.drain())).hasSize(2);
        }
    }

    @Test
    void shouldNameThePathThatCannotBeRead() throws IOException {
        String good = file("good", BinanceRun.bytes(A));
        String missing = folder.resolve("missing").toString();
        assertThatThrownBy(() -> BinanceFeed.open(List.of(good, missing)))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read path=" + missing + ": no such file");
        assertThatThrownBy(() -> BinanceFeed.open(List.of(folder.toString())))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read path=" + folder + ": it is a directory");
        assertThatThrownBy(() -> BinanceFeed.open(List.of(""))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BinanceFeed.open(List.of())).isInstanceOf(IOException.class);
    }

    @Test
    void shouldCloseTwiceAndWithoutARun() throws IOException {
        BinanceFeed feed = BinanceFeed.open(List.of(file("a", BinanceRun.gzip(BinanceRun.bytes(A)))));
        assertThat(feed.kind()).isEqualTo("binance");
        assertThat(feed.firstReceiveTimeNs()).isEqualTo(11);
        feed.close();
        feed.close();
        BinanceFeed.open(List.of("-")).close();
    }

    private BinanceRun run(String... paths) throws IOException {
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(List.of(paths), InputStream.nullInputStream())) {
            return BinanceRun.of(rig, feed, "");
        }
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private static String line(long receiveTimeNs, String symbol) {
        return receiveTimeNs + " {\"data\":{\"s\":\"" + symbol
                + "\",\"b\":\"1.5\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}}";
    }
}
