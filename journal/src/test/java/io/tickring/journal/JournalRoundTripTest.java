package io.tickring.journal;

import static io.tickring.journal.TestRecords.LENGTH;
import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.readAll;
import static io.tickring.journal.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.JournalException.Reason;
import io.tickring.journal.TestRecords.Block;
import io.tickring.journal.TestRecords.ListDictionary;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRoundTripTest {
    private static final Block FIRST_DICTIONARY = new Block(1, 0, Long.MIN_VALUE, 1);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    private JournalContext context() {
        return new JournalContext().directory(directory).epochClock(clock);
    }

    @Test
    void shouldReadBackWhatWasAppended() {
        try (JournalAppender appender = JournalAppender.open(context())) {
            assertThat(appender.isNew()).isTrue();
            assertThat(appender.journalId()).isNotZero();
            append(appender, 1, 10, false);
            append(appender, 4_096, 10, true);
            append(appender, 3, 12, false);
            assertThat(appender.nextSequence()).isEqualTo(4_101);
            assertThat(appender.lastKey()).isEqualTo(12);
            assertThat(appender.bytesAppended()).isEqualTo(4 * 64 + 4_100 * 64);
        }

        assertThat(readAll(directory))
                .containsExactly(
                        FIRST_DICTIONARY,
                        new Block(1, 1, 10, 1),
                        new Block(2, 4_096, 10, 1),
                        new Block(4_098, 3, 12, 1));
        assertThat(JournalVerifier.verify(directory, null, (f, c, p, o, l) -> {}))
                .isEqualTo(new JournalVerification(true, 4, 4_100, 0, 1, 4_100, 4 * 64 + 4_100 * 64, 1, null));
    }

    @Test
    void shouldTakeRecordsFromEveryKindOfBuffer() {
        byte[] array = new byte[5 * LENGTH + 7];
        UnsafeBuffer heap = new UnsafeBuffer(array, 7, 5 * LENGTH);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(5 * LENGTH + 16).position(16).slice();
        UnsafeBuffer memory = records(4, 2);
        try (JournalAppender appender = JournalAppender.open(context())) {
            heap.putBytes(LENGTH, records(1, 1), 0, LENGTH);
            appender.append(heap, LENGTH, 1, 1, 1, false);
            UnsafeBuffer sliced = new UnsafeBuffer(direct);
            sliced.putBytes(2 * LENGTH, records(2, 2), 0, 2 * LENGTH);
            appender.append(sliced, 2 * LENGTH, 2, 2, 1, false);
            appender.append(new UnsafeBuffer(memory.addressOffset(), 2 * LENGTH), 0, 4, 2, 1, false);
            ExpandableDirectByteBuffer expanding = new ExpandableDirectByteBuffer(LENGTH);
            expanding.putBytes(0, records(6, 1), 0, LENGTH);
            appender.append(expanding, 0, 6, 1, 1, false);
            expanding.putBytes(LENGTH, records(7, 3), 0, 3 * LENGTH);
            appender.append(expanding, LENGTH, 7, 3, 1, false);
        }

        assertThat(readAll(directory)).extracting(Block::count).containsExactly(0, 1, 2, 2, 1, 3);
        assertThat(memory.capacity()).isEqualTo(2 * LENGTH);
    }

    @Test
    void shouldContinueAfterARestart() {
        long id;
        try (JournalAppender appender = JournalAppender.open(context())) {
            id = appender.journalId();
            append(appender, 5, 7, false);
        }
        for (int run = 2; run <= 3; run++) {
            try (JournalAppender appender = JournalAppender.open(context())) {
                assertThat(appender.isNew()).isFalse();
                assertThat(appender.journalId()).isEqualTo(id);
                assertThat(appender.incarnation()).isEqualTo(run);
                assertThat(appender.lastKey()).isEqualTo(5 + run);
                assertThat(appender.nextSequence()).isEqualTo(5L * run - 4);
                append(appender, 5, 6 + run, false);
            }
        }

        assertThat(readAll(directory))
                .containsExactly(
                        FIRST_DICTIONARY, new Block(1, 5, 7, 1), new Block(6, 5, 8, 2), new Block(11, 5, 9, 3));
    }

    @Test
    void shouldChainOverCyclesAndBeginEachWithADictionary() throws IOException {
        ListDictionary dictionary = new ListDictionary();
        try (JournalAppender appender =
                JournalAppender.open(context().roll(JournalRoll.SECONDLY).dictionary(dictionary))) {
            for (int i = 1; i <= 3; i++) {
                append(appender, 2, i, true);
                dictionary.add(i);
                clock.timeMs += 1_000L * i;
            }
            append(appender, 1, 9, false);
        }

        try (JournalTailer tailer = JournalTailer.open(directory)) {
            List<Integer> dictionaries = new java.util.ArrayList<>();
            while (tailer.next()) {
                if (tailer.count() == 0) {
                    assertThat(tailer.blockNumber()).isZero();
                    dictionaries.add(tailer.recordsLength() / LENGTH);
                }
            }
            assertThat(dictionaries).containsExactly(0, 1, 2, 3);
            assertThat(tailer.endSequence()).isEqualTo(7);
        }
        assertThat(files())
                .contains(
                        "20240808-000000T.cq4", "20240808-000001T.cq4", "20240808-000003T.cq4", "20240808-000006T.cq4");
    }

    @Test
    void shouldSplitADictionaryThatIsTooLongForOneBlock() {
        ListDictionary dictionary = new ListDictionary();
        for (int i = 0; i < 70_000; i++) {
            dictionary.add(i);
        }
        try (JournalAppender appender =
                JournalAppender.open(context().roll(JournalRoll.SECONDLY).dictionary(dictionary))) {
            append(appender, 1, 1, false);
            clock.timeMs += 1_000;
            append(appender, 1, 1, false);
        }

        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.seekToSequence(2)).isTrue();
            assertThat(TestRecords.definitionIds(tailer)).hasSize(70_000).isSorted();
            tailer.next();
            assertThat(tailer.blockNumber()).isEqualTo(3);
        }
    }

    @Test
    void shouldWriteADictionaryAgainThatMayHaveBeenCut() {
        ListDictionary dictionary = new ListDictionary();
        JournalContext settings = context().roll(JournalRoll.SECONDLY).dictionary(dictionary);
        try (JournalAppender appender = JournalAppender.open(settings)) {
            append(appender, 1, 1, false);
            for (int i = 0; i < 32_768; i++) {
                dictionary.add(i);
            }
            clock.timeMs += 1_000;
            assertThatThrownBy(() -> appender.append(null, 0, 2, 1, 1, false)).isInstanceOf(JournalException.class);
        }
        try (JournalAppender appender = JournalAppender.open(settings)) {
            append(appender, 1, 1, false);
        }

        assertThat(readAll(directory)).extracting(Block::count).containsExactly(0, 1, 0, 0, 1);
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.seekToSequence(2)).isTrue();
            assertThat(TestRecords.definitionIds(tailer)).hasSize(32_768);
        }
    }

    @Test
    void shouldKeepAppendingWhenTheClockStepsBackOverARoll() {
        try (JournalAppender appender = JournalAppender.open(context().roll(JournalRoll.SECONDLY))) {
            append(appender, 1, 1, false);
            clock.timeMs += 3_000;
            append(appender, 1, 2, false);
            clock.timeMs -= 2_500;
            append(appender, 1, 3, false);
        }
        clock.timeMs -= 10_000;
        try (JournalAppender appender = JournalAppender.open(context())) {
            assertThat(appender.roll()).isEqualTo(JournalRoll.SECONDLY);
            append(appender, 1, 4, false);
        }

        assertThat(readAll(directory)).extracting(Block::count).containsExactly(0, 1, 0, 1, 1, 1);
    }

    @Test
    void shouldBeginAtTheFirstSequenceThatWasAskedFor() {
        try (JournalAppender appender = JournalAppender.open(context().firstSequence(1_000))) {
            append(appender, 2, 0, false);
        }
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.firstAvailableSequence()).isEqualTo(1_000);
            assertThat(tailer.endSequence()).isEqualTo(1_001);
        }
        try (JournalAppender appender = JournalAppender.open(context().firstSequence(5))) {
            assertThat(appender.nextSequence()).isEqualTo(1_002);
        }
    }

    @Test
    void shouldReadAJournalWithoutRecords() {
        JournalAppender.open(context()).close();

        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.endSequence()).isZero();
            assertThat(tailer.firstAvailableSequence()).isEqualTo(1);
            assertThat(tailer.seekToSequence(1)).isFalse();
        }
        assertThat(readAll(directory)).containsExactly(FIRST_DICTIONARY);
        assertThat(JournalVerifier.verify(directory, null, (f, c, p, o, l) -> {}))
                .isEqualTo(new JournalVerification(true, 1, 0, 0, 0, 0, 64, 1, null));
    }

    @Test
    void shouldReadWhatStoodThereAtOpenTimeWhileTheAppenderWritesOn() {
        try (JournalAppender appender = JournalAppender.open(context().roll(JournalRoll.SECONDLY))) {
            append(appender, 2, 1, false);
            try (JournalTailer tailer = JournalTailer.open(directory)) {
                append(appender, 2, 1, false);
                clock.timeMs += 1_000;
                append(appender, 2, 1, false);
                assertThat(TestRecords.readOn(tailer)).extracting(Block::first).containsExactly(1L, 1L);
            }
            assertThat(readAll(directory)).extracting(Block::first).containsExactly(1L, 1L, 3L, 5L, 5L);
        }
    }

    @Test
    void shouldAppendOnAnotherThreadThanTheOneThatOpened() throws Exception {
        try (JournalAppender appender = JournalAppender.open(context())) {
            Throwable[] failure = new Throwable[1];
            Thread thread = new Thread(() -> append(appender, 2, 1, false));
            thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
            thread.start();
            thread.join();
            assertThat(failure[0]).isNull();
            append(appender, 2, 1, false);
        }
        assertThat(readAll(directory)).hasSize(3);
    }

    @Test
    void shouldRefuseWhatDoesNotContinueAndStayPoisoned() {
        try (JournalAppender appender = JournalAppender.open(context())) {
            append(appender, 2, 5, false);
            assertThatThrownBy(() -> appender.append(records(4, 1), 0, 4, 1, 5, false))
                    .hasMessageContaining("firstSequence=4 expected=3")
                    .extracting("reason")
                    .isEqualTo(Reason.OUT_OF_ORDER);
            assertThatThrownBy(() -> append(appender, 1, 5, false))
                    .extracting("reason")
                    .isEqualTo(Reason.POISONED);
        }
        try (JournalAppender appender = JournalAppender.open(context())) {
            assertThatThrownBy(() -> append(appender, 1, 4, false)).hasMessageContaining("key=4 lastKey=5");
        }
        try (JournalAppender appender = JournalAppender.open(context())) {
            UnsafeBuffer tooShort = new UnsafeBuffer(records(3, 4).byteBuffer(), 0, LENGTH);
            assertThatThrownBy(() -> appender.append(tooShort, 0, 3, 2, 5, false))
                    .extracting("reason")
                    .isEqualTo(Reason.POISONED);
        }
        assertThat(readAll(directory)).containsExactly(FIRST_DICTIONARY, new Block(1, 2, 5, 1));
        try (JournalAppender appender = JournalAppender.open(context())) {
            append(appender, 1, 5, false);
        }
        assertThat(readAll(directory)).hasSize(3);
    }

    @Test
    void shouldRefuseAfterClose() {
        JournalAppender appender = JournalAppender.open(context());
        appender.close();
        appender.close();
        assertThatThrownBy(() -> append(appender, 1, 1, false))
                .extracting("reason")
                .isEqualTo(Reason.CLOSED);
        JournalTailer tailer = JournalTailer.open(directory);
        tailer.close();
        tailer.close();
        assertThatThrownBy(tailer::next).extracting("reason").isEqualTo(Reason.CLOSED);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
