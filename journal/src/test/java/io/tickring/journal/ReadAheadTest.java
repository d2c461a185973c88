package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.TestRecords.ListDictionary;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private static final int BLOCKS = 60;
    /** So that every block but the first is read ahead. */
    private static final long ALWAYS = Long.MIN_VALUE;

    @TempDir
    Path directory;

    private long undecodable;

    /** All that a tailer says of a block. */
    private record Seen(
            long first,
            int count,
            long key,
            String gap,
            String file,
            long number,
            long endInFile,
            int length,
            long crc) {}

    /** What a pass over a journal gave: blocks, then how it ended. */
    private record Pass(List<Seen> blocks, String error) {}

    /** Records follow from their sequence: three bytes for the count, and some that mean nothing. */
    private final class SparseCodec implements BlockCodec {
        @Override
        public int number() {
            return 9;
        }

        @Override
        public BlockCodec another() {
            return new SparseCodec();
        }

        @Override
        public int recordLengthBytes() {
            return TestRecords.LENGTH;
        }

        @Override
        public int encode(DirectBuffer records, int offset, long firstSequence, int count, byte[] payload) {
            return count < 3 ? 0 : 1 + count % 50;
        }

        @Override
        public void decode(byte[] payload, int offset, int length, long firstSequence, int count, byte[] records) {
            if (firstSequence == undecodable) {
                throw new IllegalArgumentException("firstSequence=" + firstSequence);
            }
            UnsafeBuffer target = new UnsafeBuffer(records);
            for (int i = 0; i < count; i++) {
                TestRecords.fill(target, i * TestRecords.LENGTH, firstSequence + i);
            }
        }
    }

    @AfterEach
    void shouldLeaveNoThread() {
        assertThat(readers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldYieldWhatReadingInLineYields(long seed) {
        write(seed);
        Pass inLine = read(Long.MAX_VALUE, false);
        assertThat(inLine.error).isEmpty();
        assertThat(inLine.blocks).hasSizeGreaterThan(BLOCKS);
        for (int i = 0; i < 5; i++) {
            assertThat(read(ALWAYS, i % 2 == 1)).isEqualTo(inLine);
        }
    }

    @Test
    void shouldTellOfDamageInAnyBlockWhereItStands() throws IOException {
        write(7);
        List<Seen> sound = read(Long.MAX_VALUE, false).blocks;
        for (int i = 0; i < sound.size(); i++) {
            Seen block = sound.get(i);
            long byteInFile = block.endInFile - 1 - i % Math.min(60, block.length);
            flip(directory.resolve("journal").resolve(block.file), byteInFile);
            Pass inLine = read(Long.MAX_VALUE, false);
            assertThat(inLine.error).contains("file=" + block.file + " block=" + block.number + " ");
            assertThat(inLine.blocks).isEqualTo(sound.subList(0, i));
            assertThat(read(ALWAYS, i % 2 == 1)).isEqualTo(inLine);
            flip(directory.resolve("journal").resolve(block.file), byteInFile);
        }
    }

    @Test
    void shouldTellOfABlockThatCannotBeDecodedWhereItStands() {
        write(8);
        for (Seen block : read(Long.MAX_VALUE, false).blocks) {
            undecodable = block.count < 3 ? 0 : block.first;
            Pass inLine = read(Long.MAX_VALUE, false);
            assertThat(inLine.error.isEmpty()).isEqualTo(undecodable == 0);
            assertThat(read(ALWAYS, false)).isEqualTo(inLine);
        }
    }

    @Test
    void shouldGoOnSayingWhyItEnded() {
        write(9);
        undecodable = 1;
        try (JournalTailer tailer = open()) {
            tailer.readAhead(ALWAYS);
            assertThatThrownBy(() -> readToEnd(tailer)).isInstanceOf(JournalException.class);
            assertThatThrownBy(tailer::next).isInstanceOf(JournalException.class);
        }
        undecodable = 0;
        try (JournalTailer tailer = open()) {
            tailer.readAhead(ALWAYS);
            readToEnd(tailer);
            assertThat(tailer.next()).isFalse();
            assertThat(tailer.next()).isFalse();
        }
    }

    @Test
    void shouldCloseAnywhere() {
        write(10);
        int blocks = read(Long.MAX_VALUE, false).blocks.size();
        for (int taken = 0; taken <= blocks; taken++) {
            JournalTailer tailer = open();
            tailer.readAhead(ALWAYS);
            for (int i = 0; i < taken; i++) {
                assertThat(tailer.next()).isTrue();
            }
            assertThat(readers()).hasSizeLessThanOrEqualTo(1);
            tailer.close();
            tailer.close();
            assertThat(readers()).isEmpty();
            assertThatThrownBy(tailer::next)
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.CLOSED));
        }
    }

    @Test
    void shouldNotMindInterruptsOfTheTaker() {
        write(11);
        List<Seen> all = read(Long.MAX_VALUE, false).blocks;
        try (JournalTailer tailer = open()) {
            tailer.readAhead(ALWAYS);
            for (Seen block : all) {
                assertThat(tailer.next()).isTrue();
                assertThat(seen(tailer)).isEqualTo(block);
                if (block.number > 0) {
                    Thread.currentThread().interrupt();
                }
            }
            assertThat(tailer.next()).isFalse();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldSeekWhileItReadsAhead() {
        write(12);
        List<Seen> all = read(Long.MAX_VALUE, false).blocks;
        try (JournalTailer tailer = open()) {
            for (Seen goal : all) {
                tailer.readAhead(ALWAYS);
                tailer.next();
                tailer.next();
                assertThat(readers()).hasSizeLessThanOrEqualTo(1);
                if (goal.count > 0) {
                    assertThat(tailer.seekToSequence(goal.first)).isTrue();
                    assertThat(readers()).isEmpty();
                    assertThat(tailer.next()).isTrue();
                    assertThat(seen(tailer)).isEqualTo(goal);
                }
            }
        }
    }

    @Test
    void shouldHandOutDefinitionsOnlyBeforeItReadsAhead() {
        write(13);
        try (JournalTailer tailer = open()) {
            tailer.readAhead(ALWAYS);
            assertThat(TestRecords.definitionIds(tailer)).isEmpty();
            tailer.next();
            tailer.next();
            assertThatThrownBy(() -> TestRecords.definitionIds(tailer)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldStartNoThreadForAFewBlocks() {
        write(14);
        try (JournalTailer tailer = open()) {
            tailer.readAhead();
            while (tailer.next()) {
                assertThat(readers()).isEmpty();
            }
        }
    }

    @Test
    void shouldEndWhenAConsumerThrows() {
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(directory).codec(new SparseCodec()))) {
            for (int i = 0; i < 1_000; i++) {
                append(appender, BlockDescriptor.MAX_RECORDS, i, false);
            }
        }
        List<Thread> reading = new ArrayList<>();
        assertThatThrownBy(() -> JournalVerifier.verify(directory, new SparseCodec(), (first, count, b, o, l) -> {
                    if (first > 20 * BlockDescriptor.MAX_RECORDS) {
                        reading.addAll(readers());
                        throw new ArithmeticException("enough");
                    }
                }))
                .hasMessage("enough");
        assertThat(reading).hasSize(Runtime.getRuntime().availableProcessors() > 1 ? 1 : 0);
        assertThat(readers()).isEmpty();
    }

    /** Blocks of all sizes and both codecs, definitions, rolls, gaps of one block and of several, a restart. */
    private void write(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ManualClock clock = new ManualClock();
        ListDictionary dictionary = new ListDictionary();
        for (int run = 0; run < 2; run++) {
            try (JournalAppender appender = JournalAppender.open(new JournalContext()
                    .directory(directory)
                    .roll(JournalRoll.SECONDLY)
                    .epochClock(clock)
                    .dictionary(dictionary)
                    .codec(new SparseCodec()))) {
                for (int i = 0; i < BLOCKS / 2; i++) {
                    appendAny(appender, random, dictionary);
                    clock.timeMs += random.nextInt(8) == 0 ? 1_000 : 0;
                }
            }
        }
    }

    private static void appendAny(JournalAppender appender, SplittableRandom random, ListDictionary dictionary) {
        long next = appender.nextSequence();
        long key = Math.max(0, appender.lastKey()) + random.nextInt(3);
        if (random.nextInt(10) == 0) {
            int records = random.nextInt(1, 20);
            appender.appendGap(
                    next,
                    next + random.nextInt(50),
                    TestRecords.records(next, records),
                    0,
                    records * TestRecords.LENGTH);
            return;
        }
        boolean defines = random.nextInt(5) == 0;
        append(appender, 1 + random.nextInt(random.nextInt(4) == 0 ? 3_000 : 8), key, defines);
        if (defines) {
            dictionary.add(next);
        }
    }

    private JournalTailer open() {
        return JournalTailer.open(directory, new SparseCodec());
    }

    private Pass read(long minRecordsAhead, boolean slowly) {
        List<Seen> blocks = new ArrayList<>();
        try (JournalTailer tailer = open()) {
            tailer.readAhead(minRecordsAhead);
            while (tailer.next()) {
                blocks.add(seen(tailer));
                if (slowly) {
                    Thread.yield();
                }
            }
            return new Pass(blocks, "");
        } catch (JournalException e) {
            return new Pass(blocks, e.file() + " " + e.block() + " " + e.sequence() + " " + e.getMessage());
        }
    }

    private static Seen seen(JournalTailer block) {
        byte[] records = new byte[block.recordsLength()];
        block.records().getBytes(block.recordsOffset(), records);
        CRC32C crc = new CRC32C();
        crc.update(records);
        return new Seen(
                block.firstSequence(),
                block.count(),
                block.key(),
                block.isGap() ? block.gapFrom() + "-" + block.gapTo() : "",
                block.fileName(),
                block.blockNumber(),
                block.blockEndInFile(),
                block.blockLengthBytes(),
                crc.getValue());
    }

    private static void readToEnd(JournalTailer tailer) {
        while (tailer.next()) {
            assertThat(tailer.recordsLength()).isNotNegative();
        }
    }

    private static void flip(Path file, long byteInFile) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, byteInFile);
            one.put(0, (byte) (one.get(0) ^ 0x10)).flip();
            channel.write(one, byteInFile);
        }
    }

    private static List<Thread> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(ReadAhead.THREAD_NAME))
                .toList();
    }
}
