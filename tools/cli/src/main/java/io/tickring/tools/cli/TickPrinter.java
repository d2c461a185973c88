package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The stage of a replay that counts records and prints ticks. A stream that takes no more ends the printing, not the
 * stage. The counts belong to the stage's thread; another may read them while nothing is in the ring.
 */
final class TickPrinter implements ReplayStage {
    /** How many records of each kind have passed; {@code others} are no ticks, {@code skipped} ones among them. */
    record Counts(long quotes, long trades, long others, long skipped) {
        long ticks() {
            return quotes + trades;
        }
    }

    private final TickFormat format;
    private final LineBuffer line;
    private final boolean prompt;
    private final Tick tick = new Tick();
    private boolean begun;
    private long quotes;
    private long trades;
    private long others;
    private long skipped;
    private Counts counts = new Counts(0, 0, 0, 0);
    private volatile long doneSequence;
    private volatile Exception failure;

    /**
     * @param format null to print nothing
     * @param prompt whether somebody waits for each tick: then no batch is held back
     */
    TickPrinter(TickFormat format, LineBuffer line, boolean prompt) {
        this.format = format;
        this.line = line;
        this.prompt = prompt;
    }

    @Override
    public void defineAll(DirectBuffer definitions, int count) {
        for (int i = 0; i < count; i++) {
            define(tick.wrap(definitions, i << TickDescriptor.LENGTH_SHIFT));
        }
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        if (failure != null) {
            return;
        }
        try {
            for (int i = 0; i < count; i++) {
                onRecord(tick.wrap(records, offset + (i << TickDescriptor.LENGTH_SHIFT)));
            }
            if (prompt) {
                line.flush();
            }
            doneSequence = firstSequence + count - 1;
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** Counts no more, and sends what is still gathered. */
    @Override
    public void end() throws IOException {
        counts = new Counts(quotes, trades, others, skipped);
        line.flush();
    }

    @Override
    public boolean hasWorkers() {
        return false;
    }

    @Override
    public long doneSequence() {
        return doneSequence;
    }

    @Override
    public Exception failure() {
        return failure;
    }

    /** What was counted until the end. */
    Counts counts() {
        return counts;
    }

    private void onRecord(Tick record) throws IOException {
        switch (record.type()) {
            case TickDescriptor.QUOTE -> {
                quotes++;
                print(record);
            }
            case TickDescriptor.TRADE -> {
                trades++;
                print(record);
            }
            case TickDescriptor.DEFINITION -> {
                others++;
                define(record);
            }
            case TickDescriptor.SKIP -> {
                others++;
                skipped++;
            }
            default -> others++;
        }
    }

    private void print(Tick record) throws IOException {
        if (format == null) {
            return;
        }
        if (!begun) {
            format.begin(line);
            begun = true;
        }
        format.write(record, line);
    }

    private void define(Tick definition) {
        if (format != null) {
            format.define(definition.instrumentId(), definition.symbol());
        }
    }
}
