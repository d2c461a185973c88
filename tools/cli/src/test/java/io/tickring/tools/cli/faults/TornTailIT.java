package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalRoll;
import io.tickring.journal.JournalTailer;
import io.tickring.tools.cli.faults.JournalImage.Block;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tail of a journal is cut, at each byte or page, or a page of it is lost: what proves itself stays, and appending goes on. */
@ExtendWith(FaultTable.class)
class TornTailIT {
    private static final FaultRow ROW =
            FaultTable.row("04 torn tail", "what was not durable is sealed in a fresh file, and counted");
    private static final long OPENING_MS = 1_723_161_255_000L;
    private static final int RECORD = 64;
    private static final int DURABLE = 20;
    private static final int LARGE = 4_096;
    private static final int PAGE = 4_096;

    /** What the tail of the newest file becomes. */
    private record Damage(String what, long position, int length, boolean shortens) {}

    @TempDir
    Path folder;

    private Path sound;

    @BeforeEach
    void makeRoom() {
        sound = folder.resolve("sound");
    }

    @Test
    void shouldSealATailThatIsCutAnywhereInTheLastThreeBlocks() throws IOException {
        write(DURABLE + 3, 1);
        List<Block> blocks = JournalImage.blocks(sound);
        Block third = blocks.get(blocks.size() - 3);
        List<Damage> all = new ArrayList<>();
        long end = blocks.get(blocks.size() - 1).end();
        for (long cut = third.position(); cut < end; cut++) {
            all.add(new Damage("zeros from " + cut, cut, (int) (end - cut), false));
            all.add(new Damage("shortened to " + cut, cut, 0, true));
        }
        each(all, 80);
    }

    @Test
    void shouldSealATailThatIsCutAtAPageOrLacksOne() throws IOException {
        write(DURABLE, LARGE);
        List<Block> blocks = JournalImage.blocks(sound);
        Block large = blocks.get(blocks.size() - 1);
        List<Damage> all = new ArrayList<>();
        long first = (large.position() / PAGE + 1) * PAGE;
        for (long page = first; page < large.end(); page += PAGE) {
            all.add(new Damage("zeros from page " + page, page, (int) (large.end() - page), false));
            all.add(new Damage("shortened to page " + page, page, 0, true));
            all.add(new Damage("page " + page + " lost", page, PAGE, false));
        }
        each(all, 40);
    }

    /** Without a word of what is durable nothing may be cut: the journal is refused, and goes nowhere. */
    @Test
    void shouldSeeAnOpeningThatDoesNotSeal() throws IOException {
        write(DURABLE + 3, 1);
        List<Block> blocks = JournalImage.blocks(sound);
        long cut = blocks.get(blocks.size() - 2).position() + RECORD;
        Path copy = damaged(new Damage("zeros", cut, 3 * RECORD, false));
        Files.delete(copy.resolve("journal/durable"));
        ROW.control("sealing, for want of the durable mark", "damaged", () -> requireSealed(copy, true));
    }

    private void each(List<Damage> all, int some) {
        int count = FaultRow.count(1, all.size(), some);
        ROW.each(all.size(), some, (number, random) -> {
            // All of them, or as many as are asked for, spread over the whole range and over what is done at each
            // place.
            Damage damage = all.get((int) ((number + random.nextDouble()) * all.size() / count));
            Path copy = damaged(damage);
            boolean atEdge = JournalImage.blocks(sound).stream().anyMatch(block -> block.position() == damage.position);
            try {
                requireSealed(copy, !atEdge);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(damage.what + ": " + e, e);
            }
        });
    }

    /** @param tells whether something is torn, rather than missing as if it had never been. */
    private static void requireSealed(Path data, boolean tells) {
        long kept;
        try (JournalAppender appender = open(data)) {
            kept = appender.nextSequence() - 1;
            assertThat(kept).as("kept").isGreaterThanOrEqualTo(DURABLE);
            if (tells) {
                assertThat(appender.sealed()).contains("kept to sequence " + kept);
            }
            for (int i = 0; i < 3; i++) {
                append(appender, 1);
            }
        }
        long next = 1;
        try (JournalTailer tailer = JournalTailer.open(data)) {
            while (tailer.next()) {
                for (int i = 0; i < tailer.count(); i++, next++) {
                    assertThat(tailer.records().getLong(tailer.recordsOffset() + i * RECORD))
                            .isEqualTo(next);
                }
            }
        }
        assertThat(next - 1).as("replayed").isEqualTo(kept + 3);
    }

    private Path damaged(Damage damage) throws IOException {
        Path copy = folder.resolve("copy");
        SmallJournal.copy(sound, copy);
        List<Path> cycles = JournalImage.cycles(copy);
        Path newest = cycles.get(cycles.size() - 1);
        if (damage.shortens) {
            try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
                file.setLength(damage.position);
            }
        } else {
            JournalImage.zero(newest, damage.position, damage.length);
        }
        return copy;
    }

    /** Blocks of one record, {@link #DURABLE} of them durable, and a last one of {@code count}. */
    private void write(int blocks, int count) {
        try (JournalAppender appender = open(sound)) {
            for (int i = 1; i < blocks; i++) {
                append(appender, 1);
                if (i == DURABLE - 1 || i == DURABLE) {
                    appender.force();
                }
            }
            if (count > 1) {
                append(appender, 1);
                appender.force();
            }
            append(appender, count);
        }
    }

    private static void append(JournalAppender appender, int count) {
        UnsafeBuffer records = new UnsafeBuffer(ByteBuffer.allocateDirect(count * RECORD));
        long first = appender.nextSequence();
        records.setMemory(0, records.capacity(), (byte) 0xA5);
        for (int i = 0; i < count; i++) {
            records.putLong(i * RECORD, first + i);
        }
        appender.append(records, 0, first, count, first, false);
    }

    private static JournalAppender open(Path data) {
        return JournalAppender.open(
                new JournalContext().directory(data).roll(JournalRoll.SECONDLY).epochClock(() -> OPENING_MS));
    }
}
