package io.tickring.journal;

import static io.tickring.journal.TestRecords.LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.journal.TestRecords.Block;
import io.tickring.journal.TestRecords.ListDictionary;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small journal that was written once and is kept for good: whatever this program becomes, it reads these bytes. It has
 * two cycles and two incarnations.
 */
class GoldenJournalTest {
    private static final String NAME = "/golden-1";
    private static final long JOURNAL_ID = 4118685103461569897L;

    @TempDir
    Path directory;

    @BeforeEach
    void copyJournal() throws IOException, URISyntaxException {
        Path golden = Path.of(GoldenJournalTest.class.getResource(NAME).toURI());
        Files.createDirectory(directory.resolve("journal"));
        try (Stream<Path> files = Files.list(golden.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve("journal").resolve(file.getFileName()));
            }
        }
    }

    @Test
    void shouldReadEveryRecord() {
        assertThat(TestRecords.readAll(directory))
                .containsExactly(
                        new Block(100, 0, Long.MIN_VALUE, 1),
                        new Block(100, 1, 1_000, 1),
                        new Block(101, 4, 1_000, 1),
                        new Block(105, 3, 2_500, 2),
                        new Block(108, 0, 2_500, 2),
                        new Block(108, 2, 2_501, 2));
        assertThat(JournalVerifier.verify(directory, null, (f, c, p, o, l) -> {}))
                .isEqualTo(new JournalVerification(true, 6, 10, 0, 100, 109, 6 * 64 + 12 * LENGTH, 2, null));
    }

    @Test
    void shouldReadEveryFieldOfTheHeaders() {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.seekToSequence(107)).isTrue();
            assertThat(TestRecords.definitionIds(tailer)).startsWith(100L);
            tailer.next();
            assertThat(tailer.journalId()).isEqualTo(JOURNAL_ID);
            assertThat(tailer.recordLengthBytes()).isEqualTo(LENGTH);
            assertThat(tailer.durableSequence()).isZero();
            assertThat(tailer.blockLengthBytes()).isEqualTo(64 + 3 * LENGTH);
            assertThat(BlockDescriptor.definitionsBefore(tailer.records(), 0)).isEqualTo(2);
            tailer.next();
            assertThat(tailer.count()).isZero();
            assertThat(tailer.records().getLong(tailer.recordsOffset(), LITTLE_ENDIAN))
                    .isEqualTo(100);
            assertThat(tailer.records().getLong(tailer.recordsOffset() + LENGTH, LITTLE_ENDIAN))
                    .isEqualTo(105);
        }
    }

    @Test
    void shouldAppendToIt() {
        try (JournalAppender appender = JournalAppender.open(new JournalContext().directory(directory))) {
            assertThat(appender.roll()).isEqualTo(JournalRoll.HOURLY);
            assertThat(appender.journalId()).isEqualTo(JOURNAL_ID);
            assertThat(appender.incarnation()).isEqualTo(3);
            assertThat(appender.lastKey()).isEqualTo(2_501);
            TestRecords.append(appender, 5, 2_501, false);
        }
        List<Block> blocks = TestRecords.readAll(directory);
        assertThat(blocks).hasSize(8).endsWith(new Block(110, 0, 2_501, 3), new Block(110, 5, 2_501, 3));
    }

    /** Writes such a journal, as its first version was; its files are cut behind their last used page. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        ManualClock clock = new ManualClock();
        ListDictionary dictionary = new ListDictionary();
        JournalContext settings = new JournalContext()
                .directory(directory)
                .firstSequence(100)
                .epochClock(clock)
                .dictionary(dictionary);
        try (JournalAppender appender = JournalAppender.open(settings)) {
            System.out.println(appender.journalId());
            TestRecords.append(appender, 1, 1_000, true);
            dictionary.add(100);
            TestRecords.append(appender, 4, 1_000, false);
        }
        try (JournalAppender appender = JournalAppender.open(settings)) {
            TestRecords.append(appender, 3, 2_500, true);
            dictionary.add(105);
            clock.timeMs += 3_600_000;
            TestRecords.append(appender, 2, 2_501, false);
        }
        Files.delete(directory.resolve("LOCK"));
        for (Path file :
                List.of(directory.resolve("journal/20240808-00F.cq4"), directory.resolve("journal/20240808-01F.cq4"))) {
            byte[] bytes = Files.readAllBytes(file);
            int used = bytes.length;
            while (bytes[used - 1] == 0) {
                used--;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate((used / 4_096 + 1) * 4_096L);
            }
        }
    }
}
