package io.tickring.engine.analytics;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The figures over a stretch of the stream, on several threads: those that a live engine keeps, bit for bit, and of each instrument also
 * all bars of the first kind and all returns, if they are asked for. One thread gives records and ends it.
 *
 * <p>Design note: records are gathered, then sorted by instrument, then worked on by instrument, so an instrument sees its records in
 * order whoever works on it, and nothing depends on how the work is shared.
 */
public final class Analysis implements TickHandler {
    /** 1 MiB of records: they are read in another order than they lie in, so they must stay in a core's own cache. */
    private static final int WINDOW = 1 << 14;

    /** What may be kept of each instrument beside its figures. */
    public enum History {
        /** All bars of the first kind. */
        BARS,
        /** All returns, whose correlation then is found. */
        RETURNS
    }

    private final Workers workers;
    private final boolean keepsBars;
    private final boolean keepsReturns;
    private final FiguresShape shape;
    private final UnsafeBuffer table;
    private final FiguresWriter writer;
    private final int capacity;
    private final UnsafeBuffer window =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(WINDOW * TickDescriptor.LENGTH, TickDescriptor.LENGTH));
    private final int[] ids = new int[WINDOW];
    private final int[] order = new int[WINDOW];
    /** Of each instrument, behind its last record in the order. */
    private final int[] ends;

    private final int[] active;
    private final BarHistory[] bars;
    private final ReturnSeries[] returns;
    private final ThreadLocal<Tick> ticks = ThreadLocal.withInitial(Tick::new);
    private final Tick tick = new Tick();
    private int gathered;
    private int instruments;
    private long unknown;

    /**
     * @param capacity how many instruments there may be
     * @param kept what is kept beside the figures
     */
    public Analysis(AnalyticsContext context, int capacity, Workers workers, Set<History> kept) {
        this.workers = workers;
        this.keepsBars = kept.contains(History.BARS);
        this.keepsReturns = kept.contains(History.RETURNS);
        this.capacity = capacity;
        this.shape = FiguresShape.of(context);
        this.table = new UnsafeBuffer(BufferUtil.allocateDirectAligned(shape.lengthBytes(capacity), 64));
        this.writer = new FiguresWriter(table, shape, capacity, new Keeping());
        this.ends = new int[capacity];
        this.active = new int[capacity];
        this.bars = new BarHistory[capacity];
        this.returns = new ReturnSeries[capacity];
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        for (int i = 0; i < count; i++) {
            gather(records, offset + (i << TickDescriptor.LENGTH_SHIFT));
        }
    }

    private void gather(DirectBuffer records, int offset) {
        tick.wrap(records, offset);
        byte type = tick.type();
        if (type == TickDescriptor.DEFINITION) {
            define();
        } else if (TickDescriptor.isTick(type)) {
            int id = tick.instrumentId();
            if (!writer.hasRow(id) || bars[id] == null) {
                unknown++;
                return;
            }
            window.putBytes(gathered << TickDescriptor.LENGTH_SHIFT, records, offset, TickDescriptor.LENGTH);
            ids[gathered++] = id;
            if (gathered == WINDOW) {
                work();
            }
        }
    }

    private void define() {
        int id = tick.instrumentId();
        if (!writer.hasRow(id)) {
            unknown++;
            return;
        }
        writer.apply(tick);
        if (bars[id] == null) {
            bars[id] = new BarHistory(shape.intervalNs(0));
            returns[id] = new ReturnSeries();
        }
        instruments = Math.max(instruments, id + 1);
        writer.tellInstruments(instruments);
    }

    /** A counting sort by instrument keeps the order within one. */
    private void work() {
        Arrays.fill(ends, 0, instruments, 0);
        for (int i = 0; i < gathered; i++) {
            ends[ids[i]]++;
        }
        int count = 0;
        int end = 0;
        for (int id = 0; id < instruments; id++) {
            int records = ends[id];
            if (records > 0) {
                active[count++] = id;
            }
            ends[id] = end;
            end += records;
        }
        for (int i = 0; i < gathered; i++) {
            order[ends[ids[i]]++] = i;
        }
        int begin = 0;
        int[] begins = new int[count];
        for (int i = 0; i < count; i++) {
            begins[i] = begin;
            begin = ends[active[i]];
        }
        workers.run(count, i -> apply(begins[i], ends[active[i]]));
        gathered = 0;
    }

    private void apply(int from, int to) {
        Tick mine = ticks.get();
        for (int i = from; i < to; i++) {
            writer.apply(mine.wrap(window, order[i] << TickDescriptor.LENGTH_SHIFT));
        }
    }

    /** What was found; nothing may be given any more. */
    public AnalysisResult end() {
        return end((done, all) -> {});
    }

    /** As {@link #end()}; {@code progress} is told of the pairs that are correlated, the longest part where instruments are many. */
    public AnalysisResult end(Correlation.Progress progress) {
        work();
        FiguresReader reader = FiguresReader.over(table);
        List<AnalysisResult.Instrument> found = new ArrayList<>();
        for (int id = 0; id < instruments; id++) {
            InstrumentFigures figures = reader.newFigures();
            reader.read(id, figures);
            if (figures.ticks() > 0) {
                endHistories(id, figures);
                found.add(new AnalysisResult.Instrument(figures, bars[id], returns[id]));
            }
        }
        List<ReturnSeries> series = keepsReturns
                ? found.stream().map(AnalysisResult.Instrument::returns).toList()
                : List.of();
        Correlation correlation = Correlation.of(series, workers, progress);
        return new AnalysisResult(found, correlation, reader.digest(), unknown);
    }

    private void endHistories(int id, InstrumentFigures figures) {
        if (keepsReturns) {
            figures.endReturns(returns[id]);
        }
        if (keepsBars) {
            bars[id].end(figures.bars(0));
        }
    }

    /** Keeps bars and returns; of each instrument on the thread that works on it. */
    private final class Keeping implements FiguresListener {
        @Override
        public void onBar(int id, int kind, DirectBuffer rows, int slot) {
            if (keepsBars && kind == 0) {
                bars[id].add(Bar.at(rows, slot));
            }
        }

        @Override
        public void onLate(int id, int kind, long startNs) {
            if (keepsBars && kind == 0) {
                bars[id].addLate(startNs);
            }
        }

        @Override
        public void onReturn(int id, long firstStep, long step, double logReturn) {
            if (keepsReturns) {
                returns[id].add(firstStep, step, logReturn);
            }
        }
    }
}
