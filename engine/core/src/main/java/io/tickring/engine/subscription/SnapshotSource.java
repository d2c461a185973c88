package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A snapshot of an engine's table and then its journal, outside the engine's process. Begins anew while another start puts another
 * table in the place of the one that was copied: the journal may never come to what a killed engine had applied.
 */
final class SnapshotSource implements Source {
    private final Path data;
    private final ReaderFile place;
    private final LongSupplier head;
    private final CurrentTable current;
    private volatile RecordSource records;

    /** @param place null where none is kept */
    SnapshotSource(Path data, PriceTableReader table, ReaderFile place) {
        this.data = data;
        this.current = new CurrentTable(table);
        this.place = place;
        this.head = new TableHead(table);
        this.records = begin();
    }

    @Override
    public int poll(Delivery delivery, int limit) throws Exception {
        if (records.awaitsSnapshot() && current.movesOn()) {
            records.close();
            records = begin();
        }
        return records.poll(delivery, limit);
    }

    @Override
    public long position() {
        return records.position();
    }

    @Override
    public long begunBehind() {
        return records.begunBehind();
    }

    @Override
    public long head() {
        return head.getAsLong();
    }

    @Override
    public boolean hasMore() {
        return records.hasMore();
    }

    @Override
    public void close() {
        records.close();
    }

    private RecordSource begin() {
        return RecordSource.ofSnapshotAndJournal(data, current.table(), head, place);
    }
}
