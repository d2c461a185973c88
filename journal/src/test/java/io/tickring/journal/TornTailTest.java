package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.JournalException.Reason;
import io.tickring.journal.TestRecords.Block;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {
    private static final int DURABLE = 40;
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldKeepWhatProvesItselfWhereverAPageOfTheTailIsLost() throws IOException {
        List<Long> places = write(30, 1);
        Path file = cycles().get(0);
        byte[] sound = Files.readAllBytes(file);
        long end = places.get(places.size() - 1);
        for (long page = places.get(DURABLE / 2 + 1) / PAGE + 1; page <= end / PAGE; page++) {
            restore(file, sound);
            zero(file, page * PAGE, PAGE);
            assertSealedAndGoesOn();
        }
    }

    @Test
    void shouldKeepWhatProvesItselfWhereverTheFileIsCut() throws IOException {
        List<Long> places = write(30, 1);
        Path file = cycles().get(0);
        byte[] sound = Files.readAllBytes(file);
        long last = places.get(places.size() - 1);
        for (long cut = places.get(places.size() - 4); cut < last + 64; cut += 7) {
            restore(file, sound);
            zero(file, cut, (int) (last + 2 * PAGE - cut));
            assertSealedAndGoesOn();
        }
    }

    @Test
    void shouldSetAsideTheFilesBehindATornOne() throws IOException {
        List<Long> places = write(30, 3);
        List<Path> files = cycles();
        assertThat(files).hasSize(3);
        zero(files.get(0), places.get(25), 64);
        try (JournalAppender appender = open()) {
            assertThat(appender.sealed())
                    .contains(files.get(1).getFileName() + ".torn", files.get(2).getFileName() + ".torn");
            assertThat(appender.nextSequence()).isBetween(DURABLE + 1L, 60L);
            append(appender, 5, 1_000, false);
        }
        assertThat(sequences(readAll(directory)))
                .isEqualTo(sequences(readAll(directory)).stream().sorted().toList());
    }

    @Test
    void shouldSeeThatABlockWithoutASequenceIsTornBeforeASoundFile() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 2, 1, false);
            appender.force();
            appender.appendGap(3, 3, new UnsafeBuffer(new byte[TestRecords.LENGTH]), 0, TestRecords.LENGTH);
            clock.timeMs += 1_000;
            append(appender, 2, 2, false);
        }
        List<Path> files = cycles();
        zero(files.get(0), places().get(2), 64);
        try (JournalAppender appender = open()) {
            assertThat(appender.sealed())
                    .contains("kept to sequence 2", files.get(1).getFileName() + ".torn");
            append(appender, 1, 3, false);
        }
        assertThat(sequences(readAll(directory))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCutNothingAtOrBeforeWhatIsDurable() throws IOException {
        List<Long> places = write(30, 1);
        Path file = cycles().get(0);
        byte[] sound = Files.readAllBytes(file);
        for (int block : List.of(2, 10, DURABLE / 2)) {
            restore(file, sound);
            zero(file, places.get(block), 64);
            zero(file, places.get(places.size() - 1), 64);
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
            assertThat(names()).noneMatch(name -> name.contains(".torn"));
        }
    }

    @Test
    void shouldCutNothingWhereNothingIsKnownToBeDurable() throws IOException {
        List<Long> places = write(30, 1);
        Files.delete(JournalFiles.folder(directory).resolve(DurableMark.FILE_NAME));
        zero(cycles().get(0), places.get(places.size() - 1), 64);
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        assertThat(names()).noneMatch(name -> name.contains(".torn"));
    }

    @Test
    void shouldOpenASoundTailAsItIs() throws IOException {
        write(30, 2);
        try (JournalAppender appender = open()) {
            assertThat(appender.sealed()).isEmpty();
        }
        assertThat(names()).noneMatch(name -> name.contains(".torn"));
    }

    private void assertSealedAndGoesOn() throws IOException {
        long kept;
        try (JournalAppender appender = open()) {
            kept = appender.nextSequence() - 1;
            assertThat(appender.sealed()).startsWith("a torn tail was sealed: kept to sequence " + kept);
            assertThat(kept).isGreaterThanOrEqualTo(DURABLE);
            append(appender, 3, 1_000, false);
        }
        assertThat(sequences(readAll(directory))).hasSize((int) kept + 3).isSorted();
    }

    /** Blocks of two records each, {@code blocks} for each of {@code cycles} files; the first 40 records are durable. */
    private List<Long> write(int blocks, int cycles) {
        try (JournalAppender appender = open()) {
            for (int cycle = 0; cycle < cycles; cycle++) {
                for (int i = 0; i < blocks; i++) {
                    append(appender, 2, cycle, false);
                    if (appender.nextSequence() == DURABLE + 1) {
                        appender.force();
                    }
                }
                clock.timeMs += 1_000;
            }
        }
        return places();
    }

    /** Where each block begins in its file. */
    private List<Long> places() {
        List<Long> places = new ArrayList<>();
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            while (tailer.next()) {
                places.add(tailer.blockEndInFile() - tailer.recordsLength() - BlockDescriptor.HEADER_LENGTH);
            }
        }
        return places;
    }

    private void restore(Path file, byte[] sound) throws IOException {
        for (String name : names()) {
            if (name.contains(".torn")
                    || name.endsWith(JournalRoll.SUFFIX)
                            && !name.equals(file.getFileName().toString())) {
                Files.delete(JournalFiles.folder(directory).resolve(name));
            }
        }
        Files.write(file, sound);
    }

    private static void zero(Path file, long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(length), position);
        }
    }

    private static List<Long> sequences(List<Block> blocks) {
        List<Long> sequences = new ArrayList<>();
        blocks.forEach(block -> {
            for (int i = 0; i < block.count(); i++) {
                sequences.add(block.first() + i);
            }
        });
        return sequences;
    }

    private JournalAppender open() {
        return JournalAppender.open(
                new JournalContext().directory(directory).epochClock(clock).roll(JournalRoll.SECONDLY));
    }

    private List<Path> cycles() throws IOException {
        return names().stream()
                .filter(name -> name.endsWith(JournalRoll.SUFFIX))
                .map(name -> JournalFiles.folder(directory).resolve(name))
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(JournalFiles.folder(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
