package io.tickring.engine.journaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.EngineException;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.ThrowPolicy;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalException;
import io.tickring.journal.JournalTailer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals of a real engine, damaged in every way that it refuses, and what is kept of them. */
class JournalRepairTest {
    private static final int FILES = 4;
    private static final int BLOCKS = 40;
    private static final int PAGE = 4096;
    private static final int BAD = 666;

    @TempDir
    Path folder;

    private final AtomicLong epochMs = new AtomicLong(1_767_225_600_000L);
    private final TreeMap<Long, String> written = new TreeMap<>();
    private final List<Place> places = new ArrayList<>();

    /** Where a block lies. */
    private record Place(Path file, long position, int length, long first, int count) {}

    @BeforeEach
    void writeJournal() {
        publish(1, 0);
        try (JournalTailer tailer = CompactCodec.openTailer(folder)) {
            while (tailer.next()) {
                int length = tailer.blockLengthBytes();
                places.add(new Place(
                        journal().resolve(tailer.fileName()),
                        tailer.blockEndInFile() - length,
                        length,
                        tailer.firstSequence(),
                        tailer.count()));
            }
        }
        written.putAll(stream());
        assertThat(JournalSurvey.describe(folder, (sequence, last) -> {})
                        .otherRecords()
                        .skipped())
                .isEqualTo(FILES * BLOCKS);
        Path aside = folder.resolve("snapshots");
        try {
            Files.createDirectory(aside);
            Files.writeString(aside.resolve("s-1"), "one");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some ticks of up to ten symbols a block; the last symbols come late. */
    private long publish(long seed, int firstSymbol) {
        SplittableRandom random = new SplittableRandom(seed);
        Engine engine = Engine.launch(context());
        try {
            TickPublisher publisher = engine.newPublisher("p");
            for (int block = 0; block < FILES * BLOCKS; block++) {
                if (block > 0 && block % BLOCKS == 0) {
                    epochMs.addAndGet(1_000);
                }
                int id = publisher.define("S" + (firstSymbol + random.nextInt(1 + block / 8)));
                int count = random.nextInt(1, 12);
                publisher.awaitClaim(count + 1);
                publisher.claim().tick(count).quote(id, BAD, 1_000L * block, block, block, 3, 4);
                for (int i = 0; i < count; i++) {
                    long price = random.nextLong(1, 1_000_000);
                    if (random.nextBoolean()) {
                        publisher.claim().tick(i).quote(id, 5, 1_000L * block + i, price, price + 1, 3, 4);
                    } else {
                        publisher.claim().tick(i).trade(id, 5, 1_000L * block + i, price, 3, i, (byte) 1);
                    }
                }
                publisher.claim().commit();
                while (engine.ringDepth() > 0) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            engine.close();
        }
        return engine.summary().digest();
    }

    @Test
    void shouldLeaveASoundJournalAsItIs() throws IOException {
        Map<String, Long> before = Damage.checksums(folder);
        JournalRepair.Result result = JournalRepair.run(folder, true, (done, of) -> {});
        assertThat(result.damage()).isNull();
        assertThat(Damage.checksums(folder)).isEqualTo(before);
        assertThat(JournalRepair.run(folder, false, (done, of) -> {}).damage()).isNull();
        before.remove("LOCK");
        assertThat(Damage.checksums(folder)).containsAllEntriesOf(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 41, 60, 83, 120, 159, 163})
    void shouldKeepAllButTheBlockWithAFlippedBit(int number) throws IOException {
        Place place = places.get(number);
        Damage.flip(place.file(), place.position() + place.length() / 2);
        List<JournalGap> gaps = assertRecovered();
        if (place.count() > 0) {
            assertThat(gaps)
                    .containsExactly(
                            new JournalGap(place.first(), place.first() + place.count() - 1, GapCause.RECOVERED));
        } else {
            assertThat(gaps).isEmpty();
        }
        assertThat(names("journal")).contains(place.file().getFileName() + ".damaged");
        assertThat(names("snapshots")).contains("s-1.aside").doesNotContain("s-1");
        for (Place other : places) {
            if (other.file().compareTo(place.file()) < 0) {
                assertThat(names("journal")).doesNotContain(other.file().getFileName() + ".damaged");
            }
        }
    }

    @Test
    void shouldKeepWhatStandsBehindAZeroedPage() throws IOException {
        for (int number : new int[] {10, 90, 130}) {
            Place place = places.get(number);
            Damage.zero(place.file(), place.position() / PAGE * PAGE, PAGE);
        }
        assertThat(assertRecovered()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldKeepTheTicksOfAFileWithoutItsHead() throws IOException {
        Damage.zero(places.get(0).file(), 0, PAGE);
        Damage.zero(places.get(90).file(), 0, PAGE);
        assertRecovered();
    }

    @Test
    void shouldKeepTheTicksOfTheLastFileWithoutItsHead() throws IOException {
        Place last = places.get(places.size() - 1);
        long end = written.lastKey();
        Damage.zero(last.file(), 0, PAGE);
        for (JournalGap gap : assertRecovered()) {
            assertThat(gap.to()).isLessThan(end);
        }
    }

    @Test
    void shouldRecordWhatATruncatedFileLost() throws IOException {
        Place place = places.get(60);
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.WRITE)) {
            channel.truncate(place.position() + 7);
        }
        List<JournalGap> gaps = assertRecovered();
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).from()).isEqualTo(place.first());
    }

    @Test
    void shouldRecordAMissingFileInTheMiddle() throws IOException {
        Files.delete(places.get(60).file());
        assertThat(assertRecovered()).hasSize(1);
    }

    @Test
    void shouldRecordAMissingEndUpToWhatWasDurable() throws IOException {
        Files.delete(places.get(places.size() - 1).file());
        long end = written.lastKey();
        List<JournalGap> gaps = assertRecovered();
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).to()).isEqualTo(end);
    }

    @Test
    void shouldSetAsideFilesThatDoNotBelong() throws IOException {
        Files.writeString(journal().resolve("20260101F.cq4"), "not one of this journal's");
        Files.writeString(journal().resolve("notes.cq4"), "nor this");
        Files.write(journal().resolve("20250101-000000T.cq4"), new byte[100]);
        assertThat(assertRecovered()).isEmpty();
        assertThat(names("journal"))
                .contains("20260101F.cq4.damaged", "notes.cq4.damaged", "20250101-000000T.cq4.damaged")
                .doesNotContain("notes.cq4");
    }

    @Test
    void shouldWriteADamagedDurableMarkAnew() throws IOException {
        Path mark = journal().resolve("durable");
        Files.write(mark, new byte[] {1, 2, 3});
        assertThat(assertRecovered()).isEmpty();
        assertThat(names("journal")).contains("durable", "durable.damaged");
        assertThat(names("snapshots")).contains("s-1");
    }

    @Test
    void shouldMakeDamagedMetadataAnew() throws IOException {
        Path metadata = journal().resolve("metadata.cq4t");
        byte[] bytes = Files.readAllBytes(metadata);
        Arrays.fill(bytes, 0, 400, (byte) 0x55);
        Files.write(metadata, bytes);
        assertThat(assertRecovered()).isEmpty();
        assertThat(names("journal")).contains("metadata.cq4t", "metadata.cq4t.damaged");
    }

    @Test
    void shouldKeepTheRestOfManyDamages() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 12; i++) {
            Place place = places.get(random.nextInt(places.size()));
            Damage.flip(place.file(), place.position() + random.nextInt(place.length()));
        }
        Files.delete(places.get(130).file());
        Files.write(journal().resolve("durable"), new byte[] {1, 2, 3});
        Files.writeString(journal().resolve("notes.cq4"), "nor this");
        assertRecovered();
    }

    @Test
    void shouldRecoverAgainWhatIsDamagedAgain() throws IOException {
        Damage.flip(places.get(60).file(), places.get(60).position() + 70);
        assertRecovered();
        Damage.flip(places.get(20).file(), places.get(20).position() + 70);
        List<JournalGap> gaps = assertRecovered();
        assertThat(gaps).hasSize(2);
        assertThat(names("journal")).contains(places.get(60).file().getFileName() + ".damaged-2");
    }

    @Test
    void shouldGoOnWhereARecoveryWasCutShort() throws IOException {
        Damage.flip(places.get(20).file(), places.get(20).position() + 70);
        Path second = places.get(60).file();
        byte[] original = Files.readAllBytes(second);
        JournalRepair.run(folder, false, (done, of) -> {});
        // As if the second file had not been put in its place any more.
        Files.write(second, original);
        Files.createDirectory(journal().resolve("recovering"));
        Files.writeString(journal().resolve("recovering").resolve("half"), "half");
        List<JournalGap> gaps = assertRecovered();
        assertThat(gaps).hasSize(1);
        assertThat(names("journal")).doesNotContain("recovering");
    }

    @Test
    void shouldRefuseAFolderInUseAndOneWithoutAJournal(@TempDir Path empty) throws IOException {
        try (Engine engine = Engine.launch(context())) {
            assertThat(engine.firstSequence()).isPositive();
            for (boolean isDryRun : new boolean[] {true, false}) {
                assertThatThrownBy(() -> JournalRepair.run(folder, isDryRun, (done, of) -> {}))
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.LOCKED));
            }
        }
        assertThatThrownBy(() -> JournalRepair.run(empty, false, (done, of) -> {}))
                .isInstanceOf(JournalException.class);
        assertThat(empty).isEmptyDirectory();
        Files.write(Files.createDirectory(empty.resolve("journal")).resolve("20260101F.cq4"), new byte[5000]);
        assertThatThrownBy(() -> JournalRepair.run(empty, true, (done, of) -> {}))
                .hasMessageContaining("nothing of a journal to keep");
        assertThat(empty.resolve("LOCK")).doesNotExist();
    }

    /** Recovers, and proves what was kept: by the tick, by verify, by a restart and by what an engine then appends. */
    private List<JournalGap> assertRecovered() throws IOException {
        assertThatThrownBy(() -> Engine.launch(context())).isInstanceOf(EngineException.class);
        Map<String, Long> before = Damage.checksums(folder);
        JournalRepair.Result planned = JournalRepair.run(folder, true, (done, of) -> {});
        assertThat(Damage.checksums(folder)).isEqualTo(before);
        JournalRepair.Result result = JournalRepair.run(folder, false, (done, of) -> {});
        assertThat(result.damage()).isNotNull();
        assertThat(result.gaps()).isEqualTo(planned.gaps());
        assertThat(result.setAside()).containsAll(planned.setAside());
        assertThat(Damage.checksums(folder).values()).containsAll(valuable(before));
        assertThat(JournalRepair.run(folder, false, (done, of) -> {}).damage()).isNull();

        TreeMap<Long, String> kept = stream();
        assertThat(written).containsAllEntriesOf(kept);
        long sequences = kept.size()
                + result.gaps().stream().mapToLong(JournalGap::count).sum();
        assertThat(result.lastSequence() - result.firstSequence() + 1).isEqualTo(sequences);
        assertThat(result.records()).isEqualTo(kept.size());
        JournalCheck.Result check = check();
        assertThat(check.gaps()).isEqualTo(result.gaps());
        assertThat(check.lastSequence()).isEqualTo(result.lastSequence());
        try (Engine engine = Engine.launch(context())) {
            assertThat(engine.summary().digest()).isEqualTo(check.digest());
        }
        epochMs.addAndGet(10_000);
        long digest = publish(2, 5);
        JournalCheck.Result after = check();
        assertThat(after.checkpoints()).isGreaterThan(check.checkpoints() + 3);
        assertThat(after.digest()).isEqualTo(digest);
        assertThat(after.gaps()).isEqualTo(result.gaps());
        JournalDescription described = JournalSurvey.describe(folder, (sequence, last) -> {});
        assertThat(described.gaps()).isEqualTo(result.gaps().size());
        written.putAll(stream());
        return result.gaps();
    }

    private JournalCheck.Result check() {
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        return check;
    }

    /** The bytes of every record of the journal, by sequence. */
    private TreeMap<Long, String> stream() {
        TreeMap<Long, String> records = new TreeMap<>();
        try (JournalTailer tailer = CompactCodec.openTailer(folder)) {
            while (tailer.next()) {
                for (int i = 0; i < tailer.count(); i++) {
                    byte[] record = new byte[TickDescriptor.LENGTH];
                    tailer.records().getBytes(tailer.recordsOffset() + i * TickDescriptor.LENGTH, record);
                    records.put(tailer.firstSequence() + i, Arrays.toString(record));
                }
            }
        }
        return records;
    }

    /** Checksums of what may not be lost: the files of cycles, under whatever name. */
    private static List<Long> valuable(Map<String, Long> files) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().contains(".cq4") && !file.getKey().contains("metadata")
                        || file.getKey().startsWith("snapshots"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private List<String> names(String of) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(of))) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    private EngineContext context() {
        return new EngineContext()
                .snapshotInterval(0)
                .dataDirectory(folder)
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.YIELD)
                .ringCapacity(64)
                .instruments(64)
                .checkpointInterval(64)
                .roll(RollInterval.SECONDLY)
                .epochClock(epochMs::get)
                .onThrow(ThrowPolicy.SKIP)
                .handler("bad", JournalRepairTest::throwIfBad);
    }

    private static void throwIfBad(DirectBuffer records, int offset, long firstSequence, int count) {
        Tick tick = new Tick().wrap(records, offset);
        if (tick.isTick() && tick.exchangeTimeNs() == BAD) {
            throw new IllegalStateException("bad");
        }
    }
}
