package io.tickring.engine.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroadcastFileTest {
    private static final int CAPACITY = 1 << 16;

    @TempDir
    Path folder;

    @Test
    void shouldReadWhatIsWrittenIntoTheFile() throws IOException {
        BroadcastFile file = shown(1);
        BroadcastReader reader = BroadcastReader.map(folder);
        new Batches(file.handler(), 1).write(3);
        assertThat(reader.poll()).isTrue();
        assertThat(reader.count()).isEqualTo(3);
        assertThat(reader.incarnation()).isEqualTo(1);
        assertThat(reader.pid()).isEqualTo(3);
        assertThat(reader.capacity()).isEqualTo(CAPACITY);
    }

    @Test
    void shouldNoticeThatAnotherStartHasReplacedIt() throws IOException {
        BroadcastFile first = shown(1);
        BroadcastReader reader = BroadcastReader.map(folder);
        new Batches(first.handler(), 1).write(3);
        assertThat(reader.isReplaced()).isFalse();
        shown(2);
        assertThat(reader.isReplaced()).isTrue();
        assertThat(reader.poll())
                .as("what the first start wrote is still there")
                .isTrue();
        assertThat(BroadcastReader.map(folder).isReplaced()).isFalse();
        assertThat(first.reader().isReplaced()).isFalse();
    }

    @Test
    void shouldBeginWithTheFirstRecordOfTheRunWhereAskedTo() throws IOException {
        Batches batches = new Batches(shown(1).handler(), 1);
        batches.write(3);
        batches.write(4);
        Reading reading = new Reading();
        reading.take(BroadcastReader.mapFromFirst(folder), Integer.MAX_VALUE);
        assertThat(reading.spans()).containsExactly(new Reading.Span(false, 1, 7));
        for (int i = 0; i < 100; i++) {
            batches.write(100);
        }
        Reading late = new Reading();
        late.take(BroadcastReader.mapFromFirst(folder), Integer.MAX_VALUE);
        assertThat(late.missed()).isPositive();
        assertThat(late.covers(1, batches.nextSequence() - 1)).isTrue();
    }

    @Test
    void shouldAskWithoutAMappingWhetherItIsReplaced() throws IOException {
        shown(1);
        BroadcastReader reader = BroadcastReader.map(folder);
        long mapped = mappings();
        for (int i = 0; i < 1_000; i++) {
            assertThat(reader.isReplaced()).isFalse();
        }
        assertThat(mappings()).isLessThan(mapped + 100);
        BroadcastFile.remove(folder);
        assertThatThrownBy(reader::isReplaced).isInstanceOf(IOException.class);
    }

    /** As the JVM counts those of its mapped buffers that are not collected yet. */
    private static long mappings() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("mapped"))
                .mapToLong(BufferPoolMXBean::getCount)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldSayThatNoneIsThere() throws IOException {
        BroadcastFile.build(folder, CAPACITY).discard();
        assertThat(folder).isEmptyDirectory();
        assertRefused("broadcast: no broadcast is here; start its engine with --broadcast");
        shown(1);
        BroadcastFile.remove(folder);
        assertRefused("broadcast: no broadcast is here; start its engine with --broadcast");
    }

    @Test
    void shouldRefuseWhatIsNoBroadcast() throws IOException {
        Files.write(path(), new byte[100]);
        assertRefused("broadcast length=100: not the length of a broadcast");
        Files.write(path(), new byte[CAPACITY]);
        assertRefused("broadcast layoutVersion=0: not a broadcast of layout 1");
        Files.writeString(path(), "garbage ".repeat(CAPACITY));
        assertRefused("not a broadcast of layout 1");
    }

    @Test
    void shouldRefuseAnotherLayout() throws IOException {
        shown(1);
        put(BroadcastDescriptor.LAYOUT_VERSION_OFFSET, 9);
        assertRefused("broadcast layoutVersion=9: not a broadcast of layout 1");
    }

    @Test
    void shouldRefuseOneThatWasCut() throws IOException {
        shown(1);
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(CAPACITY);
        }
        assertRefused("broadcast length=65536 capacity=65536: a broadcast that was cut");
        put(BroadcastDescriptor.CAPACITY_OFFSET, -1);
        assertRefused("capacity=-1: a broadcast that was cut");
    }

    @Test
    void shouldNotTakeGarbageForAMessage() throws IOException {
        BroadcastFile file = shown(1);
        BroadcastReader reader = BroadcastReader.map(folder);
        new Batches(file.handler(), 1).write(3);
        put(BroadcastDescriptor.HEADER_LENGTH, 1 << 20);
        assertThatThrownBy(reader::poll)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("position=0 length=1048576 type=1: no message of a broadcast");
    }

    private BroadcastFile shown(long incarnation) throws IOException {
        BroadcastFile file = BroadcastFile.build(folder, CAPACITY);
        file.show(incarnation, 2, 3, 4, 1);
        return file;
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> BroadcastReader.map(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }

    private void put(int offset, int value) throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(bytes.putInt(0, value), offset);
        }
    }

    private Path path() {
        return folder.resolve(BroadcastDescriptor.FILE_NAME);
    }
}
