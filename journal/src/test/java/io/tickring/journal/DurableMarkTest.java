package io.tickring.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableMarkTest {
    private static final long ID = 0x1234_5678_9ABC_DEF0L;
    private static final int SLOT_LENGTH = 64;
    private static final int SECOND_SLOT = 4096;

    @TempDir
    Path folder;

    @Test
    void shouldKeepTheNewestSequenceOverReopening() throws IOException {
        assertThat(read(ID)).isZero();
        for (long sequence = 1; sequence <= 5; sequence++) {
            try (DurableMark mark = DurableMark.open(folder, ID)) {
                assertThat(mark.sequence()).isEqualTo((sequence - 1) * 10);
                mark.write(sequence * 10);
                assertThat(mark.sequence()).isEqualTo(sequence * 10);
            }
            assertThat(read(ID)).isEqualTo(sequence * 10);
        }
    }

    @Test
    void shouldFallBackToTheOtherSlotWhateverBitOfOneIsFlipped() throws IOException {
        byte[] sound = written(10, 20);
        for (int bit = 0; bit < SLOT_LENGTH * Byte.SIZE; bit++) {
            assertThat(readWithFlip(sound, SECOND_SLOT, bit)).as("bit %d", bit).isEqualTo(20);
            assertThat(readWithFlip(sound, 0, bit)).as("bit %d", bit).isEqualTo(10);
        }
    }

    @Test
    void shouldRefuseAMarkOfWhichNeitherSlotProvesItself() throws IOException {
        byte[] sound = written(10, 20);
        sound[5] ^= 1;
        sound[SECOND_SLOT + 30] ^= 1;
        Files.write(folder.resolve(DurableMark.FILE_NAME), sound);
        assertCorrupt(ID);
    }

    @Test
    void shouldRefuseTheMarkOfAnotherJournal() throws IOException {
        written(10, 20);
        assertCorrupt(ID + 1);
    }

    @Test
    void shouldKnowNothingFromAFileThatWasMadeAndNeverWritten() throws IOException {
        Files.createFile(folder.resolve(DurableMark.FILE_NAME));
        assertThat(read(ID)).isZero();
        Files.write(folder.resolve(DurableMark.FILE_NAME), new byte[2 * SECOND_SLOT]);
        assertThat(read(ID)).isZero();
    }

    @Test
    void shouldTakeAFirstSlotThatWasCutForDamage() throws IOException {
        byte[] sound = written(10);
        // The first generation lies in the second slot; the file ends within it.
        Files.write(folder.resolve(DurableMark.FILE_NAME), Arrays.copyOf(sound, SECOND_SLOT + 20));
        assertCorrupt(ID);
    }

    /** So that a disk that fills up after the start has room for each mark. */
    @Test
    void shouldHaveTheBlocksOfBothSlotsBeforeTheFirstMark() throws Exception {
        Path file = folder.resolve(DurableMark.FILE_NAME);
        try (DurableMark mark = DurableMark.open(folder, ID)) {
            assertThat(DurableMark.readAny(folder)).isNull();
            assertThat(allocatedBytes(file)).isGreaterThanOrEqualTo(2 * SECOND_SLOT);
            mark.write(10);
        }
        assertThat(read(ID)).isEqualTo(10);
    }

    /** As an earlier version left it: the other slot is a hole. */
    @Test
    void shouldGiveBlocksToTheSlotThatIsStillAHole() throws Exception {
        byte[] sound = Arrays.copyOf(written(10), SECOND_SLOT + SLOT_LENGTH);
        Path file = folder.resolve(DurableMark.FILE_NAME);
        Files.delete(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(SECOND_SLOT);
            bytes.write(sound, SECOND_SLOT, SLOT_LENGTH);
        }
        assertThat(read(ID)).isEqualTo(10);
        assertThat(allocatedBytes(file)).isGreaterThanOrEqualTo(2 * SECOND_SLOT);
    }

    private static long allocatedBytes(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), US_ASCII).trim();
        assumeThat(stat.waitFor()).as("a stat that counts blocks").isZero();
        return Long.parseLong(blocks) * 512;
    }

    private void assertCorrupt(long journalId) {
        assertThatThrownBy(() -> read(journalId))
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
        assertThatThrownBy(() -> DurableMark.open(folder, journalId).close()).isInstanceOf(JournalException.class);
    }

    private long read(long journalId) throws IOException {
        try (DurableMark mark = DurableMark.open(folder, journalId)) {
            return mark.sequence();
        }
    }

    private byte[] written(long... sequences) throws IOException {
        Files.deleteIfExists(folder.resolve(DurableMark.FILE_NAME));
        try (DurableMark mark = DurableMark.open(folder, ID)) {
            for (long sequence : sequences) {
                mark.write(sequence);
            }
        }
        return Files.readAllBytes(folder.resolve(DurableMark.FILE_NAME));
    }

    private long readWithFlip(byte[] sound, int slot, int bit) throws IOException {
        byte[] flipped = sound.clone();
        flipped[slot + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(folder.resolve(DurableMark.FILE_NAME), flipped);
        return read(ID);
    }
}
