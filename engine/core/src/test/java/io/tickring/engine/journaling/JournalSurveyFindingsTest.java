package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalDescription.Instrument;
import io.tickring.engine.journaling.JournalDescription.OtherRecords;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that no engine wrote like this, and damaged ones. */
class JournalSurveyFindingsTest {
    private static final byte UNKNOWN_TYPE = 77;
    private static final int ONE_RECORD_BYTES = 128;

    @TempDir
    Path folder;

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[64 * LENGTH]);
    private final MutableTick tick = new MutableTick();
    private int count;

    /** The next record of the block; the last one's if it is not used. */
    private MutableTick next() {
        return tick.wrap(records, count++ * LENGTH);
    }

    private void unknown() {
        next().padding();
        records.putByte(count * LENGTH - LENGTH + TickDescriptor.TYPE_OFFSET, UNKNOWN_TYPE);
    }

    private void append(JournalAppender appender) {
        for (int i = 0; i < count; i++) {
            records.putLong(i * LENGTH, appender.nextSequence() + i, ByteOrder.LITTLE_ENDIAN);
        }
        appender.append(records, 0, appender.nextSequence(), count, 1, true);
        count = 0;
    }

    private JournalAppender open(long firstSequence) {
        return JournalAppender.open(
                new JournalContext().directory(folder).codec(new CompactCodec()).firstSequence(firstSequence));
    }

    private JournalDescription describe() {
        return JournalSurvey.describe(folder, (sequence, last) -> {});
    }

    @Test
    void shouldCountEveryTypeOfRecordAlsoUnknownOnes() {
        try (JournalAppender appender = open(1_000)) {
            next().definition(3, "ABC");
            next().quote(3, NO_TIME, 10, 1, 2, 3, 4);
            unknown();
            next().padding();
            next().checkpoint(1_001, 5);
            next().stale(3, 1_001, PriceState.EXPIRED, 7, 1_000);
            unknown();
            next().trade(3, 7, 9, 1, 2, 3, TickDescriptor.SIDE_SELL);
            next().quote(3, NO_TIME, 99, 1, 2, 3, 4).skip();
            next().padding();
            records.putByte(count * LENGTH - LENGTH + TickDescriptor.TYPE_OFFSET, TickDescriptor.ATTRIBUTE);
            append(appender);
        }
        JournalDescription found = describe();
        TickActivity abc = new TickActivity(1, 1, 9, 10, 7, 7);
        assertThat(found.error()).isNull();
        assertThat(List.of(found.firstSequence(), found.lastSequence())).containsExactly(1_000L, 1_009L);
        assertThat(found.otherRecords()).isEqualTo(new OtherRecords(1, 1, 1, 1, 1, 1, 2));
        assertThat(found.ticks()).isEqualTo(abc);
        assertThat(found.instruments()).containsExactly(new Instrument("ABC", abc));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldCountTheTicksThatNoInstrumentHas(int id) {
        try (JournalAppender appender = open(1)) {
            next().quote(4, 3, 30, 1, 2, 3, 4);
            next().definition(4, "LATE");
            next().definition(InstrumentIds.isLegal(id) ? 6 : id, "NEVER");
            next().trade(id, NO_TIME, 20, 1, 2, 3, TickDescriptor.SIDE_BUY);
            next().quote(4, NO_TIME, 25, 1, 2, 3, 4);
            append(appender);
        }
        JournalDescription found = describe();
        assertThat(found.ticks()).isEqualTo(new TickActivity(2, 1, 20, 30, 3, 3));
        assertThat(found.undefinedTicks()).isEqualTo(new TickActivity(1, 1, 20, 30, 3, 3));
        assertThat(found.instruments())
                .startsWith(new Instrument("LATE", new TickActivity(1, 0, 25, 25, NO_TIME, NO_TIME)))
                .hasSize(InstrumentIds.isLegal(id) ? 2 : 1);
    }

    @Test
    void shouldOrderEquallyActiveInstrumentsBySymbol() {
        try (JournalAppender appender = open(1)) {
            for (String symbol : List.of("C", "A", "D", "B")) {
                next().definition(symbol.charAt(0), symbol);
            }
            next().quote('D', NO_TIME, 1, 1, 2, 3, 4);
            append(appender);
        }
        assertThat(describe().instruments()).extracting(Instrument::symbol).containsExactly("D", "A", "B", "C");
    }

    @Test
    void shouldDescribeWhatIsSoundBeforeTheDamage() throws IOException {
        int blocks = 10;
        try (JournalAppender appender = open(1)) {
            next().definition(0, "A");
            append(appender);
            for (int i = 2; i <= blocks; i++) {
                next().quote(0, NO_TIME, i, mark(i), 2, 3, 4);
                append(appender);
            }
        }
        JournalDescription whole = describe();
        assertThat(whole.ticks().total()).isEqualTo(blocks - 1);
        for (int damaged = 2; damaged <= blocks; damaged++) {
            flipBit(mark(damaged));
            JournalDescription found = describe();
            assertThat(found.isSound()).isFalse();
            assertThat(found.error())
                    .matches("the journal is damaged: file=\\S+\\.cq4 block=" + damaged + " sequence=" + damaged
                            + " .*");
            assertThat(found.lastSequence()).isEqualTo(damaged - 1);
            assertThat(found.blocks()).isEqualTo(damaged);
            assertThat(found.blockBytes())
                    .isEqualTo(whole.blockBytes() - (blocks + 1 - damaged) * (long) ONE_RECORD_BYTES);
            assertThat(found.ticks().quotes()).isEqualTo(damaged - 2);
            assertThat(found.journalId()).isEqualTo(whole.journalId());
            assertThat(found.diskBytes()).isLessThan(whole.diskBytes());
            flipBit(mark(damaged) ^ 1);
        }
        assertThat(describe()).isEqualTo(whole);
    }

    @Test
    void shouldTellHowFarAFileIsFilled() throws IOException {
        try (JournalAppender appender = open(1)) {
            for (int i = 0; i < 50; i++) {
                next().quote(0, NO_TIME, i, 1, 2, 3, Long.MAX_VALUE);
                append(appender);
            }
        }
        byte[] bytes = Files.readAllBytes(onlyFile());
        int filled = bytes.length;
        while (bytes[filled - 1] == 0) {
            filled--;
        }
        assertThat(describe().diskBytes()).isEqualTo(filled).isLessThan(bytes.length);
    }

    @Test
    void shouldFindDamageWhereNothingCanBeOpened() throws IOException {
        open(1).close();
        Files.write(onlyFile(), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        JournalDescription found = describe();
        assertThat(found.error()).contains("file=" + onlyFile().getFileName());
        assertThat(List.of(found.journalId(), found.blocks(), found.lastSequence()))
                .containsOnly(0L);
    }

    /** A bid by which a tick's block is found in the file; odd ones are damaged. */
    private static long mark(int number) {
        return 0x1234_5678_9ABC_0000L + 2L * number;
    }

    /** Flips the lowest bit of the only such value in the file. */
    private void flipBit(long value) throws IOException {
        try (FileChannel file = FileChannel.open(onlyFile(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            UnsafeBuffer bytes = new UnsafeBuffer(file.map(MapMode.READ_WRITE, 0, Math.min(file.size(), 4 << 20)));
            for (int offset = 0; offset < bytes.capacity(); offset += Integer.BYTES) {
                if (bytes.getLong(offset, ByteOrder.LITTLE_ENDIAN) == value) {
                    bytes.putLong(offset, value ^ 1, ByteOrder.LITTLE_ENDIAN);
                    return;
                }
            }
        }
        throw new IllegalStateException("value=" + value + " is not in the journal");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .toList()
                    .get(0);
        }
    }
}
