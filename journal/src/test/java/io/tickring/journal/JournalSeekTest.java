package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.journal.TestRecords.ListDictionary;
import io.tickring.journal.TestRecords.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One journal of seven cycles, 300 blocks each, keys that often stay, definitions here and there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalSeekTest {
    private static final int CYCLES = 7;
    private static final int BLOCKS = 300;
    private static final long SEED = 20_240_808;

    private record Appended(long first, int count, long key, int cycle) {}

    private Path directory;
    private final TreeMap<Long, Appended> bySequence = new TreeMap<>();
    private final TreeMap<Long, Appended> firstByKey = new TreeMap<>();
    /** By the sequence of the block that holds it: the definition with that id. */
    private final List<Long> definitions = new ArrayList<>();

    private long end;

    @BeforeAll
    void writeJournal(@TempDir Path folder) {
        directory = folder;
        ManualClock clock = new ManualClock();
        ListDictionary dictionary = new ListDictionary();
        Random random = new Random(SEED);
        long key = 1_000;
        try (JournalAppender appender = JournalAppender.open(new JournalContext()
                .directory(directory)
                .roll(JournalRoll.SECONDLY)
                .epochClock(clock)
                .dictionary(dictionary)
                .firstSequence(501))) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                for (int i = 0; i < BLOCKS; i++) {
                    key += 10 * Math.max(0, random.nextInt(4) - 1);
                    boolean defines = random.nextInt(40) == 0;
                    Appended block = new Appended(appender.nextSequence(), 1 + random.nextInt(20), key, cycle);
                    append(appender, block.count, key, defines);
                    bySequence.put(block.first, block);
                    firstByKey.putIfAbsent(key, block);
                    if (defines) {
                        definitions.add(block.first);
                        dictionary.add(block.first);
                    }
                }
                clock.timeMs += 1_000L + random.nextInt(3_000);
            }
            end = appender.nextSequence() - 1;
        }
    }

    @Test
    void shouldFindTheBlockOfEverySequence() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.firstAvailableSequence()).isEqualTo(501);
            assertThat(tailer.endSequence()).isEqualTo(end);
            for (long sequence = 501; sequence <= end; sequence += 1 + sequence % 7) {
                Appended block = bySequence.floorEntry(sequence).getValue();
                assertThat(tailer.seekToSequence(sequence)).isTrue();
                assertThat(tailer.next()).isTrue();
                assertThat(tailer.firstSequence()).isEqualTo(block.first);
                assertThat(tailer.count()).isEqualTo(block.count);
            }
        }
    }

    @Test
    void shouldReadOnToTheEndAfterASeek() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            for (long from : new long[] {end, end - 5_000, 501, (501 + end) / 2}) {
                assertThat(tailer.seekToSequence(from)).isTrue();
                long last = 0;
                while (tailer.next()) {
                    last = tailer.firstSequence() + tailer.count() - 1;
                }
                assertThat(last).isEqualTo(end);
                assertThat(tailer.next()).isFalse();
            }
        }
    }

    @Test
    void shouldSayThatASequenceIsNotThere() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.seekToSequence(end + 1)).isFalse();
            assertThat(tailer.next()).isFalse();
            for (long before : new long[] {500, 1, 0, Long.MIN_VALUE}) {
                assertThat(tailer.seekToSequence(before)).isFalse();
                assertThat(tailer.next()).isTrue();
                assertThat(tailer.firstSequence()).isEqualTo(501);
            }
            assertThat(tailer.seekToSequence(Long.MAX_VALUE)).isFalse();
        }
    }

    @Test
    void shouldFindTheFirstBlockThatReachesAKey() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            for (long key = 991; key <= firstByKey.lastKey(); key += 3) {
                Appended block = firstByKey.ceilingEntry(key).getValue();
                assertThat(tailer.seekToKey(key)).isTrue();
                assertThat(tailer.next()).isTrue();
                assertThat(tailer.firstSequence()).as("key %s", key).isEqualTo(block.first);
                assertThat(tailer.key()).isEqualTo(block.key);
            }
            assertThat(tailer.seekToKey(firstByKey.lastKey() + 1)).isFalse();
            assertThat(tailer.next()).isFalse();
            assertThat(tailer.seekToKey(Long.MIN_VALUE)).isTrue();
            assertThat(tailer.next()).isTrue();
            assertThat(tailer.blockNumber()).isZero();
        }
    }

    @Test
    void shouldHandOutTheDefinitionsBeforeAPosition() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            for (Appended block : bySequence.values()) {
                if (block.first % 5 != 0) {
                    continue;
                }
                assertThat(tailer.seekToSequence(block.first)).isTrue();
                assertThat(definitionsBefore(tailer)).isEqualTo(expectedBefore(block.first));
                assertThat(tailer.next()).isTrue();
                assertThat(tailer.firstSequence()).isEqualTo(block.first);
            }
        }
    }

    @Test
    void shouldHandOutAllDefinitionsAtTheEnd() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            tailer.seekToSequence(Long.MAX_VALUE);
            assertThat(definitionsBefore(tailer))
                    .filteredOn(definitions::contains)
                    .isEqualTo(definitions);
            tailer.seekToSequence(end);
            tailer.next();
            assertThat(definitionsBefore(tailer))
                    .filteredOn(definitions::contains)
                    .isEqualTo(definitions);
        }
    }

    @Test
    void shouldReachDefinitionsOverARestart(@TempDir Path other) {
        ManualClock clock = new ManualClock();
        JournalContext settings = new JournalContext().directory(other).epochClock(clock);
        try (JournalAppender appender = JournalAppender.open(settings)) {
            append(appender, 1, 1, true);
            append(appender, 1, 1, false);
            append(appender, 1, 1, true);
        }
        try (JournalAppender appender = JournalAppender.open(settings)) {
            append(appender, 1, 1, false);
            append(appender, 1, 1, false);
        }
        try (JournalTailer tailer = JournalTailer.open(other)) {
            assertThat(tailer.seekToSequence(5)).isTrue();
            assertThat(TestRecords.definitionIds(tailer)).containsExactly(1L, 3L);
        }
    }

    /** Knows no block but counts those that are looked at: each is asked for the length of its records. */
    private static final class CountingCodec implements BlockCodec {
        private int looks;

        @Override
        public int number() {
            return 1;
        }

        @Override
        public BlockCodec another() {
            return this;
        }

        @Override
        public int recordLengthBytes() {
            looks++;
            return TestRecords.LENGTH;
        }

        @Override
        public int encode(DirectBuffer records, int offset, long firstSequence, int count, byte[] payload) {
            return 0;
        }

        @Override
        public void decode(byte[] payload, int offset, int length, long firstSequence, int count, byte[] records) {
            throw new IllegalArgumentException("number=" + number());
        }
    }

    @Test
    void shouldLookAtFewBlocksOfALongFile(@TempDir Path other) {
        int blocks = 1 << 15;
        int most = 15 + 2;
        UnsafeBuffer record = TestRecords.records(1, 1);
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(other).epochClock(new ManualClock()))) {
            for (int i = 1; i <= blocks; i++) {
                appender.append(record, 0, i, 1, 10L * i, false);
            }
        }
        CountingCodec codec = new CountingCodec();
        try (JournalTailer tailer = JournalTailer.open(other, codec)) {
            for (long goal : new long[] {1, 2, blocks / 3, blocks / 2, blocks - 1, blocks}) {
                codec.looks = 0;
                assertThat(tailer.seekToKey(10 * goal - 3)).isTrue();
                assertThat(codec.looks).as("looks for key %s", goal).isLessThanOrEqualTo(most);
                codec.looks = 0;
                assertThat(tailer.seekToSequence(goal)).isTrue();
                assertThat(codec.looks).as("looks for sequence %s", goal).isBetween(2, most);
                assertThat(tailer.next()).isTrue();
                assertThat(tailer.firstSequence()).isEqualTo(goal);
            }
        }
    }

    /** In the dictionary stand ids; in a block, the sequences of its records: its first is the definition's id. */
    private static List<Long> definitionsBefore(JournalTailer tailer) {
        List<Long> ids = new ArrayList<>();
        tailer.definitions((first, count, payload, offset, length) -> {
            int step = count == 0 ? TestRecords.LENGTH : length;
            for (int at = 0; at < length; at += step) {
                ids.add(payload.getLong(offset + at, java.nio.ByteOrder.LITTLE_ENDIAN));
            }
        });
        return ids;
    }

    private List<Long> expectedBefore(long sequence) {
        return definitions.stream().filter(id -> id < sequence).toList();
    }
}
