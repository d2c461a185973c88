package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rows in a ConcurrentHashMap that never change once they are in it: each quote puts a new one in the old one's place, a reader takes it as it is. */
final class ConcurrentRows implements RowDesign.Rows {
    private final Map<Integer, ActorRow> rows = new ConcurrentHashMap<>();

    ConcurrentRows() {
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
            private ActorRow row;

            @Override
            public boolean read(int instrumentId) {
                row = rows.get(instrumentId);
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
