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
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDamageTest {
    private static final int START_BYTES = 1 << 20;
    private static final int RECORD_LENGTH = 8;

    @TempDir
    Path directory;

    /** A journal of one file: a dictionary block, then three blocks of two records of eight bytes. */
    private Path writeSmall() {
        UnsafeBuffer records = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * RECORD_LENGTH));
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(directory).recordLengthBytes(RECORD_LENGTH))) {
            for (long i = 1; i <= 3; i++) {
                records.setMemory(0, records.capacity(), (byte) i);
                appender.append(records, 0, appender.nextSequence(), 2, i, false);
            }
        }
        return files(directory).get(0);
    }

    /** A journal of {@code cycles} files with five records each. */
    private static List<Path> writeCycles(Path directory, int cycles) {
        ManualClock clock = new ManualClock();
        try (JournalAppender appender = JournalAppender.open(
                new JournalContext().directory(directory).epochClock(clock).roll(JournalRoll.SECONDLY))) {
            for (int i = 0; i < cycles; i++) {
                append(appender, 2, i, false);
                append(appender, 3, i, false);
                clock.timeMs += 1_000;
            }
        }
        return files(directory);
    }

    @Test
    void shouldNameTheBlockForEveryFlippedBit() throws IOException {
        Path file = writeSmall();
        List<Integer> blocks = blockOffsets(file);
        assertThat(blocks).hasSize(4);
        int flips = 0;
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            for (int i = 0; i < blocks.size(); i++) {
                int number = i;
                for (int bit = 0; bit < lengthOf(number) * 8; bit++) {
                    whileFlipped(file, blocks.get(number) * 8L + bit, () -> assertDamagedAt(tailer, number));
                    flips++;
                }
            }
        }
        assertThat(flips).isEqualTo((64 + 3 * 80) * 8);
    }

    @Test
    void shouldVerifyUpToTheFlippedBit() throws IOException {
        Path file = writeSmall();
        List<Integer> blocks = blockOffsets(file);
        for (int i = 0; i < blocks.size(); i++) {
            int number = i;
            for (int bit = 5; bit < lengthOf(number) * 8; bit += 61) {
                String flipped = "block " + number + " bit " + bit;
                whileFlipped(file, blocks.get(number) * 8L + bit, () -> {
                    JournalVerification found = verify();
                    assertThat(found.ok()).as(flipped).isFalse();
                    assertThat(found.blocks()).as(flipped + found.error()).isEqualTo(number);
                    assertThat(found.error())
                            .contains("file=" + file.getFileName() + " block=" + number + " ")
                            .doesNotContain("\n");
                });
            }
        }
        assertThat(verify().ok()).isTrue();
    }

    private static int lengthOf(int number) {
        return number == 0 ? 64 : 64 + 2 * RECORD_LENGTH;
    }

    private static void assertDamagedAt(JournalTailer tailer, int number) {
        tailer.seekToSequence(0);
        int sound = 0;
        try {
            while (tailer.next()) {
                sound++;
            }
            throw new AssertionError("the damage of block " + number + " was not seen");
        } catch (JournalException e) {
            assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
            assertThat(e.block()).isEqualTo(number);
            assertThat(sound).isEqualTo(number);
        }
    }

    /** Chronicle's own bytes, length words and the head of the file: all records come back intact, or there is an error; never a short read without one. */
    @Test
    void shouldNeverReadShortWhenAFileHasAFlippedBit() throws IOException {
        Path file = writeSmall();
        List<Integer> blocks = blockOffsets(file);
        Random random = new Random(7);
        List<Long> bits = new ArrayList<>();
        for (int block : blocks) {
            for (int bit = 0; bit < 32; bit++) {
                bits.add((block - 4L) * 8 + bit);
            }
        }
        for (int i = 0; i < 300; i++) {
            bits.add((long) random.nextInt(150 * 8));
        }
        List<String> shortReads = new ArrayList<>();
        for (long bit : bits) {
            whileFlipped(file, bit, () -> {
                JournalVerification found = verify();
                if (found.ok() && found.records() != 6) {
                    shortReads.add("bit " + bit + " " + found);
                }
            });
        }
        assertThat(shortReads).isEmpty();
    }

    /** A length in the metadata: Chronicle then shows the bytes that it cannot read, line by line. */
    @Test
    void shouldSayInOneLineThatTheMetadataIsDamaged() throws IOException {
        writeSmall();
        JournalContext settings = new JournalContext().directory(directory).recordLengthBytes(RECORD_LENGTH);
        whileFlipped(
                directory.resolve("journal/metadata.cq4t"),
                361,
                () -> assertThatThrownBy(() -> JournalAppender.open(settings))
                        .hasMessageContaining("metadata.cq4t")
                        .hasMessageNotContaining("\n"));
    }

    /** The oldest file then looks empty, and those before it let go. */
    @Test
    void shouldSeeAFirstLengthWordThatBecameZero() throws IOException {
        Path file = writeCycles(directory, 3).get(0);
        int first = blockOffsets(file).get(0) - Integer.BYTES;
        whileFlipped(file, first * 8L + 6, () -> {
            JournalVerification found = verify();
            assertThat(found.ok()).isFalse();
            assertThat(found.error()).contains("file=" + file.getFileName() + " block=0 ");
        });
        assertThat(verify().records()).isEqualTo(15);
    }

    @Test
    void shouldSeeAMissingMiddleFile() throws IOException {
        List<Path> files = writeCycles(directory, 4);
        Files.delete(files.get(1));
        assertThatThrownBy(() -> readAll(directory))
                .hasMessageContaining("file=" + files.get(2).getFileName() + " block=0 sequence=6")
                .hasMessageContaining("missing");
        JournalVerification found = verify();
        assertThat(found.lastSequence()).isEqualTo(5);
    }

    @Test
    void shouldSeeAMissingLastFile() throws IOException {
        List<Path> files = writeCycles(directory, 3);
        Files.delete(files.get(2));
        assertThatThrownBy(() -> readAll(directory))
                .hasMessageContaining("file=" + files.get(2).getFileName())
                .extracting("reason")
                .isEqualTo(Reason.CORRUPT);
    }

    @Test
    void shouldReadOnWhenTheOldestFilesWereRemoved() throws IOException {
        List<Path> files = writeCycles(directory, 3);
        Files.delete(files.get(0));
        assertThat(readAll(directory)).extracting(Block::first).containsExactly(6L, 6L, 8L, 11L, 11L, 13L);
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.firstAvailableSequence()).isEqualTo(6);
            assertThat(tailer.seekToSequence(3)).isFalse();
            assertThat(tailer.seekToSequence(9)).isTrue();
        }
    }

    @Test
    void shouldSeeSwappedFiles() throws IOException {
        List<Path> files = writeCycles(directory, 4);
        Path aside = directory.resolve("aside");
        Files.move(files.get(1), aside);
        Files.move(files.get(2), files.get(1));
        Files.move(aside, files.get(2));
        assertCorruptAt(files.get(1));
    }

    @Test
    void shouldSeeARepeatedFile() throws IOException {
        List<Path> files = writeCycles(directory, 4);
        Files.copy(files.get(1), files.get(2), StandardCopyOption.REPLACE_EXISTING);
        assertCorruptAt(files.get(2));
    }

    @Test
    void shouldSeeAForeignFile(@TempDir Path other) throws IOException {
        List<Path> files = writeCycles(directory, 4);
        List<Path> foreign = writeCycles(other, 4);
        Files.copy(foreign.get(2), files.get(2), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> readAll(directory)).hasMessageContaining("another journal");
        assertCorruptAt(files.get(2));
    }

    @Test
    void shouldSeeAFileOfAnotherRoll() throws IOException {
        List<Path> files = writeCycles(directory, 2);
        Path other = files.get(0).resolveSibling("20240808-00F.cq4");
        Files.copy(files.get(0), other);
        assertThatThrownBy(() -> readAll(directory)).hasMessageContaining("not one of this journal's");
    }

    @Test
    void shouldRefuseToAppendBehindADamagedBlock() throws IOException {
        Path file = writeSmall();
        JournalContext settings = new JournalContext().directory(directory).recordLengthBytes(RECORD_LENGTH);
        try (JournalAppender appender = JournalAppender.open(settings)) {
            assertThat(appender.force()).isEqualTo(6);
        }
        whileFlipped(
                file,
                blockOffsets(file).get(3) * 8L + 600,
                () -> assertThatThrownBy(() -> JournalAppender.open(settings))
                        .hasMessageContaining("block=3")
                        .extracting("reason")
                        .isEqualTo(Reason.CORRUPT));
        JournalAppender.open(settings).close();
    }

    @Test
    void shouldRemoveWhatAKillLeftAtARoll() throws IOException {
        List<Path> files = writeCycles(directory, 2);
        Path unfinished = files.get(1).resolveSibling("20240808-000007T.cq4");
        Files.write(unfinished, new byte[4_096]);
        assertThat(readAll(directory)).hasSize(6);
        ManualClock clock = new ManualClock();
        clock.timeMs += 7_000;
        long start = System.nanoTime();
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(directory).epochClock(clock))) {
            append(appender, 1, 9, false);
        }
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
        assertThat(readAll(directory)).hasSize(8);
    }

    private void assertCorruptAt(Path file) {
        assertThatThrownBy(() -> readAll(directory)).isInstanceOfSatisfying(JournalException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
            assertThat(e.file()).isEqualTo(file.getFileName().toString());
            assertThat(e.block()).isZero();
        });
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> blockOffsets(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(START_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(bytes, 0);
        }
        List<Integer> offsets = new ArrayList<>();
        for (int at = 0; at + 4 <= bytes.position(); at += 4) {
            if (bytes.getInt(at) == BlockDescriptor.MAGIC) {
                offsets.add(at);
            }
        }
        return offsets;
    }

    /** Turns one bit of the file over, runs, and turns it back. */
    private static void whileFlipped(Path file, long bit, Runnable action) throws IOException {
        flip(file, bit);
        try {
            action.run();
        } finally {
            flip(file, bit);
        }
    }

    private static void flip(Path file, long bit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, bit / 8);
            one.put(0, (byte) (one.get(0) ^ 1 << bit % 8)).rewind();
            channel.write(one, bit / 8);
        }
    }

    private JournalVerification verify() {
        return JournalVerifier.verify(directory, null, (f, c, p, o, l) -> {});
    }
}
