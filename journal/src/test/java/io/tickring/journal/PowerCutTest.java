package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.DiskPages.Content;
import io.tickring.journal.JournalException.Reason;
import io.tickring.journal.TestRecords.Block;
import io.tickring.journal.TestRecords.ListDictionary;
import io.tickring.journal.TestRecords.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever pages of the files a power cut leaves of those that were not forced, the next start goes on, with all that was durable. */
class PowerCutTest {
    private static final String METADATA = JournalFiles.METADATA;
    private static final String MARK = DurableMark.FILE_NAME;
    private static final int MARK_LENGTH = DiskPages.PAGE + 64;
    private static final int MOST_FAULTS = 20;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final List<String> faults = new ArrayList<>();
    private int cuts;

    @Test
    void shouldBeginAnewWhateverIsLeftOfAJournalThatWasBeingMade() throws IOException {
        Map<String, Content> made;
        try (JournalAppender appender = open()) {
            assertThat(appender.isNew()).isTrue();
            made = DiskPages.of(journal());
        }
        List<Content> marks = Arrays.asList(null, Content.EMPTY, new Content(MARK_LENGTH, Map.of()));
        for (Content cycle : made.get(cycleName(made)).leftovers(null)) {
            for (Content metadata : made.get(METADATA).leftovers(null)) {
                Map<String, Content> left = new TreeMap<>();
                left.put(cycleName(made), cycle);
                left.put(METADATA, metadata);
                left.put(MARK, marks.get(cuts % marks.size()));
                startAfter(left, 0, 0);
            }
        }
        assertNoFaults();
    }

    @Test
    void shouldGoOnWhateverIsLeftBehindTheBeginningOfAJournal() throws IOException {
        try (JournalAppender appender = open()) {
            Map<String, Content> forced = DiskPages.of(journal());
            append(appender, 2, 1, false);
            append(appender, 100, 2, false);
            append(appender, 2, 3, false);
            cut(forced, DiskPages.of(journal()), 0, 104);
        }
        assertNoFaults();
    }

