package io.tickring.engine.request;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.status.EngineCounters;

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
        for (int id = 0; id < table.instruments(); id++) {
            table.read(id, row);
            quotes += row.quotes();
            trades += row.trades();
            timeBack += row.receiveTimeBack();
            repeatedIds += row.repeatedIds();
        }
        EngineCounters counters = sources.counters();
        return new Statistics(
                snapshot.sequence(),
                table.instruments(),
                quotes,
                trades,
                timeBack,
                repeatedIds,
                sources.ring().lastClaimedSequence(),
                counters.journaledSequence.get(),
                counters.durableSequence.get());
    }
}
