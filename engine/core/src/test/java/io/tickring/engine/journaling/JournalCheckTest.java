package io.tickring.engine.journaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in journals that are whole, but not what an engine writes. */
class JournalCheckTest {
    private static final int RECORDS = 8;

    @TempDir
    Path folder;

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[RECORDS * TickDescriptor.LENGTH]);
    private final MutableTick tick = new MutableTick();

    private MutableTick record(int index) {
        int offset = index * TickDescriptor.LENGTH;
        records.putLong(offset, 1 + index, ByteOrder.LITTLE_ENDIAN);
        return tick.wrap(records, offset);
    }

    private JournalCheck.Result check(int definedId, long checkpointSequence, long digestError) {
        record(0).definition(definedId, "ABC");
        for (int i = 1; i < RECORDS; i++) {
            record(i).quote(definedId, i, i, 100 + i, 101 + i, 5, 5);
        }
        JournalCheck.Result before = checkWritten(folder.resolve("before"));
        record(RECORDS - 1).checkpoint(checkpointSequence, before.digest() + digestError);
        return checkWritten(folder.resolve("checked"));
    }

    private JournalCheck.Result checkWritten(Path into) {
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(into).codec(new CompactCodec()))) {
            appender.append(records, 0, 1, RECORDS, RECORDS, true);
        }
        return new JournalCheck(into, (sequence, last) -> {}).run();
    }

    @Test
    void shouldNameTheCheckpointThatDisagrees() {
        JournalCheck.Result result = check(0, 4, 1);
        assertThat(result.ok()).isFalse();
        assertThat(result.checkpoints()).isZero();
        assertThat(result.error())
                .matches("file=\\S+\\.cq4 block=1 sequence=4: the table's digest is [0-9a-f]{16}, the checkpoint says"
                        + " [0-9a-f]{16}; .*");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 1_000_000_000, Integer.MAX_VALUE})
    void shouldNameAnInstrumentIdThatIsNone(int id) {
        JournalCheck.Result result = check(id, 4, 0);
        assertThat(result.error()).startsWith("sequence=1: the definition's instrument id " + id + " is none");
        try (JournalFeed feed = JournalFeed.open(folder.resolve("checked"), JournalRange.WHOLE)) {
            assertThat(feed.lastSequence()).isEqualTo(RECORDS);
        }
    }

    @Test
    void shouldNameRecordsOfAnotherLength() {
        try (JournalAppender appender =
                JournalAppender.open(new JournalContext().directory(folder).recordLengthBytes(8))) {
            appender.append(records, 0, 1, 40, 1, false);
        }
        JournalCheck.Result result = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(result.error()).contains("block=0").contains("the block's records are 8 bytes long, not 64");
    }
}
