package io.tickring.engine.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.engine.tick.Xxh64;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A replica that is taken while the table is written is the table at every sequence from its copy on. */
class TableReplicaTest {
    private static final int INSTRUMENTS = 40;
    private static final int RECORDS = 60_000;
    private static final int CHECKED = 64;

    private final UnsafeBuffer records = stream();
    private final long[] digests = new long[RECORDS + 1];
    private final int[] hashes = new int[RECORDS + 1];
    private final PriceRow row = new PriceRow();
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[PriceTableDescriptor.ROW_LENGTH]);
    private final UnsafeBuffer table = PriceTableFile.inMemory(INSTRUMENTS);
    private final PriceTableHandler handler = handler(table);

    @Test
    void shouldBeTheTableAtEverySequenceFromItsCopyOn() throws Exception {
        recordDigests();
        AtomicBoolean begun = new AtomicBoolean();
        Thread writer = new Thread(() -> writeAll(begun));
        writer.start();
        while (!begun.get()) {
            Thread.onSpinWait();
        }
        do {
            follow(replicaOf(table));
        } while (writer.isAlive());
        writer.join();
    }

    @Test
    void shouldBeTheTableAlsoWhenItIsTakenInTheMiddleOfABatch() {
        recordDigests();
        UnsafeBuffer memory = PriceTableFile.inMemory(INSTRUMENTS);
        PriceTableWriter writer = new PriceTableWriter(memory, INSTRUMENTS);
        SplittableRandom random = new SplittableRandom(3);
        int written = 0;
        while (written < RECORDS - 2 * CHECKED) {
            writer.applied(written);
            for (int inBatch = 1 + random.nextInt(1024); inBatch > 0 && written < RECORDS - 2 * CHECKED; inBatch--) {
                writer.apply(records, written * TickDescriptor.LENGTH);
                written++;
            }
            TableReplica replica = replicaOf(memory);
            assertThat(replica.isWhole()).isFalse();
            assertThat(replica.copySequence()).isLessThanOrEqualTo(written);
            follow(replica);
            assertThat(replica.isWhole()).isTrue();
        }
    }

    @Test
    void shouldBeWholeAtOnceWhenNothingIsWritten() {
        handler.onBatch(records, 0, 1, 1000);

        TableReplica replica = replicaOf(table);

        assertThat(replica.isWhole()).isTrue();
        assertThat(replica.nextSequence()).isEqualTo(1001);
        assertThat(replica.digest())
                .isEqualTo(TableDigest.of(table, PriceTableReader.over(table).instruments(), new Xxh64()));
    }

    @Test
    void shouldRefuseAnotherRecordThanTheNext() {
        handler.onBatch(records, 0, 1, 10);
        TableReplica replica = replicaOf(table);

        assertThatThrownBy(() -> replica.apply(records, 20 * TickDescriptor.LENGTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sequence=21 expected=11");
    }

    private static TableReplica replicaOf(UnsafeBuffer table) {
        return TableReplica.of(TableRows.copy(PriceTableReader.over(table), () -> {}), INSTRUMENTS);
    }

    private void follow(TableReplica replica) {
        long end = Math.min(RECORDS, replica.copySequence() + CHECKED);
        while (replica.nextSequence() <= end) {
            replica.apply(records, (int) (replica.nextSequence() - 1) * TickDescriptor.LENGTH);
            long sequence = replica.nextSequence() - 1;
            if (replica.isWhole()) {
                assertThat(replica.digest()).as("at %d", sequence).isEqualTo(digests[(int) sequence]);
                assertThat(hash(replica.table())).as("at %d", sequence).isEqualTo(hashes[(int) sequence]);
            }
        }
    }

    private void recordDigests() {
        UnsafeBuffer memory = PriceTableFile.inMemory(INSTRUMENTS);
        PriceTableWriter writer = new PriceTableWriter(memory, INSTRUMENTS);
        for (int i = 0; i < RECORDS; i++) {
            writer.apply(records, i * TickDescriptor.LENGTH);
            digests[i + 1] = writer.digest();
            hashes[i + 1] = hash(PriceTableReader.over(memory));
        }
    }

    /** Of all that a row holds, also what the digest leaves out, but for its version and when it was applied. */
    private int hash(PriceTableReader rows) {
        int hash = 1;
        for (int id = 0; id < rows.instruments(); id++) {
            rows.read(id, row);
            row.copyTo(copy, 0);
            copy.putLong(PriceTableDescriptor.VERSION, 0);
            copy.putLong(PriceTableDescriptor.APPLIED_TIME, 0);
            hash = 31 * hash + Arrays.hashCode(copy.byteArray());
        }
        return hash;
    }

    private void writeAll(AtomicBoolean begun) {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < RECORDS; ) {
            int count = Math.min(RECORDS - i, 1 + random.nextInt(1024));
            handler.onBatch(records, i * TickDescriptor.LENGTH, i + 1, count);
            begun.set(true);
            i += count;
            Thread.yield();
        }
    }

    private static int ticked(long[] sequences, int id, int index) {
        sequences[id] = index + 1;
        return id;
    }

    /** Quotes, trades and judgements, right and late ones, of ever more instruments. */
    private static UnsafeBuffer stream() {
        UnsafeBuffer records = new UnsafeBuffer(new byte[RECORDS * TickDescriptor.LENGTH]);
        SplittableRandom random = new SplittableRandom(1);
        MutableTick tick = new MutableTick();
        int defined = 0;
        long[] newest = new long[INSTRUMENTS];
        for (int i = 0; i < RECORDS; i++) {
            int offset = i * TickDescriptor.LENGTH;
            tick.wrap(records, offset);
            if (defined == 0 || defined < INSTRUMENTS && random.nextInt(RECORDS / INSTRUMENTS / 2) == 0) {
                tick.definition(defined, "SYM" + defined++);
            } else if (random.nextBoolean()) {
                long bid = 1 + random.nextInt(1000);
                tick.quote(ticked(newest, random.nextInt(defined), i), i, i, bid, bid + 2 - random.nextInt(4), 1, 1);
            } else if (random.nextInt(3) == 0) {
                int id = random.nextInt(defined);
                long judged = random.nextInt(4) == 0 ? i : newest[id];
                tick.stale(id, judged, random.nextBoolean() ? PriceState.STALE : PriceState.EXPIRED, 9, 1_000);
            } else {
                tick.trade(
                        ticked(newest, random.nextInt(defined), i),
                        i,
                        i,
                        1 + random.nextInt(1000),
                        5,
                        i,
                        TickDescriptor.SIDE_BUY);
            }
            records.putLong(offset + TickDescriptor.SEQUENCE_OFFSET, i + 1);
        }
        return records;
    }

    private static PriceTableHandler handler(UnsafeBuffer table) {
        EngineCounters counters = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
        return new PriceTableHandler(
                new PriceTableWriter(table, INSTRUMENTS),
                Long.MAX_VALUE,
                (sequence, digest) -> {},
                counters.applied,
                counters.unknownInstruments);
    }
}
