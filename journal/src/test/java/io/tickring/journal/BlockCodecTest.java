package io.tickring.journal;

import static io.tickring.journal.TestRecords.append;
import static io.tickring.journal.TestRecords.readOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.journal.JournalException.Reason;
import io.tickring.journal.TestRecords.Block;
import io.tickring.journal.TestRecords.ListDictionary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks in a form of their own, beside raw ones. */
class BlockCodecTest {
    private static final int MIN_COUNT = 3;
    private static final int PAYLOAD_LENGTH = 1;

    @TempDir
    Path directory;

    /** Test records follow from their sequence, so the count says all; three records and more are stored as one byte. */
    private static final class CountCodec implements BlockCodec {
        private final int number;
        private boolean failing;

        CountCodec(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public BlockCodec another() {
            return new CountCodec(number);
        }

        @Override
        public int recordLengthBytes() {
            return TestRecords.LENGTH;
        }

        @Override
        public int encode(DirectBuffer records, int offset, long firstSequence, int count, byte[] payload) {
            payload[0] = (byte) count;
            return count < MIN_COUNT ? 0 : PAYLOAD_LENGTH;
        }

        @Override
        public void decode(byte[] payload, int offset, int length, long firstSequence, int count, byte[] records) {
            if (failing || length != PAYLOAD_LENGTH || payload[offset] != count) {
                throw new IllegalArgumentException("length=" + length);
            }
            UnsafeBuffer target = new UnsafeBuffer(records);
            for (int i = 0; i < count; i++) {
                TestRecords.fill(target, i * TestRecords.LENGTH, firstSequence + i);
            }
        }
    }

    private void write() {
        ListDictionary dictionary = new ListDictionary();
        try (JournalAppender appender = JournalAppender.open(
                new JournalContext().directory(directory).dictionary(dictionary).codec(new CountCodec(7)))) {
            append(appender, 2, 10, false);
            append(appender, 100, 20, true);
            dictionary.add(1);
            append(appender, 4, 30, false);
            append(appender, 1, 40, false);
        }
    }

    @Test
    void shouldReadBackEncodedAndRawBlocks() {
        write();
        try (JournalTailer tailer = JournalTailer.open(directory, new CountCodec(7))) {
            assertThat(readOn(tailer))
                    .containsExactly(
                            new Block(1, 0, Long.MIN_VALUE, 1),
                            new Block(1, 2, 10, 1),
                            new Block(3, 100, 20, 1),
                            new Block(103, 4, 30, 1),
                            new Block(107, 1, 40, 1));
            assertThat(tailer.endSequence()).isEqualTo(107);
        }
        JournalVerification found = JournalVerifier.verify(
                directory,
                new CountCodec(7),
                (first, count, records, offset, length) -> assertThat(length).isEqualTo(count * TestRecords.LENGTH));
        assertThat(found.error()).isNull();
        assertThat(found.bytes()).isEqualTo(5 * 64 + 3 * 64 + 2 * PAYLOAD_LENGTH);
    }

    @Test
    void shouldGoOnBehindAnEncodedBlock() {
        write();
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(directory).codec(new CountCodec(7)))) {
            append(appender, 5, 50, false);
        }
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(directory).codec(new CountCodec(7)))) {
            assertThat(appender.nextSequence()).isEqualTo(113);
            append(appender, 1, 60, false);
        }
    }

    @Test
    void shouldHandOutEncodedDefinitionsAsRecords() {
        write();
        List<Block> definitions = new ArrayList<>();
        try (JournalTailer tailer = JournalTailer.open(directory, new CountCodec(7))) {
            assertThat(tailer.seekToSequence(105)).isTrue();
            tailer.definitions((first, count, records, offset, length) -> {
                TestRecords.checkRecords(first, count, records, offset);
                definitions.add(new Block(first, count, length, 1));
            });
        }
        assertThat(definitions).containsExactly(new Block(1, 0, 0, 1), new Block(3, 100, 6_400, 1));
    }

    @Test
    void shouldRefuseBlocksOfACodecThatItDoesNotKnow() {
        write();
        assertNewer(JournalTailer.open(directory));
        assertNewer(JournalTailer.open(directory, new CountCodec(8)));
    }

    private static void assertNewer(JournalTailer tailer) {
        try (tailer) {
            assertThat(tailer.next()).isTrue();
            assertThat(tailer.next()).isTrue();
            assertThatThrownBy(tailer::next)
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT))
                    .hasMessageContaining("block=2")
                    .hasMessageContaining("newer version");
        }
    }

    @Test
    void shouldNameTheBlockThatCannotBeDecoded() {
        write();
        CountCodec codec = new CountCodec(7);
        codec.failing = true;
        JournalVerification found =
                JournalVerifier.verify(directory, codec, (first, count, records, offset, length) -> {});
        assertThat(found.lastSequence()).isEqualTo(2);
        assertThat(found.error())
                .contains("block=2")
                .contains("sequence=3")
                .contains("the block's records cannot be decoded: java.lang.IllegalArgumentException: length=1");
    }
}
