package io.tickring.tools.bench;

import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** An actor's table: a HashMap from an instrument's id to a mutable row that keeps all that Tickring's row keeps. One thread's. */
final class ActorState implements TableRows {
    private final Map<Integer, ActorRow> rows = new HashMap<>();
    private volatile long shown;
    private long applied;

    ActorState() {
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            rows.put(id, new ActorRow());
        }
    }

    void apply(TickMessage message) {
        ActorRow row = rows.get(message.instrumentId());
        if (message.type() == TickDescriptor.QUOTE) {
            row.quote(message);
        } else {
            row.trade(message);
        }
        applied++;
    }

    /** Says how much was applied so far; once a batch. */
    void show() {
        shown = applied;
    }

    /** The ticks that {@link #show} said. Any thread. */
    long shown() {
        return shown;
    }

    @Override
    public Map<Field, BigDecimal> row(int instrumentId) {
        return rows.get(instrumentId).fields();
    }
}
