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
        assertThat(FeedRun.binance(text).rejected()).isEmpty();
        assertThat(FeedRun.binance(text).symbols()).containsExactly("A", "B", "C");
    }

    @Test
    void shouldTellGzipByContentAndReadAllMembers() {
        byte[] members = FeedRun.join(
                FeedRun.gzip(FeedRun.bytes(A + "\n" + B.substring(0, 20))),
                FeedRun.gzip(new byte[0]),
                FeedRun.gzip(FeedRun.bytes(B.substring(20) + "\n" + C + "\n")));
        FeedRun plain = FeedRun.binance(A + "\n" + B + "\n" + C + "\n");
        assertThat(FeedRun.binance(members)).isEqualTo(plain);
        assertThat(FeedRun.binance(FeedRun.join(members, new byte[512]))).isEqualTo(plain);
        assertThat(FeedRun.binance(new DrippingInput(members), "")).isEqualTo(plain);
    }

    @Test
    void shouldReadAGzipHeaderWithAllItsFields() {
        byte[] packed = FeedRun.gzip(FeedRun.bytes(A + "\n"));
        byte[] header = Arrays.copyOf(packed, 10);
        header[3] = 2 | 4 | 8 | 16;
        byte[] fields = {3, 0, 7, 7, 7, 'n', 'a', 'm', 'e', 0, 'c', 0, 99, 99};
        byte[] member = FeedRun.join(header, fields, Arrays.copyOfRange(packed, 10, packed.length));
        assertThat(FeedRun.binance(member)).isEqualTo(FeedRun.binance(A + "\n"));
    }

    @Test
    void shouldReadNothingFromEmptyInput() {
        FeedRun nothing = new FeedRun(List.of(), List.of(), 0, 0, Map.of(), List.of());
        assertThat(FeedRun.binance("")).isEqualTo(nothing);
        assertThat(FeedRun.binance(FeedRun.gzip(new byte[0]))).isEqualTo(nothing);
    }

    @Test
    void shouldReadAStreamThatDeliversByteByByte() {
        String text = A + "\r\n" + B + "\nbad\n" + C;
        assertThat(FeedRun.binance(new DrippingInput(FeedRun.bytes(text)), "")).isEqualTo(FeedRun.binance(text));
        assertThat(FeedRun.binance(new DrippingInput(FeedRun.bytes("\n")), "").lines())
                .isEqualTo(1);
        assertThat(FeedRun.binance(new DrippingInput(FeedRun.bytes("1")), "").lines())
                .isEqualTo(1);
    }

    @Test
    void shouldCountALastLineThatIsCutAnywhere() {
        String text = A + "\n" + B + "\n";
        byte[] bytes = FeedRun.bytes(text);
        List<TickEvent> all = FeedRun.binance(text).ticks();
        for (int length = 0; length <= bytes.length; length++) {
            FeedRun run = FeedRun.binance(Arrays.copyOf(bytes, length));
            int whole = length < A.length() ? 0 : length < bytes.length - 1 ? 1 : 2;
            boolean isCut = length > 0 && length != A.length() && length != A.length() + 1 && length < bytes.length - 1;
            assertThat(run.ticks()).as("length=%d", length).isEqualTo(all.subList(0, whole));
            assertThat(run.rejected()).isEqualTo(isCut ? Map.of(TRUNCATED_INPUT, 1L) : Map.of());
        }
    }

    @Test
    void shouldJudgeALastLineWithoutNewlineAsAnyOther() {
        assertThat(FeedRun.binance(A + "\n1 {}{").rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
        assertThat(FeedRun.binance("x").rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
        assertThat(FeedRun.binance("1 {}").ignored()).isEqualTo(1);
        assertThat(FeedRun.binance(FeedRun.gzip(FeedRun.bytes(A + "\n" + B))).ticks())
                .hasSize(2);
    }

    @Test
    void shouldCountGzipThatIsCutAnywhereAsOneLineMore() {
        byte[] packed =
                FeedRun.join(FeedRun.gzip(FeedRun.bytes(A + "\n" + B + "\n")), FeedRun.gzip(FeedRun.bytes(C + "\n")));
        int firstMember = FeedRun.gzip(FeedRun.bytes(A + "\n" + B + "\n")).length;
        List<TickEvent> all = FeedRun.binance(packed).ticks();
        for (int length = 2; length < packed.length; length++) {
            FeedRun run = FeedRun.binance(Arrays.copyOf(packed, length));
            assertThat(run.ticks())
                    .as("length=%d", length)
                    .isEqualTo(all.subList(0, run.ticks().size()));
            assertThat(run.rejected()).isEqualTo(length == firstMember ? Map.of() : Map.of(TRUNCATED_INPUT, 1L));
            assertThat(run.ticks().size()).isGreaterThanOrEqualTo(length >= firstMember ? 2 : 0);
        }
    }

    @Test
    void shouldCountDamagedGzipAsOneLineMore() {
        byte[] packed = FeedRun.gzip(FeedRun.bytes(A + "\n" + B + "\n"));
        byte[] badChecksum = packed.clone();
        badChecksum[packed.length - 8] ^= 1;
        byte[] badLength = packed.clone();
        badLength[packed.length - 1] ^= 1;
        byte[] badMethod = packed.clone();
        badMethod[2] = 7;
        byte[] badFlags = packed.clone();
        badFlags[3] = (byte) 0x80;
        byte[] garbageBehind = FeedRun.join(packed, FeedRun.bytes("garbage"));
        for (byte[] damaged : List.of(badChecksum, badLength, garbageBehind)) {
            FeedRun run = FeedRun.binance(damaged);
            assertThat(run.ticks()).hasSize(2);
            assertThat(run.rejected()).isEqualTo(Map.of(TRUNCATED_INPUT, 1L));
            assertThat(run.errors()).containsExactly("TRUNCATED_INPUT feed=test file=- line=3");
        }
        for (byte[] damaged : List.of(badMethod, badFlags)) {
            assertThat(FeedRun.binance(damaged).rejected()).isEqualTo(Map.of(TRUNCATED_INPUT, 1L));
        }
    }

    @Test
    void shouldReadLongLinesUpToTheBound() {
        String filler = "z".repeat(RecordingInput.MAX_LINE_LENGTH - 60);
        String longest = "14 {\"z\":\"" + filler + "\"}";
        FeedRun run = FeedRun.binance(A + "\n" + longest + "\n" + B + "\n");
        assertThat(run.ignored()).isEqualTo(1);
        assertThat(run.symbols()).containsExactly("A", "B");
    }

    @Test
    void shouldRejectALongerLineOnceAndFindTheNextOne() {
        String tooLong = "14 {\"z\":\"" + "z".repeat(RecordingInput.MAX_LINE_LENGTH * 3) + "\"}";
        FeedRun run = FeedRun.binance(A + "\n" + tooLong + "\n" + B + "\n" + tooLong);
        assertThat(run.rejected()).isEqualTo(Map.of(MALFORMED_LINE, 2L));
        assertThat(run.symbols()).containsExactly("A", "B");
        assertThat(run.lines()).isEqualTo(4);
        assertThat(run.errors()).containsExactly("MALFORMED_LINE feed=test file=- line=2");
    }

    @Test
    void shouldPutTheSuffixOnEachSymbol() {
        InputStream input = new ByteArrayInputStream(FeedRun.bytes(A + "\n" + A + "\n" + B + "\n"));
        assertThat(FeedRun.binance(input, ".spot").symbols()).containsExactly("A.spot", "B.spot");
    }

    @Test
    void shouldReadFilesOneAfterTheOtherAndCountLinesInEach() throws IOException {
        String plain = file("plain", FeedRun.bytes(A + "\n" + B.substring(0, 30)));
        String empty = file("empty", new byte[0]);
        String packed = file("packed", FeedRun.gzip(FeedRun.bytes(B + "\nbad\n" + C)));
        FeedRun run = run(plain, empty, "-", packed);
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
        String bad = file("bad", FeedRun.bytes("bad\n\n99999999999999999999 {}\n12"));
        String cut = file("cut", Arrays.copyOf(FeedRun.gzip(FeedRun.bytes(A)), 15));
        String good = file("good", FeedRun.bytes("x\n" + B + "\n" + C + "\n"));
        List<String> paths = List.of(bad, cut, good);
        FeedRun unpeeked = run(bad, cut, good);
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(paths)) {
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(12);
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(12);
            FeedRun run = FeedRun.of(rig, feed, "");
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
                BinanceFeed feed = BinanceFeed.open(List.of("-"), new ByteArrayInputStream(FeedRun.bytes("x\n")))) {
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(NO_TIME);
            assertThat(FeedRun.of(rig, feed, "").rejected()).isEqualTo(Map.of(MALFORMED_LINE, 1L));
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
                BinanceFeed feed = BinanceFeed.open(List.of("-"), new ByteArrayInputStream(FeedRun.bytes(text)))) {
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
                new SequenceInputStream(new ByteArrayInputStream(FeedRun.bytes(A + "\n" + B + "\n" + C)), failing);
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
        String good = file("good", FeedRun.bytes(A));
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
        BinanceFeed feed = BinanceFeed.open(List.of(file("a", FeedRun.gzip(FeedRun.bytes(A)))));
        assertThat(feed.kind()).isEqualTo("binance");
        assertThat(feed.firstReceiveTimeNs()).isEqualTo(11);
        feed.close();
        feed.close();
        BinanceFeed.open(List.of("-")).close();
    }

    private FeedRun run(String... paths) throws IOException {
        try (FeedRig rig = new FeedRig();
                BinanceFeed feed = BinanceFeed.open(List.of(paths), InputStream.nullInputStream())) {
            return FeedRun.of(rig, feed, "");
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
