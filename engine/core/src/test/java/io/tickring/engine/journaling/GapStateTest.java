package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.ring.Records;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class GapStateTest {
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[LENGTH]);
    private final PriceTableWriter table = new PriceTableWriter(PriceTableFile.inMemory(4), 4);
    private final PriceTableHandler handler = handler(table);
    private final DefinitionLog definitions = new DefinitionLog();
    private final GapState state = new GapState();
    private final UnsafeBuffer found = PriceTableFile.inMemory(4);
    private final PriceTableWriter restored = new PriceTableWriter(found, 4);
    private final PriceRow row = new PriceRow();
    private long sequence;

    private MutableTick next() {
        record.putLong(0, ++sequence, ByteOrder.LITTLE_ENDIAN);
        return new MutableTick().wrap(record, 0);
    }

    private void apply() {
        handler.onBatch(record, 0, sequence, 1);
        definitions.addFrom(record, 0, 1);
    }

    private void market() {
        for (int id = 0; id < 2; id++) {
            next().definition(id, "THIRTY-TWO-CHARACTERS-OR-NEARLY" + id);
            apply();
            next().quote(id, 5, 6, 12, 11, 1, 1);
            apply();
            next().quote(id, 5, 6, 11, 11, 1, 1);
            apply();
            for (long tradeId : new long[] {7, 9 + id, 9}) {
                next().trade(id, NO_TIME, 4, 10, 10, tradeId, SIDE_BUY);
                apply();
            }
        }
        state.set(new JournalGap(1, sequence, GapCause.DISK_LOW), sequence + 1, definitions, table);
    }

    private void restore(int records) {
        GapReader reader = new GapReader();
        assertThat(reader.add(state.buffer(), 0, records * LENGTH)).isTrue();
        reader.restore(handler(restored));
    }

    @Test
    void shouldGiveBackEveryWordOfARow() {
        market();
        restore(state.length() / LENGTH);
        UnsafeBuffer live = new UnsafeBuffer(new byte[table.rowsLength()]);
        UnsafeBuffer copy = new UnsafeBuffer(new byte[table.rowsLength()]);
        table.copyRows(live, 0);
        restored.copyRows(copy, 0);
        for (int word = Long.BYTES; word < live.capacity(); word += Long.BYTES) {
            if (word % 256 != 0) {
                assertThat(copy.getLong(word)).as("word at %d", word).isEqualTo(live.getLong(word));
            }
        }
        PriceTableReader.over(found).read(1, row);
        assertThat(List.of(row.crossed(), row.locked(), row.idGaps(), row.repeatedIds(), row.receiveTimeBack()))
                .containsExactly(1L, 1L, 1L, 1L, 1L);
    }

    /** As journals have it that were written before a row had its fifth part. */
    @Test
    void shouldReadAGapWithFourPartsOfEachRow() {
        market();
        int kept = LENGTH;
        UnsafeBuffer payload = new UnsafeBuffer(new byte[state.length()]);
        for (int offset = LENGTH; offset < state.length(); offset += LENGTH) {
            Tick part = new Tick().wrap(state.buffer(), offset);
            if (part.type() != TickDescriptor.STATE || part.side() < 4) {
                payload.putBytes(kept, state.buffer(), offset, LENGTH);
                kept += LENGTH;
            }
        }
        assertThat(kept).isEqualTo((1 + 2 + 2 * 4) * LENGTH);
        new MutableTick().wrap(payload, 0).gap(1, sequence, sequence + 1, GapCause.DISK_LOW.code(), kept / LENGTH - 1);
        GapReader reader = new GapReader();
        assertThat(reader.add(payload, 0, kept)).isTrue();
        reader.restore(handler(restored));
        assertThat(restored.digest()).isEqualTo(table.digest());
        PriceTableReader.over(found).read(1, row);
        assertThat(row.symbol()).isEqualTo("THIRTY-TWO-CHARACTERS-OR-NEARLY1");
        assertThat(List.of(row.crossed(), row.idGaps(), row.repeatedIds())).containsExactly(0L, 0L, 1L);
    }

    private static PriceTableHandler handler(PriceTableWriter writer) {
        return new PriceTableHandler(writer, Long.MAX_VALUE, (at, digest) -> {}, Records.counter(), Records.counter());
    }
}
