package io.tickring.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.snapshot.Snapshot.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {
    private static final long JOURNAL = 0x1234_5678_9ABC_DEF0L;

    @TempDir
    private Path data;

    private final List<String> refusals = new ArrayList<>();
    private SnapshotFolder folder;

    @BeforeEach
    void open() {
        folder = SnapshotFolder.of(data);
    }

    @Test
    void shouldReadWhatWasStored() throws IOException {
        folder.store(snapshot(7));
        Snapshot read = newest(7);
        assertThat(List.of(read.journalId(), read.sequence(), read.digest(), read.timeMs()))
                .containsExactly(JOURNAL, 7L, 70L, 700L);
        assertThat(read.sections())
                .extracting(section -> bytes(section).toString() + section.type() + "v" + section.version())
                .containsExactly("[1, 2, 3, 4, 5, 6, 7, 8]1v2", "[]2v1");
        assertThat(refusals).isEmpty();
    }

    @Test
    void shouldKeepTheNewestThree() throws IOException {
        for (long sequence = 8; sequence <= 12; sequence++) {
            folder.store(snapshot(sequence));
        }
        assertThat(names())
                .containsExactly(
                        "00000000000000000010.snapshot",
                        "00000000000000000011.snapshot",
                        "00000000000000000012.snapshot");
    }

    @Test
    void shouldFindNoneWhereThereIsNone() throws IOException {
        assertThat(newest(100)).isNull();
        assertThat(Files.exists(data.resolve(SnapshotFolder.NAME))).isFalse();
    }

    @Test
    void shouldPassOverTheOnesThatDoNotFit() throws IOException {
        folder.store(snapshot(3));
        folder.store(new Snapshot(JOURNAL + 1, 4, 0, 0, List.of()));
        folder.store(snapshot(5));
        folder.store(snapshot(9));
        Snapshot found = folder.newest(
                JOURNAL, 8, snapshot -> snapshot.sequence() == 5 ? "it is of no use" : null, refusals::add);
        assertThat(found).isNull();
        assertThat(refusals)
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).contains("9.snapshot", "it lies behind sequence 8"),
                        line -> assertThat(line).contains("5.snapshot", "it is of no use"),
                        line -> assertThat(line).contains("4.snapshot", "it is another journal's"));
    }

    /** Nothing of a snapshot is without a checksum, so no changed bit goes by. */
    @Test
    void shouldRefuseAFileWithAnyBitChanged() throws IOException {
        folder.store(snapshot(5));
        folder.store(snapshot(6));
        Path newest = data.resolve(SnapshotFolder.NAME).resolve("00000000000000000006.snapshot");
        byte[] sound = Files.readAllBytes(newest);
        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(newest, flipped);
            assertThat(newest(100).sequence()).as("bit %d", bit).isEqualTo(5);
        }
        assertThat(refusals).hasSize(8 * sound.length).allMatch(line -> line.contains("6.snapshot cause="));
    }

    @Test
    void shouldRefuseAFileOfAnyOtherLength() throws IOException {
        folder.store(snapshot(5));
        folder.store(snapshot(6));
        Path newest = data.resolve(SnapshotFolder.NAME).resolve("00000000000000000006.snapshot");
        byte[] sound = Files.readAllBytes(newest);
        for (int length = 0; length <= sound.length + 1; length++) {
            Files.write(newest, Arrays.copyOf(sound, length));
            assertThat(newest(100).sequence()).as("length %d", length).isEqualTo(length == sound.length ? 6 : 5);
        }
    }

    @Test
    void shouldNotMindWhatAKillLeftUnfinished() throws IOException {
        folder.store(snapshot(5));
        Path unfinished = data.resolve(SnapshotFolder.NAME).resolve("00000000000000000006.snapshot.new");
        Files.write(unfinished, new byte[100]);
        assertThat(newest(100).sequence()).isEqualTo(5);
        folder.store(snapshot(6));
        assertThat(newest(100).sequence()).isEqualTo(6);
        assertThat(unfinished).doesNotExist();
    }

    private Snapshot newest(long lastSequence) throws IOException {
        return folder.newest(JOURNAL, lastSequence, snapshot -> null, refusals::add);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve(SnapshotFolder.NAME))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Snapshot snapshot(long sequence) {
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        return new Snapshot(
                JOURNAL,
                sequence,
                10 * sequence,
                100 * sequence,
                List.of(new Section(1, 2, bytes, 8), new Section(2, 1, new UnsafeBuffer(new byte[0]), 0)));
    }

    private static List<Byte> bytes(Section section) {
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < section.length(); i++) {
            bytes.add(section.bytes().getByte(i));
        }
        return bytes;
    }
}
