package io.tickring.engine.request;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.tick.PriceState;

/** Reads statistics off a snapshot. */
final class StatisticsReading {
    private StatisticsReading() {}

    static Statistics of(TableSnapshot snapshot, RequestSources sources) {
        PriceTableReader table = snapshot.table();
        PriceRow row = new PriceRow();
        long quotes = 0;
        long trades = 0;
        long timeBack = 0;
        long repeatedIds = 0;
        long idGaps = 0;
        long crossed = 0;
        long locked = 0;
        int stale = 0;
        for (int id = 0; id < table.instruments(); id++) {
            table.read(id, row);
            quotes += row.quotes();
            trades += row.trades();
            timeBack += row.receiveTimeBack();
            repeatedIds += row.repeatedIds();
            idGaps += row.idGaps();
            crossed += row.crossed();
            locked += row.locked();
            stale += row.state() == PriceState.LIVE ? 0 : 1;
        }
        EngineCounters counters = sources.counters();
        return new Statistics(
                snapshot.sequence(),
                table.instruments(),
                quotes,
                trades,
                timeBack,
                repeatedIds,
                idGaps,
                crossed,
                locked,
                stale,
                sources.ring().lastClaimedSequence(),
                counters.journaledSequence.get(),
                counters.durableSequence.get());
    }
}
