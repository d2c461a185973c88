package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows in a ConcurrentHashMap that never change once they are in it: each quote puts a new one in the old one's place. A reader
 * copies the row, or takes it as it is. What is older than its time to live is not had.
 */
final class ConcurrentRows implements RowDesign.Rows {
    private final Map<Integer, ActorRow> rows = new ConcurrentHashMap<>();

    private final boolean copies;
    private final TimeToLive timeToLive;

    ConcurrentRows(boolean copies, TimeToLive timeToLive) {
        this.copies = copies;
        this.timeToLive = timeToLive;
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            rows.put(id, new ActorRow(timeToLive.stamp()));
        }
    }

    @Override
    public void write(TickSet set, long first, int count) {
        for (long number = first; number < first + count; number++) {
            Tick quote = set.tick(number);
            Integer id = quote.instrumentId();
            ActorRow next = new ActorRow();
            next.copyFrom(rows.get(id));
            next.quote(quote);
            next.written(timeToLive.stamp());
            rows.put(id, next);
        }
    }

    @Override
    public RowDesign.RowReading reading() {
        return new RowDesign.RowReading() {
            private final ActorRow copy = new ActorRow();
            private ActorRow row = copy;

            @Override
            public boolean read(int instrumentId) {
                ActorRow found = rows.get(instrumentId);
                if (copies) {
                    copy.copyFrom(found);
                } else {
                    row = found;
                }
                return timeToLive.isLive(found.writtenNs());
            }

            @Override
            public boolean isBound() {
                return row.isBound();
            }
        };
    }

    @Override
    public TableRows rows() {
        return id -> rows.get(id).fields();
    }
}
