package io.tickring.engine.simulation;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockTailer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/** What an engine must know: the list of all records that it accepted, by sequence from 1 on. */
final class Model {
    /** A record that the engine itself has made: a checkpoint, whose content is read from the journal. */
    private static final byte[] CHECKPOINT = new byte[0];

    private final int instruments;
    private final List<byte[]> records = new ArrayList<>();
    private final BitSet missing = new BitSet();

    Model(int instruments) {
        this.instruments = instruments;
    }

    /** The record behind {@code sequence} bytes was committed; or aborted. */
    void accept(long sequence, byte[] record) {
        while (records.size() < sequence) {
            records.add(null);
        }
        if (records.set((int) sequence - 1, record) != null) {
            throw new AssertionError("sequence=" + sequence + " is owned twice");
        }
    }

    void acceptCheckpoint(long sequence) {
        accept(sequence, CHECKPOINT);
    }

    /** What lies behind {@code last} was lost, and its sequences will be owned anew. */
    void truncate(long last) {
        while (records.size() > last) {
            records.remove(records.size() - 1);
        }
        assertThat((long) records.size())
                .as("the journal goes on to what was never accepted")
                .isEqualTo(last);
    }

    /** Whether the journal does not have the record at {@code sequence}, as far as it was verified. */
    boolean isMissing(long sequence) {
        return missing.get((int) sequence);
    }

    /** The ids of all symbols: dense, in the order of their definitions. */
    Map<String, Integer> symbols() {
        Map<String, Integer> symbols = new LinkedHashMap<>();
        for (byte[] record : records) {
            if (isOfType(record, TickDescriptor.DEFINITION)) {
                symbols.put(new Tick().wrap(new UnsafeBuffer(record), 0).symbol(), symbols.size());
            }
        }
        return symbols;
    }

    /** The table's rows after all records but their version words, which count how often a row was written. */
    static byte[] rows(PriceTableWriter table) {
        UnsafeBuffer rows = new UnsafeBuffer(new byte[table.rowsLength()]);
        table.copyRows(rows, 0);
        for (int row = 0; row < rows.capacity(); row += PriceTableDescriptor.ROW_LENGTH) {
            rows.putLong(row + PriceTableDescriptor.VERSION, 0);
        }
        return rows.byteArray();
    }

    /** All records, one by one, into a fresh table; each checkpoint among them must speak of the state on the way. */
    PriceTableWriter apply() {
        PriceTableWriter table = new PriceTableWriter(PriceTableFile.inMemory(instruments), instruments);
        AtomicCounter uncounted = new AtomicCounter(new UnsafeBuffer(new byte[256]), 0);
        PriceTableHandler handler =
                new PriceTableHandler(table, Long.MAX_VALUE, (sequence, digest) -> {}, uncounted, uncounted);
        Map<Long, Long> digests = checkpoints();
        for (int i = 0; i < records.size(); i++) {
            long sequence = i + 1;
            byte[] record = records.get(i);
            if (record == null) {
                throw new AssertionError("sequence=" + sequence + " was journaled and never accepted");
            } else if (record != CHECKPOINT) {
                handler.onBatch(new UnsafeBuffer(record), 0, sequence, 1);
            }
            Long digest = digests.get(sequence);
            if (digest != null) {
                assertThat(digest).as("the checkpoint of sequence=%d", sequence).isEqualTo(table.digest());
            }
        }
        return table;
    }

    private Map<Long, Long> checkpoints() {
        Map<Long, Long> digests = new HashMap<>();
        Tick tick = new Tick();
        for (byte[] record : records) {
            if (isOfType(record, TickDescriptor.CHECKPOINT)) {
                tick.wrap(new UnsafeBuffer(record), 0);
                digests.put(tick.checkpointSequence(), tick.checkpointDigest());
            }
        }
        return digests;
    }

    /**
     * Each record is in the journal once, in order, as it was accepted, or the journal says that it is missing; each dictionary has all
     * definitions before it.
     *
     * @return how many records are missing
     */
    int verify(BlockTailer journal) {
        long next = 1;
        missing.clear();
        ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
        while (journal.next()) {
            if (journal.count() == 0 && !journal.isGap()) {
                byte[] part = new byte[journal.recordsLength()];
                journal.records().getBytes(journal.recordsOffset(), part);
                dictionary.writeBytes(part);
                continue;
            }
            if (dictionary.size() > 0) {
                verifyDictionary(dictionary, next);
            }
            if (journal.isGap()) {
                assertThat(journal.gapFrom()).as("gap").isEqualTo(next);
                missing.set((int) next, (int) journal.gapTo() + 1);
                next = journal.gapTo() + 1;
            } else {
                assertThat(journal.firstSequence())
                        .as("first sequence of a block")
                        .isEqualTo(next);
                verifyRecords(journal);
                next += journal.count();
            }
        }
        assertThat(next - 1).as("the journal's end").isEqualTo(records.size());
        return missing.cardinality();
    }

    private void verifyRecords(BlockTailer block) {
        for (int i = 0; i < block.count(); i++) {
            byte[] found = new byte[LENGTH];
            block.records().getBytes(block.recordsOffset() + i * LENGTH, found);
            int at = (int) block.firstSequence() - 1 + i;
            byte[] accepted = at < records.size() ? records.get(at) : null;
            if (accepted == CHECKPOINT) {
                assertThat(isOfType(found, TickDescriptor.CHECKPOINT)).isTrue();
                records.set(at, found);
            } else if (!Arrays.equals(found, accepted)) {
                assertThat(found).as("the record at sequence=%d", at + 1).isEqualTo(accepted);
            }
        }
    }

    /** A kill may have left a part of a dictionary before it. */
    private void verifyDictionary(ByteArrayOutputStream dictionary, long sequence) {
        ByteArrayOutputStream defined = new ByteArrayOutputStream();
        records.subList(0, (int) sequence - 1).stream()
                .filter(record -> isOfType(record, TickDescriptor.DEFINITION))
                .forEach(defined::writeBytes);
        byte[] all = dictionary.toByteArray();
        assertThat(Arrays.copyOfRange(all, Math.max(0, all.length - defined.size()), all.length))
                .as("the dictionary before sequence=%d", sequence)
                .isEqualTo(defined.toByteArray());
        dictionary.reset();
    }

    private static boolean isOfType(byte[] record, byte type) {
        return record != null && record != CHECKPOINT && record[TickDescriptor.TYPE_OFFSET] == type;
    }

    /** A record as bytes. */
    static byte[] bytes(DirectBuffer buffer, long sequence, int source) {
        UnsafeBuffer record = new UnsafeBuffer(new byte[LENGTH]);
        record.putBytes(0, buffer, 0, LENGTH);
        record.putLong(TickDescriptor.SEQUENCE_OFFSET, sequence);
        record.putByte(TickDescriptor.SOURCE_OFFSET, (byte) source);
        return record.byteArray();
    }
}
