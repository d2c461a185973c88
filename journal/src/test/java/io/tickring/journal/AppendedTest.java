package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.checkRecords;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.journal.TestRecords.ManualClock;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tailer that goes on behind its end sees what is appended at once, over files and starts of appenders. */
class AppendedTest {
    private static final int STEPS = 400;

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void shouldSeeEachBlockAsSoonAsItIsAppended() {
        JournalAppender appender = open();
        append(appender, 1, 1, false);
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            long read = readToEnd(tailer, 1);
            for (int step = 0; step < STEPS; step++) {
                assertThat(tailer.nextAppended()).isFalse();
                if (random.nextInt(8) == 0) {
                    clock.timeMs += 1_000L * (1 + random.nextInt(3));
                }
                if (random.nextInt(16) == 0) {
                    appender.close();
                    appender = open();
                }
                for (int blocks = random.nextInt(4); blocks > 0; blocks--) {
                    append(appender, 1 + random.nextInt(300), step + 2, random.nextInt(5) == 0);
                }
                read = readToEnd(tailer, read);
                assertThat(read).isEqualTo(appender.nextSequence());
            }
        } finally {
            appender.close();
        }
    }

    @Test
    void shouldSeeNothingInAJournalThatHadNoBlockWhenItWasOpened() {
        try (JournalAppender appender = open();
                JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.seekToSequence(9)).isFalse();
            append(appender, 20, 1, false);
            assertThat(tailer.nextAppended()).isFalse();
        }
    }

    /** Answers the sequence behind the last record. */
    private static long readToEnd(JournalTailer tailer, long from) {
        long next = from;
        while (tailer.nextAppended()) {
            if (tailer.count() > 0) {
                assertThat(tailer.firstSequence()).isEqualTo(next);
                checkRecords(next, tailer.count(), tailer.records(), tailer.recordsOffset());
                next += tailer.count();
            }
        }
        return next;
    }

    private JournalAppender open() {
        return JournalAppender.open(new JournalContext()
                .directory(directory)
                .roll(JournalRoll.SECONDLY)
                .epochClock(clock));
    }
}