    @Test
    void shouldGoOnWhateverIsLeftOfARoll() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 2, 1, false);
            appender.force();
            Map<String, Content> forced = DiskPages.of(journal());
            clock.timeMs += 1_000;
            append(appender, 3, 2, false);
            cut(forced, DiskPages.of(journal()), 2, 5);
        }
        assertNoFaults();
    }

    @Test
    void shouldGoOnWhateverIsLeftOfARollBehindATornTail() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 2, 1, false);
            appender.force();
            Map<String, Content> forced = DiskPages.of(journal());
            append(appender, 100, 1, false);
            clock.timeMs += 1_000;
            append(appender, 3, 2, false);
            cut(forced, DiskPages.of(journal()), 2, 105);
        }
        assertNoFaults();
    }

    @Test
    void shouldBeginAnewWhereNothingIsDurableAndNoRecordIsLeft() throws IOException {
        open().close();
        assertThat(DurableMark.readAny(journal())[1]).isZero();
        zeroHead();
        try (JournalAppender appender = open()) {
            assertThat(appender.isNew()).isTrue();
            append(appender, 3, 1, false);
        }
        assertThat(readAll(directory)).hasSize(2);
    }

    /** The dictionary may have had more parts. */
    @Test
    void shouldBeginAnewWhereTheFirstMarkWasNotYetWritten() throws IOException {
        ListDictionary dictionary = new ListDictionary();
        dictionary.add(1);
        JournalAppender.open(context().firstSequence(100).dictionary(dictionary))
                .close();
        Files.delete(journal().resolve(MARK));
        dictionary.add(2);
        try (JournalAppender appender =
                JournalAppender.open(context().firstSequence(100).dictionary(dictionary))) {
            assertThat(appender.isNew()).isTrue();
            assertThat(appender.durableSequence()).isEqualTo(99);
        }
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            assertThat(tailer.next()).isTrue();
            assertThat(tailer.recordsLength()).isEqualTo(2 * TestRecords.LENGTH);
            assertThat(tailer.next()).isFalse();
        }
    }

    @Test
    void shouldRefuseAHeadThatIsLostWhereARecordIsLeft() throws IOException {
        try (JournalAppender appender = open()) {
            append(appender, 3, 1, false);
        }
        Map<String, Content> damaged = zeroHead();
        assertRefused(damaged);
    }

    @Test
    void shouldRefuseAHeadThatIsLostWhereAnythingIsDurable() throws IOException {
        JournalAppender.open(context().firstSequence(100)).close();
        assertThat(DurableMark.readAny(journal())[1]).isEqualTo(99);
        Map<String, Content> damaged = zeroHead();
        assertRefused(damaged);
    }

    @Test
    void shouldRefuseAnEarlierFileWithoutAHeadAndLeaveAllAsItIs() throws IOException {
        try (JournalAppender appender = open()) {
            for (int i = 0; i < 3; i++) {
                append(appender, 3, i, false);
                clock.timeMs += 1_000;
            }
            appender.force();
        }
        assertRefused(zeroHead());
    }

    /** Clears the first page of the oldest file; answers what is there then. */
    private Map<String, Content> zeroHead() throws IOException {
        Map<String, Content> files = DiskPages.of(journal());
        Content oldest = files.get(cycleName(files));
        files.put(
                cycleName(files),
                oldest.partOf(oldest.zeros(), List.copyOf(oldest.pages().keySet()), ~1));
        DiskPages.restore(journal(), files);
        return files;
    }

    private void assertRefused(Map<String, Content> files) throws IOException {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
        Map<String, Content> now = DiskPages.of(journal());
        assertThat(now.keySet()).isEqualTo(files.keySet());
        now.forEach((name, content) ->
                assertThat(content.changedSince(files.get(name))).as(name).isEmpty());
    }

    private void cut(Map<String, Content> forced, Map<String, Content> newest, long durable, long last)
            throws IOException {
        List<Map<String, Content>> all = List.of(Map.of());
        for (Map.Entry<String, Content> file : newest.entrySet()) {
            List<Map<String, Content>> more = new ArrayList<>();
            for (Content left : file.getValue().leftovers(forced.get(file.getKey()))) {
                for (Map<String, Content> some : all) {
                    Map<String, Content> one = new TreeMap<>(some);
                    one.put(file.getKey(), left);
                    more.add(one);
                }
            }
            all = more;
        }
        for (Map<String, Content> left : all) {
            startAfter(left, durable, last);
        }
    }

    private void startAfter(Map<String, Content> left, long durable, long last) throws IOException {
        cuts++;
        Path folder = Path.of(directory + "-" + cuts);
        try {
            Files.createDirectory(folder);
            DiskPages.restore(JournalFiles.folder(folder), left);
            long kept;
            try (JournalAppender appender = JournalAppender.open(context().directory(folder))) {
                kept = appender.nextSequence() - 1;
                assertThat(kept).isBetween(durable, last);
                append(appender, 3, 1_000, false);
                appender.force();
            }
            List<Block> blocks = readAll(folder);
            assertThat(blocks.stream().mapToLong(Block::count).sum()).isEqualTo(kept + 3);
        } catch (Throwable e) {
            faults.add(e + " <- " + text(left));
        } finally {
            JournalFiles.delete(JournalFiles.folder(folder));
            JournalFiles.delete(folder);
        }
    }

    private static String text(Map<String, Content> left) {
        StringBuilder text = new StringBuilder();
        left.forEach((name, content) -> text.append(name)
                .append('=')
                .append(
                        content == null
                                ? "absent"
                                : content.length() + content.pages().keySet().toString())
                .append(' '));
        return text.toString();
    }

    private void assertNoFaults() {
        assertThat(faults.stream().limit(MOST_FAULTS)).as("of %d cuts", cuts).isEmpty();
    }

    private static String cycleName(Map<String, Content> files) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(JournalRoll.SUFFIX))
                .findFirst()
                .orElseThrow();
    }

    private JournalAppender open() {
        return JournalAppender.open(context());
    }

    private JournalContext context() {
        return new JournalContext().directory(directory).epochClock(clock).roll(JournalRoll.SECONDLY);
    }

    private Path journal() {
        return JournalFiles.folder(directory);
    }
}
