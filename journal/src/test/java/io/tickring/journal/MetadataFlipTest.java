package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chronicle's list of files with one bit flipped: all is read, or the journal is refused, by an appender and by a reader behind it. */
class MetadataFlipTest {
    private static final int CYCLES = 3;
    private static final int VALUE_LENGTH = 16;
    /** Each bit of what says that a value follows, and some of the value's. */
    private static final int STEP = 7;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldHideNoFile() throws IOException {
        Path sound = folder.resolve("sound");
        long last = write(sound);
        byte[] metadata = Files.readAllBytes(sound.resolve("journal").resolve(JournalFiles.METADATA));
        List<String> shortReads = new ArrayList<>();
        int refused = 0;
        for (String name : List.of("listing.highestCycle", "listing.lowestCycle", "listing.modCount")) {
            int at = new String(metadata, StandardCharsets.ISO_8859_1).indexOf(name);
            assertThat(at).as(name).isPositive();
            int first = (at + name.length()) * Byte.SIZE;
            for (int bit = first; bit < first + VALUE_LENGTH * Byte.SIZE; bit += bit < first + Short.SIZE ? 1 : STEP) {
                Path copy = copy(sound, metadata, bit);
                long read = read(copy);
                refused += read < 0 ? 1 : 0;
                if (read >= 0 && read != last) {
                    shortReads.add(name + " bit " + (bit - first) + ": " + read + " of " + last);
                }
                JournalFiles.delete(copy.resolve("journal"));
            }
        }
        assertThat(shortReads).isEmpty();
        assertThat(refused).isPositive();
    }

    private long write(Path directory) {
        try (JournalAppender appender = open(directory)) {
            for (int i = 0; i < CYCLES; i++) {
                append(appender, 2, i, false);
                append(appender, 3, i, false);
                clock.timeMs += 1_000;
            }
            appender.force();
            return appender.nextSequence() - 1;
        }
    }

    /** How many records are there; -1 when the journal is refused. */
    private long read(Path directory) {
        try {
            open(directory).close();
            try (JournalTailer tailer = JournalTailer.open(directory)) {
                long records = 0;
                while (tailer.next()) {
                    records += tailer.count();
                }
                return records;
            }
        } catch (JournalException e) {
            return -1;
        }
    }

    private JournalAppender open(Path directory) {
        return JournalAppender.open(
                new JournalContext().directory(directory).epochClock(clock).roll(JournalRoll.SECONDLY));
    }

    private Path copy(Path sound, byte[] metadata, int bit) throws IOException {
        Path copy = folder.resolve("copy-" + bit);
        Files.createDirectories(copy.resolve("journal"));
        try (Stream<Path> files = Files.list(sound.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve("journal").resolve(file.getFileName()));
            }
        }
        byte[] flipped = metadata.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(copy.resolve("journal").resolve(JournalFiles.METADATA), flipped);
        return copy;
    }
}
