package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.definitionIds;
import static io.tickring.journal.TestRecords.readAll;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.JournalException.Reason;
import io.tickring.journal.TestRecords.Block;
import io.tickring.journal.TestRecords.ListDictionary;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing on purpose and recorded as missing; what is missing without a word stays damage. */
class JournalGapTest {
    private static final int MAX_PART = BlockDescriptor.MAX_PAYLOAD_LENGTH / TestRecords.LENGTH;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final ListDictionary dictionary = new ListDictionary();

    private record Gap(long from, long to, int records) {}

    @Test
    void shouldGoOnBehindAGap() {
        writeTwoGaps();
        assertThat(readAll(directory))
                .containsExactly(
                        new Block(1, 0, Long.MIN_VALUE, 1),
                        new Block(1, 5, 10, 1),
                        new Block(16, 0, 10, 1),
                        new Block(16, 4, 20, 1),
                        new Block(20, 0, 20, 2),
                        new Block(30, 0, 20, 2),
                        new Block(30, 2, 30, 2));
        assertThat(gaps(0)).containsExactly(new Gap(6, 15, 3), new Gap(20, 29, 1));
        assertThat(JournalVerifier.verify(directory, null, (f, c, p, o, l) -> {}))
                .extracting(
                        JournalVerification::ok,
                        JournalVerification::records,
                        JournalVerification::gaps,
                        JournalVerification::lastSequence)
                .containsExactly(true, 11L, 2L, 31L);
    }

