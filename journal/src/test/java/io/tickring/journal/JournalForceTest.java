package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.JournalException.Reason;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalForceTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldMakeDurableWhatWasAppendedBeforeTheCall() {
        try (JournalAppender appender = open()) {
            assertThat(appender.force()).isZero();
            append(appender, 3, 1, false);
            assertThat(appender.durableSequence()).isZero();
            assertThat(appender.force()).isEqualTo(3);
            for (int cycle = 0; cycle < 3; cycle++) {
                append(appender, 2, 2 + cycle, false);
                clock.timeMs += 1_000;
            }
            assertThat(appender.durableSequence()).isEqualTo(3);
            assertThat(appender.force()).isEqualTo(9);
        }
        try (JournalAppender again = open()) {
            assertThat(again.durableSequence()).isEqualTo(9);
        }
    }

    @Test
    void shouldWriteIntoEachBlockWhatWasDurableBeforeIt() {
        try (JournalAppender appender = open()) {
            append(appender, 3, 1, false);
            appender.force();
            append(appender, 2, 2, false);
            append(appender, 1, 3, false);
            appender.force();
            append(appender, 4, 4, false);
        }
        List<Long> durable = new ArrayList<>();
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            while (tailer.next()) {
                durable.add(tailer.durableSequence());
            }
        }
        assertThat(durable).containsExactly(0L, 0L, 3L, 3L, 6L);
    }

    @Test
    void shouldTakeTheLastBlocksWordWhereTheMarkIsGone() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 3, 1, false);
            appender.force();
            append(appender, 2, 2, false);
            appender.force();
        }
        Files.delete(journal().resolve(DurableMark.FILE_NAME));
        try (JournalAppender again = open()) {
            assertThat(again.durableSequence()).isEqualTo(3);
            assertThat(again.force()).isEqualTo(5);
        }
    }

    @Test
    void shouldRefuseAJournalThatEndsBeforeWhatWasDurable() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 3, 1, false);
            clock.timeMs += 1_000;
            append(appender, 2, 2, false);
            appender.force();
        }
        List<Path> files = cycles();
        Files.delete(files.get(1));
        assertRefused("the journal ends at sequence 3, and up to 5 was durable");
        Files.delete(files.get(0));
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }

    @Test
    void shouldNeverForceAgainAfterAFailure() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 3, 1, false);
            appender.force();
            clock.timeMs += 1_000;
            append(appender, 2, 2, false);
            Path file = cycles().get(1);
            Path aside = directory.resolve("aside");
            Files.move(file, aside);
            assertFsync(appender);
            Files.move(aside, file);
            assertFsync(appender);
            assertThat(appender.durableSequence()).isEqualTo(3);
        }
    }

    /** An interrupt would close a channel that is forced, and hide how that ended: the force would be tried again. */
    @Test
    void shouldForceAFolderOnceWhateverInterruptsTheCaller() throws IOException {
        Thread.currentThread().interrupt();
        try {
            JournalForcer.force(directory);
            assertThat(Thread.currentThread().isInterrupted()).as("still told").isTrue();
            assertThatThrownBy(() -> JournalForcer.force(directory.resolve("gone")))
                    .isInstanceOf(NoSuchFileException.class);
            assertThat(Thread.currentThread().isInterrupted()).as("still told").isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    private static void assertFsync(JournalAppender appender) {
        assertThatThrownBy(appender::force).isInstanceOfSatisfying(JournalException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.FSYNC);
            assertThat(e).hasMessageContaining("durableSequence=3");
        });
    }

    private void assertRefused(String said) {
        assertThatThrownBy(this::open).isInstanceOfSatisfying(JournalException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
            assertThat(e).hasMessageContaining(said);
        });
    }

    private JournalAppender open() {
        return JournalAppender.open(
                new JournalContext().directory(directory).epochClock(clock).roll(JournalRoll.SECONDLY));
    }

    private Path journal() {
        return JournalFiles.folder(directory);
    }

    private List<Path> cycles() throws IOException {
        try (Stream<Path> files = Files.list(journal())) {
            return files.filter(file -> file.toString().endsWith(JournalRoll.SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
