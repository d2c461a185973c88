package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rows in a ConcurrentHashMap that never change once they are in it: each quote puts a new one in the old one's place. A reader copies the row, or takes it as it is. */
final class ConcurrentRows implements RowDesign.Rows {
    private final Map<Integer, ActorRow> rows = new ConcurrentHashMap<>();

    private final boolean copies;

    ConcurrentRows(boolean copies) {
        this.copies = copies;
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            rows.put(id, new ActorRow());
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
                return true;
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
