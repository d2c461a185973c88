package io.tickring.engine.analytics;

import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The figures as the stages of an engine keep them, in memory. */
final class LiveFigures {
    private LiveFigures() {}

    static FiguresFile empty(AnalyticsContext context, int workers, int capacity) {
        try {
            return FiguresFile.build(null, context.workers(workers), capacity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of {@code ticks}, worker by worker, in batches of several lengths. */
    static FiguresFile of(RandomTicks ticks, int workers) {
        FiguresFile file = empty(ticks.context, workers, ticks.instruments);
        for (int worker = 0; worker < workers; worker++) {
            apply(file.handler(worker), ticks, 1, ticks.count);
        }
        return file;
    }

    /** Sequences {@code first} to {@code last} of {@code ticks}, inclusive. */
    static void apply(FiguresHandler handler, RandomTicks ticks, long first, long last) {
        int batch = 1;
        for (long sequence = first; sequence <= last; sequence += batch) {
            batch = (int) Math.min(1 + sequence % 97, last - sequence + 1);
            handler.onBatch(ticks.records, (int) (sequence - 1) * TickDescriptor.LENGTH, sequence, batch);
        }
    }
}
