package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.journal.TestRecords.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search finds, and what it looks at to find it. */
class BisectionTest {
    private static final int SPACING = 256;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 511, 512, 513, 5_000})
    void shouldFindEachPlace(long count) {
        for (long goal = 0; goal < count; goal++) {
            long last = goal;
            List<Long> named = new ArrayList<>();
            assertThat(Bisection.lastBefore(count, SPACING, number -> number <= last, named::add))
                    .isEqualTo(goal);
            assertThat(named).containsExactly(goal / SPACING * SPACING);
        }
    }

    @Test
    void shouldWalkOnlyBetweenTheTwoNamedBlocksNextToIt() {
        long count = 1_000_000;
        for (long goal = 0; goal < count; goal += 997) {
            long last = goal;
            List<Long> looked = new ArrayList<>();
            Bisection.lastBefore(
                    count,
                    SPACING,
                    number -> {
                        looked.add(number);
                        return number <= last;
                    },
                    named -> assertThat(looked).allMatch(number -> number % SPACING == 0));
            assertThat(looked)
                    .hasSizeLessThanOrEqualTo(12 + 8)
                    .allMatch(number -> number % SPACING == 0 || number / SPACING == last / SPACING);
        }
    }

    @Test
    void shouldReadFewBlocksOfALongFile(@TempDir Path folder) {
        int blocks = 20_000;
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(folder).epochClock(new ManualClock()))) {
            for (int i = 0; i < blocks; i++) {
                append(appender, 1, 10L * i, false);
            }
        }
        JournalFiles files = JournalFiles.scan(JournalFiles.folder(folder));
        assertThat(files.cycles()).hasSize(1);
        try (SingleChronicleQueue queue = ChronicleQueues.openForReading(JournalFiles.folder(folder), files.roll());
                BlockReader probe = new BlockReader(queue, files.roll(), null)) {
            assertThat(probe.indexSpacing()).isEqualTo(SPACING);
            BlockSeek seek = new BlockSeek(probe, files.cycles());
            long opening = probe.blocksRead();
            assertThat(opening).isLessThanOrEqualTo(2);
            for (int i = 1; i < blocks; i += 331) {
                long before = probe.blocksRead();
                assertThat(seek.toKey(10L * i - 5)).isTrue();
                assertThat(seek.number()).isEqualTo(i + seek.endNumber() + 1 - blocks);
                assertThat(probe.blocksRead() - before).isLessThanOrEqualTo(1 + 7 + 8);
            }
        }
    }
}
