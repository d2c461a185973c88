package io.tickring.engine.price;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.SIDE_SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.ring.Records;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceTableTest {
    private static final int CAPACITY = 16;

    private final UnsafeBuffer table = PriceTableFile.inMemory(CAPACITY);
    private final PriceTableWriter writer = new PriceTableWriter(table, CAPACITY);
    private final AtomicCounter applied = Records.counter();
    private final AtomicCounter unknown = Records.counter();
    private final List<String> checkpoints = new ArrayList<>();
    private final PriceTableHandler handler = new PriceTableHandler(
            writer,
            10,
            (sequence, digest) -> checkpoints.add(sequence + "=" + TableDigest.format(digest)),
            applied,
            unknown);
    private final UnsafeBuffer batch = new UnsafeBuffer(new byte[64 * TickDescriptor.LENGTH]);
    private final MutableTick tick = new MutableTick();
    private final PriceTableReader reader = PriceTableReader.over(table);
    private final PriceRow row = new PriceRow();
    private long nextSequence = 1;
    private int batched;

    @Test
    void shouldHoldTheNewestQuoteAndAllTrades() {
        next().definition(0, "BTCUSDT");
        next().quote(0, 50, 60, 100, 110, 5, 6);
        next().trade(0, 70, 61, 105, 2, 900, SIDE_BUY);
        next().trade(0, 71, 62, 95, 3, 901, SIDE_BUY);
        next().trade(0, NO_TIME, 63, 101, 4, NO_TRADE_ID, SIDE_SELL);
        apply();
        assertThat(reader.read(0, row)).isTrue();
        assertThat(row.lastSide()).isEqualTo(SIDE_SELL);
        assertThat(List.of(row.bid(), row.ask(), row.bidSize(), row.askSize())).containsExactly(100L, 110L, 5L, 6L);
        assertThat(List.of(row.open(), row.high(), row.low(), row.last(), row.lastSize()))
                .containsExactly(105L, 105L, 95L, 101L, 4L);
        assertThat(List.of(row.quotes(), row.trades(), row.sequence(), row.exchangeTimeNs(), row.receiveTimeNs()))
                .containsExactly(1L, 3L, 5L, 71L, 63L);
        assertThat(row.volume()).isEqualByComparingTo("0.00000009");
        assertThat(row.notional()).isEqualByComparingTo(new BigDecimal("899").movePointLeft(16));
        assertThat(row.lastTradeId()).isEqualTo(901);
        assertThat(applied.get()).isEqualTo(4);
        assertThat(reader.appliedSequence()).isEqualTo(5);
    }

    @Test
    void shouldNoteTimeThatGoesBackAndIdsThatRepeat() {
        next().definition(0, "A");
        next().quote(0, NO_TIME, 60, 1, 2, 3, 4);
        next().quote(0, NO_TIME, 59, 1, 2, 3, 4);
        next().trade(0, NO_TIME, 59, 1, 1, 7, SIDE_BUY);
        next().trade(0, NO_TIME, 58, 1, 1, 7, SIDE_BUY);
        next().trade(0, NO_TIME, 61, 1, 1, 6, SIDE_BUY);
        apply();
        reader.read(0, row);
        assertThat(row.receiveTimeBack()).isEqualTo(2);
        assertThat(row.repeatedIds()).isEqualTo(2);
    }

    @Test
    void shouldCountCrossedAndLockedQuotesAndKeepThem() {
        next().definition(0, "A");
        next().quote(0, NO_TIME, 60, 11, 10, 3, 4);
        next().quote(0, NO_TIME, 61, 12, 10, 3, 4);
        next().quote(0, NO_TIME, 62, 10, 10, 3, 4);
        next().quote(0, NO_TIME, 63, 13, 10, 0, 4);
        apply();
        reader.read(0, row);
        assertThat(List.of(row.crossed(), row.locked(), row.quotes(), row.bid(), row.ask()))
                .containsExactly(2L, 1L, 4L, 13L, 10L);
    }

    @Test
    void shouldCountGapsInTradeIdsOnceAnIdIsKnown() {
        next().definition(0, "A");
        for (long id : new long[] {NO_TRADE_ID, 900, 901, NO_TRADE_ID, 903, 903, 902, 903, Long.MAX_VALUE, 1}) {
            next().trade(0, NO_TIME, 60, 1, 1, id, SIDE_BUY);
        }
        apply();
        reader.read(0, row);
        assertThat(List.of(row.idGaps(), row.repeatedIds(), row.lastTradeId())).containsExactly(2L, 3L, 1L);
    }

    @Test
    void shouldNotChangeTheDigestByWhatIsCounted() {
        next().definition(0, "A");
        next().quote(0, NO_TIME, 60, 11, 10, 3, 4);
        next().trade(0, NO_TIME, 60, 1, 1, 7, SIDE_BUY);
        next().trade(0, NO_TIME, 60, 1, 1, 9, SIDE_BUY);
        apply();
        long digest = writer.digest();
        for (int word :
                new int[] {PriceTableDescriptor.CROSSED, PriceTableDescriptor.LOCKED, PriceTableDescriptor.ID_GAPS}) {
            table.putLong(PriceTableDescriptor.rowOffset(0) + word, 99);
        }
        assertThat(writer.digest()).isEqualTo(digest);
    }

    @Test
    void shouldPutAPriceThatHasGrownOldIntoItsRowUntilTheNextTick() {
        next().definition(0, "A");
        next().definition(1, "B");
        next().quote(0, NO_TIME, 60, 10, 11, 3, 4);
        next().trade(1, NO_TIME, 60, 10, 11, 3, SIDE_SELL);
        apply();
        long digest = writer.digest();
        next().stale(0, 3, PriceState.STALE, 5, 1_000);
        next().stale(1, 4, PriceState.STALE, 5, 1_000);
        next().stale(1, 4, PriceState.EXPIRED, 50, 1_000);
        apply();
        assertThat(List.of(stateOf(0), stateOf(1))).containsExactly(PriceState.STALE, PriceState.EXPIRED);
        assertThat(List.of(row.lastSide(), row.sequence())).containsExactly(SIDE_SELL, 4L);
        assertThat(reader.staleInstruments()).isEqualTo(2);
        assertThat(writer.digest()).isEqualTo(digest);
        next().quote(0, NO_TIME, 60, 10, 11, 3, 4);
        next().trade(1, NO_TIME, 60, 10, 11, 3, SIDE_BUY);
        apply();
        assertThat(List.of(stateOf(0), stateOf(1))).containsExactly(PriceState.LIVE, PriceState.LIVE);
        assertThat(row.lastSide()).isEqualTo(SIDE_BUY);
        assertThat(reader.staleInstruments()).isZero();
        assertThat(applied.get()).isEqualTo(4);
        assertThat(unknown.get()).isZero();
    }

    @Test
    void shouldChangeNothingByAJudgementOfARowThatHasMovedOn() {
        next().definition(0, "A");
        next().quote(0, NO_TIME, 60, 10, 11, 3, 4);
        next().quote(0, NO_TIME, 61, 10, 11, 3, 4);
        apply();
        byte[] before = new byte[PriceTableDescriptor.ROW_LENGTH];
        table.getBytes(PriceTableDescriptor.rowOffset(0), before);
        next().stale(0, 2, PriceState.STALE, 5, 1_000);
        next().stale(1, 2, PriceState.STALE, 5, 1_000);
        next().stale(0, 3, PriceState.STALE, 5, 1_000);
        batch.putLong((batched - 1) * TickDescriptor.LENGTH + TickDescriptor.JUDGED_STATE_OFFSET, 77);
        apply();
        byte[] after = new byte[PriceTableDescriptor.ROW_LENGTH];
        table.getBytes(PriceTableDescriptor.rowOffset(0), after);
        assertThat(after).isEqualTo(before);
        assertThat(reader.staleInstruments()).isZero();
        assertThat(reader.appliedSequence()).isEqualTo(6);
    }

    @Test
    void shouldHoldWhenARowWasAppliedByTheTimeThatWasTold() {
        next().definition(0, "A");
        apply();
        writer.tellTime(7_000);
        next().quote(0, NO_TIME, 60, 10, 11, 3, 4);
        apply();
        RowAge age = new RowAge();
        assertThat(reader.readAge(0, age)).isTrue();
        assertThat(List.of(age.appliedTimeNs(), age.sequence())).containsExactly(7_000L, 2L);
        assertThat(age.state()).isEqualTo(PriceState.LIVE);
        next().stale(0, 2, PriceState.STALE, 5, 1_000);
        apply();
        UnsafeBuffer rows = new UnsafeBuffer(new byte[writer.rowsLength()]);
        writer.copyRows(rows, 0);
        assertThat(rows.getLong(PriceTableDescriptor.APPLIED_TIME)).isZero();
        writer.tellTime(9_000);
        writer.restoreRows(rows, 0, 1);
        reader.readAge(0, age);
        assertThat(age.appliedTimeNs()).isEqualTo(9_000);
        assertThat(age.state()).isEqualTo(PriceState.STALE);
        assertThat(reader.staleInstruments()).isEqualTo(1);
        writer.restoreRows(rows, 0, 0);
        assertThat(reader.staleInstruments()).isZero();
    }

    private PriceState stateOf(int id) {
        assertThat(reader.read(id, row)).isTrue();
        return row.state();
    }

    @Test
    void shouldCountTicksOfInstrumentsThatWereNeverDefined() {
        next().definition(0, "A");
        next().quote(1, NO_TIME, 60, 1, 2, 3, 4);
        next().trade(-1, NO_TIME, 60, 1, 2, 3, SIDE_BUY);
        next().quote(CAPACITY, NO_TIME, 60, 1, 2, 3, 4);
        next().definition(CAPACITY, "B");
        long before = writer.digest();
        apply();
        assertThat(unknown.get()).isEqualTo(4);
        assertThat(applied.get()).isZero();
        assertThat(reader.instruments()).isEqualTo(1);
        assertThat(writer.digest()).isNotEqualTo(before);
    }

    @Test
    void shouldSumInTwoWordsWithoutLoss() {
        next().definition(0, "A");
        long price = Long.MAX_VALUE - 2;
        next().trade(0, NO_TIME, 1, price, price, 1, SIDE_BUY);
        next().trade(0, NO_TIME, 1, price, price, 2, SIDE_BUY);
        next().trade(0, NO_TIME, 1, price, price, 3, SIDE_BUY);
        apply();
        reader.read(0, row);
        BigDecimal value = BigDecimal.valueOf(price, 8);
        assertThat(row.volume()).isEqualByComparingTo(value.multiply(BigDecimal.valueOf(3)));
        assertThat(row.notional()).isEqualByComparingTo(value.multiply(value).multiply(BigDecimal.valueOf(3)));
        assertThat(row.vwap()).isEqualByComparingTo(value);
    }

    @Test
    void shouldEqualASlowModelOnRandomTicks() {
        SplittableRandom random = new SplittableRandom(7);
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int id = random.nextInt(CAPACITY);
            if (id >= models.size()) {
                models.add(new Model());
                next().definition(models.size() - 1, "S" + models.size());
            } else if (random.nextBoolean()) {
                models.get(id).quotes++;
                next().quote(id, NO_TIME, i, random.nextLong(), random.nextLong(), 1, 1);
            } else {
                long price = random.nextLong(1, Long.MAX_VALUE - 2);
                long size = random.nextLong(1, 1L << random.nextInt(1, 63));
                models.get(id).trade(price, size);
                next().trade(id, NO_TIME, i, price, size, i, SIDE_BUY);
            }
            if (batched == 64) {
                apply();
            }
        }
        apply();
        for (int id = 0; id < models.size(); id++) {
            assertThat(reader.read(id, row)).isTrue();
            Model model = models.get(id);
            assertThat(row.volume()).isEqualByComparingTo(model.volume);
            assertThat(row.notional()).isEqualByComparingTo(model.notional);
            assertThat(List.of(row.quotes(), row.trades(), row.open(), row.high(), row.low(), row.last()))
                    .containsExactly(model.quotes, model.trades, model.open, model.high, model.low, model.last);
        }
    }

    @Test
    void shouldTakeTheDigestAtEachMultipleOfTheInterval() {
        next().definition(0, "A");
        for (int i = 0; i < 24; i++) {
            next().quote(0, NO_TIME, i, i, i, i, i);
        }
        apply();
        assertThat(checkpoints).hasSize(2);
        assertThat(checkpoints.get(0)).startsWith("10=");
        assertThat(checkpoints.get(1)).startsWith("20=");
        PriceTableWriter again = new PriceTableWriter(PriceTableFile.inMemory(CAPACITY), CAPACITY);
        new PriceTableHandler(again, 10, (sequence, digest) -> {}, applied, unknown).onBatch(batchOf(10), 0, 1, 10);
        assertThat(checkpoints.get(0)).isEqualTo("10=" + TableDigest.format(again.digest()));
    }

    @Test
    void shouldNotChangeTheDigestByRecordsThatAreNoTicks() {
        next().definition(0, "A");
        next().quote(0, NO_TIME, 1, 1, 1, 1, 1);
        apply();
        long digest = writer.digest();
        next().padding();
        next().checkpoint(1, 2);
        apply();
        assertThat(writer.digest()).isEqualTo(digest);
    }

    @Test
    void shouldDigestAsXxHash64Does() {
        // XXH64 with seed 0 of no bytes, and of one row: 256 bytes, of which the first 8 are the id 0.
        assertThat(TableDigest.format(writer.digest())).isEqualTo("ef46db3751d8e999");
        next().definition(0, "A");
        next().quote(0, 1, 2, 3, 4, 5, 6);
        apply();
        byte[] bytes = new byte[PriceTableDescriptor.ROW_LENGTH];
        table.getBytes(PriceTableDescriptor.HEADER_LENGTH, bytes);
        new UnsafeBuffer(bytes).putLong(0, 0, ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(bytes, PriceTableDescriptor.SYMBOL, 1, StandardCharsets.US_ASCII))
                .isEqualTo("A");
        assertThat(TableDigest.format(writer.digest())).isEqualTo(ONE_ROW_DIGEST);
    }

    /** Computed with xxhash-wasm 1.1.0 over the bytes of the test above. */
    private static final String ONE_ROW_DIGEST = "75aefe37ac4295d3";

    @Test
    void shouldBecomeTheTableWhoseRowsItRestores() {
        next().definition(0, "A");
        next().definition(1, "B");
        next().quote(0, 1, 2, 3, 4, 5, 6);
        next().trade(1, 1, 2, 3, 4, 5, SIDE_SELL);
        apply();
        UnsafeBuffer rows = new UnsafeBuffer(new byte[64 + writer.rowsLength()]);
        writer.copyRows(rows, 64);
        long digest = writer.digest();
        next().definition(2, "C");
        next().quote(0, 2, 3, 4, 5, 6, 7);
        next().quote(2, 2, 3, 4, 5, 6, 7);
        apply();
        long later = writer.digest();
        writer.restoreRows(rows, 64, 2);
        assertThat(writer.digest()).isEqualTo(digest).isNotEqualTo(later);
        assertThat(reader.instruments()).isEqualTo(2);
        assertThat(reader.read(1, row)).isTrue();
        assertThat(List.of(row.symbol(), row.last(), (long) row.lastSide())).containsExactly("B", 3L, (long) SIDE_SELL);
        PriceTableWriter fresh = new PriceTableWriter(PriceTableFile.inMemory(2), 2);
        fresh.restoreRows(rows, 64, 2);
        assertThat(fresh.digest()).isEqualTo(digest);
        assertThatThrownBy(() -> fresh.restoreRows(rows, 0, 3)).hasMessageContaining("instruments=3 capacity=2");
    }

    @Test
    void shouldShowAFileOnlyWhenItIsWhole(@TempDir Path folder) throws IOException {
        PriceTableFile file = PriceTableFile.build(folder, CAPACITY);
        assertThatThrownBy(() -> PriceTableReader.map(folder)).isInstanceOf(IOException.class);
        PriceTableWriter mapped = new PriceTableWriter(file.buffer(), CAPACITY);
        mapped.publish(3, 4, 5, 6);
        file.show();
        PriceTableReader read = PriceTableReader.map(folder);
        assertThat(List.of(read.incarnation(), read.pid(), (long) read.instruments()))
                .containsExactly(3L, 5L, 0L);
        assertThat(folder.toFile().list()).containsExactly("prices");
        assertThatThrownBy(() -> read.read(0, row)).isInstanceOf(IndexOutOfBoundsException.class);
        Files.write(folder.resolve("prices"), new byte[5000]);
        assertThatThrownBy(() -> PriceTableReader.map(folder)).hasMessageContaining("layoutVersion=0");
        Files.write(folder.resolve("prices"), new byte[5]);
        assertThatThrownBy(() -> PriceTableReader.map(folder)).hasMessageContaining("too short");
    }

    @Test
    void shouldAnswerFalseForARowWhoseWriterDiedInTheMiddle() {
        next().definition(0, "A");
        apply();
        table.putLong(PriceTableDescriptor.HEADER_LENGTH, 3);
        assertThat(reader.read(0, row)).isFalse();
    }

    private MutableTick next() {
        int offset = batched++ * TickDescriptor.LENGTH;
        batch.putLong(offset, nextSequence++, ByteOrder.LITTLE_ENDIAN);
        return tick.wrap(batch, offset);
    }

    private void apply() {
        handler.onBatch(batch, 0, nextSequence - batched, batched);
        batched = 0;
    }

    private UnsafeBuffer batchOf(int count) {
        return new UnsafeBuffer(batch, 0, count * TickDescriptor.LENGTH);
    }

    /** One instrument, slow and obviously right. */
    private static final class Model {
        private BigDecimal volume = BigDecimal.ZERO;
        private BigDecimal notional = BigDecimal.ZERO;
        private long quotes;
        private long trades;
        private long open;
        private long high;
        private long low;
        private long last;

        void trade(long price, long size) {
            open = trades == 0 ? price : open;
            high = trades == 0 ? price : Math.max(high, price);
            low = trades == 0 ? price : Math.min(low, price);
            last = price;
            trades++;
            volume = volume.add(BigDecimal.valueOf(size, 8));
            notional = notional.add(BigDecimal.valueOf(price, 8).multiply(BigDecimal.valueOf(size, 8)));
        }
    }
}
