package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may open a journal, what a dead owner leaves, and what a refusal leaves behind: nothing. */
class JournalOwnerTest {
    private static final long SEED = 42;

    @TempDir
    Path directory;

    private JournalContext context() {
        return new JournalContext().directory(directory);
    }

    @Test
    void shouldRefuseAFolderThatAnotherProcessHolds() throws IOException {
        JournalAppender.open(context().roll(JournalRoll.SECONDLY)).close();
        try (ChildProcess child = ChildProcess.start(directory, 0)) {
            assertThat(child.line()).isEqualTo("open");
            long start = System.nanoTime();
            assertThatThrownBy(() -> JournalAppender.open(context()))
                    .hasMessageContaining("directory=" + directory.toRealPath())
                    .hasMessageContaining("pid=" + child.pid() + " host=")
                    .extracting("reason")
                    .isEqualTo(Reason.LOCKED);
            assertThatThrownBy(() -> DirectoryLock.acquire(directory)).hasMessageContaining("pid=" + child.pid());
            assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
            assertThat(readAll(directory)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseAFolderThatThisProcessHoldsAndKeepItsLock() throws IOException {
        try (JournalAppender appender = JournalAppender.open(context())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> JournalAppender.open(context()))
                        .hasMessageContaining("pid=" + ProcessHandle.current().pid());
            }
            append(appender, 1, 1, false);
            try (ChildProcess child = ChildProcess.start(directory, 0)) {
                assertThat(child.line()).isNull();
            }
        }
        DirectoryLock lock = DirectoryLock.acquire(directory);
        lock.close();
        lock.close();
        JournalAppender.open(context()).close();
    }

    @Test
    void shouldReadBackAllThatWasAcknowledgedBeforeEachKill() throws Exception {
        Random random = new Random(SEED);
        for (int round = 1; round <= 3; round++) {
            long acknowledged;
            try (ChildProcess child = ChildProcess.start(directory, Integer.MAX_VALUE)) {
                assertThat(child.line()).isEqualTo("open");
                for (int i = random.nextInt(20_000); i >= 0; i--) {
                    assertThat(child.line()).endsWith(".");
                }
                acknowledged = child.kill();
            }
            long start = System.nanoTime();
            JournalVerification found = JournalVerifier.verify(
                    directory,
                    null,
                    (first, count, payload, offset, length) -> TestRecords.checkRecords(first, count, payload, offset));
            assertThat(found.error()).isNull();
            assertThat(found.lastSequence())
                    .isGreaterThanOrEqualTo(acknowledged)
                    .isPositive();
            assertThat(found.records()).isEqualTo(found.lastSequence());
            try (JournalAppender appender = JournalAppender.open(context())) {
                assertThat(appender.nextSequence()).isEqualTo(found.lastSequence() + 1);
                assertThat(appender.incarnation()).isEqualTo(round + 1);
            }
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
        }
    }

    @Test
    void shouldVerifyWhileAnotherProcessAppends() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, Integer.MAX_VALUE)) {
            assertThat(child.line()).isEqualTo("open");
            for (int round = 0; round < 8; round++) {
                String acknowledged = "0.";
                for (int i = 0; i < 500; i++) {
                    acknowledged = child.line();
                }
                JournalVerification found = JournalVerifier.verify(
                        directory,
                        null,
                        (first, count, payload, offset, length) ->
                                TestRecords.checkRecords(first, count, payload, offset));
                assertThat(found.error()).isNull();
                assertThat(found.lastSequence())
                        .isGreaterThanOrEqualTo(Long.parseLong(acknowledged.substring(0, acknowledged.length() - 1)));
            }
        }
    }

    /** 4,000,000 lies above every pid of this machine's kernel in its default setting; the other is alive: our own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotWaitForALockThatChronicleLeft(boolean own) throws IOException {
        JournalAppender.open(context()).close();
        long pid = own ? ProcessHandle.current().pid() : 4_000_000;
        lockAsIfBy(pid, "chronicle.write.lock");
        lockAsIfBy(pid, "chronicle.append.lock");
        long start = System.nanoTime();
        try (JournalAppender appender = JournalAppender.open(context())) {
            append(appender, 1, 1, false);
        }
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
        assertThat(readAll(directory)).hasSize(2);
    }

    private void lockAsIfBy(long pid, String name) {
        try (TableStore<Metadata.NoMeta> table = SingleTableBuilder.binary(
                        directory.resolve("journal/metadata.cq4t").toFile(), Metadata.NoMeta.INSTANCE)
                .build()) {
            LongValue lock = table.doWithExclusiveLock(t -> t.acquireValueFor(name));
            lock.setVolatileValue(pid);
            net.openhft.chronicle.core.io.Closeable.closeQuietly(lock);
        }
    }

    @Test
    void shouldRebuildMetadataThatAKillLeftUnfinished() throws IOException {
        try (JournalAppender appender = JournalAppender.open(context())) {
            append(appender, 1, 1, false);
        }
        Files.write(directory.resolve("journal/metadata.cq4t"), new byte[131_072]);
        try (JournalAppender appender = JournalAppender.open(context())) {
            append(appender, 1, 1, false);
        }
        assertThat(readAll(directory)).hasSize(3);
    }

    @Test
    void shouldCreateNothingWhereThereIsNoJournal() throws IOException {
        Path missing = directory.resolve("missing");
        for (Path path : List.of(directory, missing)) {
            assertThatThrownBy(() -> JournalTailer.open(path))
                    .extracting("reason")
                    .isEqualTo(Reason.NO_JOURNAL);
            assertThatThrownBy(() -> JournalVerifier.verify(path, null, (f, c, p, o, l) -> {}))
                    .hasMessageContaining("directory=" + path);
        }
        Files.createDirectory(directory.resolve("journal"));
        assertThatThrownBy(() -> JournalTailer.open(directory))
                .extracting("reason")
                .isEqualTo(Reason.NO_JOURNAL);
        assertThat(tree()).containsExactly("", "journal");
    }

    @Test
    void shouldLeaveNothingWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        long start = System.nanoTime();
        for (Path path : List.of(file, file.resolve("below"), Path.of("/proc/tickring/data"))) {
            assertThatThrownBy(() -> JournalAppender.open(new JournalContext().directory(path)))
                    .hasMessageContaining("directory=" + path)
                    .hasMessageNotContaining("\n")
                    .extracting("reason")
                    .isEqualTo(Reason.UNWRITABLE);
        }
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        assertThat(tree()).containsExactly("", "file");
    }

    @Test
    void shouldLeaveNothingWhenTheJournalsFolderIsAFile() throws IOException {
        Files.createFile(directory.resolve("journal"));
        assertThatThrownBy(() -> JournalAppender.open(context()))
                .extracting("reason")
                .isEqualTo(Reason.UNWRITABLE);
        assertThat(tree()).containsExactly("", "journal");
    }

    @Test
    void shouldRefuseAnotherRollOrRecordLength() {
        JournalAppender.open(context().roll(JournalRoll.MINUTELY)).close();
        assertThatThrownBy(() -> JournalAppender.open(context().roll(JournalRoll.HOURLY)))
                .hasMessageContaining("roll=MINUTELY asked=HOURLY")
                .extracting("reason")
                .isEqualTo(Reason.ROLL_MISMATCH);
        assertThatThrownBy(() -> JournalAppender.open(context().recordLengthBytes(32)))
                .hasMessageContaining("recordLengthBytes=64 asked=32");
        JournalAppender.open(context().roll(JournalRoll.MINUTELY)).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOURLY", "DAILY", "MINUTELY", "SECONDLY"})
    void shouldTellTheRollFromTheFiles(JournalRoll roll) {
        TestRecords.ManualClock clock = new TestRecords.ManualClock();
        clock.timeMs += 3_600_000L * 13 + 60_000 * 14 + 1_000 * 15;
        try (JournalAppender appender =
                JournalAppender.open(context().epochClock(clock).roll(roll))) {
            append(appender, 1, 1, false);
        }
        try (JournalAppender appender = JournalAppender.open(context().epochClock(clock))) {
            assertThat(appender.roll()).isEqualTo(roll);
            append(appender, 1, 1, false);
        }
        assertThat(readAll(directory)).hasSize(3);
    }

    @Test
    void shouldRefuseWrongSettings() {
        assertThatThrownBy(() -> new JournalContext().conclude()).hasMessageContaining("directory=null");
        assertThatThrownBy(() -> context().recordLengthBytes(0).conclude()).hasMessageContaining("recordLengthBytes=0");
        assertThatThrownBy(() -> context().firstSequence(0).conclude()).hasMessageContaining("firstSequence=0");
        JournalContext concluded = context().conclude().conclude();
        assertThatThrownBy(() -> concluded.firstSequence(2)).isInstanceOf(IllegalStateException.class);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