    @Test
    void shouldSeekIntoAndAroundGaps() {
        writeTwoGaps();
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.endSequence()).isEqualTo(31);
            for (long sequence = 1; sequence <= 31; sequence++) {
                assertThat(tailer.seekToSequence(sequence)).isTrue();
                assertThat(tailer.next()).isTrue();
                boolean missing = sequence > 5 && sequence < 16 || sequence > 19 && sequence < 30;
                assertThat(tailer.isGap()).as("sequence " + sequence).isEqualTo(missing);
                if (missing) {
                    assertThat(sequence).isBetween(tailer.gapFrom(), tailer.gapTo());
                    assertThat(tailer.next()).isTrue();
                    assertThat(tailer.count()).isPositive();
                } else {
                    assertThat(sequence).isBetween(tailer.firstSequence(), tailer.firstSequence() + tailer.count() - 1);
                }
            }
            assertThat(tailer.seekToSequence(32)).isFalse();
            assertThat(tailer.seekToKey(11)).isTrue();
            assertThat(tailer.next()).isTrue();
            assertThat(tailer.firstSequence()).isEqualTo(16);
            assertThat(tailer.count()).isEqualTo(4);
        }
    }

    @Test
    void shouldHandOutTheDefinitionsOfTheNewestGapAlone() {
        writeTwoGaps();
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            tailer.seekToSequence(3);
            assertThat(definitionIds(tailer)).isEmpty();
            tailer.seekToSequence(17);
            assertThat(definitionIds(tailer)).containsExactly(100L, 101L, 102L);
            tailer.seekToSequence(31);
            assertThat(definitionIds(tailer)).containsExactly(200L);
        }
    }

    @Test
    void shouldEndInAGap() {
        try (JournalAppender appender = open()) {
            append(appender, 5, 1, false);
            appender.appendGap(6, 100, payload(0, 2), 0, 2 * TestRecords.LENGTH);
            appender.force();
        }
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.endSequence()).isEqualTo(99);
            assertThat(tailer.seekToSequence(99)).isTrue();
            assertThat(tailer.next()).isTrue();
            assertThat(List.of(tailer.gapFrom(), tailer.gapTo())).containsExactly(6L, 99L);
            assertThat(tailer.next()).isFalse();
        }
        try (JournalAppender appender = open()) {
            assertThat(List.of(appender.nextSequence(), appender.durableSequence(), appender.lastKey()))
                    .containsExactly(100L, 99L, 1L);
            append(appender, 1, 1, false);
        }
        assertThat(readAll(directory)).contains(new Block(100, 1, 1, 2));
    }

    @Test
    void shouldSpreadAPayloadThatIsTooLongOverBlocksBeforeTheLast() {
        try (JournalAppender appender = open()) {
            append(appender, 5, 1, false);
            appender.appendGap(6, 11, payload(0, 2 * MAX_PART + 7), 64, (2 * MAX_PART + 6) * TestRecords.LENGTH);
            append(appender, 1, 1, false);
            appender.appendGap(12, 12, payload(0, MAX_PART), 0, MAX_PART * TestRecords.LENGTH);
            append(appender, 1, 1, false);
        }
        assertThat(gaps(0))
                .containsExactly(
                        new Gap(6, 5, MAX_PART), new Gap(6, 5, MAX_PART), new Gap(6, 10, 6), new Gap(12, 11, MAX_PART));
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.seekToSequence(8)).isTrue();
            assertThat(definitionIds(tailer)).isEmpty();
            for (long to : new long[] {5, 5, 10}) {
                assertThat(tailer.next()).isTrue();
                assertThat(List.of(tailer.gapFrom(), tailer.gapTo())).containsExactly(6L, to);
            }
            assertThat(definitionIds(tailer))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2 * MAX_PART + 6).boxed().toList());
        }
    }

    @Test
    void shouldWriteTheDictionaryAnewBehindAGapThatAKillMayHaveCut() {
        dictionary.add(7);
        try (JournalAppender appender = open()) {
            append(appender, 1, 1, false);
            appender.appendGap(2, 2, payload(0, MAX_PART), 0, MAX_PART * TestRecords.LENGTH);
        }
        try (JournalAppender appender = open()) {
            append(appender, 1, 1, false);
        }
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            tailer.seekToSequence(2);
            assertThat(definitionIds(tailer)).containsExactly(7L);
        }
    }

    @Test
    void shouldRefuseAGapThatDoesNotContinueTheJournal() {
        for (long[] gap : new long[][] {{5, 10, 64}, {7, 10, 64}, {6, 5, 64}, {6, 10, 63}}) {
            Path folder = directory.resolve("refused" + gap[0] + gap[1] + gap[2]);
            try (JournalAppender appender =
                    JournalAppender.open(new JournalContext().directory(folder).epochClock(clock))) {
                append(appender, 5, 1, false);
                assertThatThrownBy(() -> appender.appendGap(gap[0], gap[1], payload(0, 1), 0, (int) gap[2]))
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_ORDER));
            }
            assertThat(JournalVerifier.verify(folder, null, (f, c, p, o, l) -> {})
                            .lastSequence())
                    .isEqualTo(5);
        }
    }

    @Test
    void shouldTakeAHeaderOfAGapThatIsNotWholeForDamage() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 5, 1, false);
            appender.appendGap(6, 9, payload(0, 1), 0, TestRecords.LENGTH);
            append(appender, 5, 1, false);
        }
        long place = 0;
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            while (tailer.next() && !tailer.isGap()) {
                continue;
            }
            place = tailer.blockEndInFile() - 2 * TestRecords.LENGTH;
        }
        assertThat(errorAfter(place, BlockDescriptor.VERSION_OFFSET, 1)).contains("contradicts itself");
        assertThat(errorAfter(place, BlockDescriptor.VERSION_OFFSET, 3)).contains("newer version");
        assertThat(errorAfter(place, BlockDescriptor.KIND_OFFSET, 0)).contains("contradicts itself");
        assertThat(errorAfter(place, BlockDescriptor.KIND_OFFSET, 2)).contains("contradicts itself");
        assertThat(errorAfter(place, BlockDescriptor.RECORD_COUNT_OFFSET, 1)).contains("contradicts itself");
        assertThat(errorAfter(place, BlockDescriptor.FIRST_SEQUENCE_OFFSET, 5)).contains("does not follow");
        assertThat(errorAfter(place, BlockDescriptor.FIRST_SEQUENCE_OFFSET, 10)).contains("does not follow");
        assertThat(errorAfter(place, BlockDescriptor.FIRST_SEQUENCE_OFFSET, 9)).isNull();
        assertThat(errorAfter(place, BlockDescriptor.FIRST_SEQUENCE_OFFSET, 6)).contains("does not follow");
    }

    /** Changes one byte of the gap's header, makes its checksum right, verifies, and takes the change back. */
    private String errorAfter(long place, int field, int value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            byte[] sound = new byte[2 * TestRecords.LENGTH];
            file.seek(place);
            file.readFully(sound);
            byte[] changed = sound.clone();
            changed[field] = (byte) value;
            ByteBuffer.wrap(changed)
                    .order(LITTLE_ENDIAN)
                    .putInt(BlockDescriptor.CRC_OFFSET, new BlockChecksum().of(changed, changed.length));
            file.seek(place);
            file.write(changed);
            String error = JournalVerifier.verify(directory, null, (f, c, p, o, l) -> {})
                    .error();
            file.seek(place);
            file.write(sound);
            return error;
        }
    }

    /** Five records, ten missing, four records; in the next file, ten missing, two records. */
    private void writeTwoGaps() {
        try (JournalAppender appender = open()) {
            append(appender, 5, 10, false);
            appender.appendGap(6, 16, payload(100, 3), 0, 3 * TestRecords.LENGTH);
            append(appender, 4, 20, false);
        }
        clock.timeMs += 1_000;
        dictionary.add(9);
        try (JournalAppender appender = open()) {
            appender.appendGap(20, 30, payload(200, 1), 0, TestRecords.LENGTH);
            append(appender, 2, 30, false);
        }
    }

    private List<Gap> gaps(long from) {
        List<Gap> gaps = new ArrayList<>();
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            tailer.seekToSequence(from);
            while (tailer.next()) {
                if (tailer.isGap()) {
                    gaps.add(new Gap(tailer.gapFrom(), tailer.gapTo(), tailer.recordsLength() / TestRecords.LENGTH));
                }
            }
        }
        return gaps;
    }

    /** Records that begin with the numbers from {@code first} on. */
    private static UnsafeBuffer payload(long first, int count) {
        UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(count * TestRecords.LENGTH));
        for (int i = 0; i < count; i++) {
            payload.putLong(i * TestRecords.LENGTH, first + i, LITTLE_ENDIAN);
        }
        return payload;
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(JournalFiles.folder(directory))) {
            return files.filter(file -> file.toString().endsWith(JournalRoll.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private JournalAppender open() {
        return JournalAppender.open(new JournalContext()
                .directory(directory)
                .epochClock(clock)
                .roll(JournalRoll.SECONDLY)
                .dictionary(dictionary));
    }
}
