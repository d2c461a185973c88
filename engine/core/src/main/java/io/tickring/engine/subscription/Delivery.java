package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Hands what a source gives to the listener, as far as it was asked for, and counts. The subscriber's thread. */
final class Delivery {
    private final TickListener listener;
    private final InstrumentFilter filter;
    private final SymbolLookup symbols;
    private final boolean quotes;
    private final boolean trades;
    private final Tick tick = new Tick();
    private final PriceRow row = new PriceRow();
    /** Of each instrument that was asked for, the newest tick that is known, given or not; 0 before the first. */
    private long[] newest = new long[64];

    private long delivered;
    private long missed;
    private long folded;
    private boolean listening;
    private boolean isUnnamed;
    private volatile boolean stopped;

    /** @param symbols of instruments whose definition was not given */
    Delivery(SubscriptionContext context, TickListener listener, SymbolLookup symbols) {
        this.listener = listener;
        this.filter = new InstrumentFilter(context.symbols());
        this.symbols = symbols;
        this.quotes = context.quotes();
        this.trades = context.trades();
    }

    /** Gives the record at {@code offset}; answers how many ticks that were. */
    int record(DirectBuffer records, int offset) {
        tick.wrap(records, offset);
        byte type = tick.type();
        if (type == TickDescriptor.DEFINITION) {
            define(tick.instrumentId(), tick.symbol());
            return 0;
        }
        if (type == TickDescriptor.STALE) {
            state();
            return 0;
        }
        if (!TickDescriptor.isTick(type) || !acceptsTick()) {
            return 0;
        }
        newest[tick.instrumentId()] = tick.sequence();
        if (type == TickDescriptor.QUOTE ? !quotes : !trades) {
            return 0;
        }
        delivered++;
        listening = true;
        listener.onTick(tick);
        listening = false;
        return 1;
    }

    /** A tick of an instrument that cannot be named is missed as its definition was. */
    private boolean acceptsTick() {
        boolean accepted = accepts(tick.instrumentId(), tick.sequence());
        if (!accepted && isUnnamed) {
            missed(tick.sequence(), tick.sequence(), MissedCause.LAPPED);
        }
        return accepted;
    }

    /** What is judged is an instrument's newest tick: one that came since makes it live. */
    private void state() {
        int id = tick.instrumentId();
        if (tick.judgedState() != null && accepts(id, tick.sequence()) && newest[id] <= tick.judgedSequence()) {
            listening = true;
            listener.onState(id, tick.judgedState(), tick.sequence(), tick.judgedTimeNs());
            listening = false;
        }
    }

    /** Learns definitions that stand before what is given. */
    void definitions(DirectBuffer records, int count) {
        for (int i = 0; i < count; i++) {
            tick.wrap(records, i << TickDescriptor.LENGTH_SHIFT);
            define(tick.instrumentId(), tick.symbol());
        }
    }

    void missed(long firstSequence, long lastSequence, MissedCause cause) {
        missed += lastSequence - firstSequence + 1;
        listening = true;
        listener.onMissed(firstSequence, lastSequence, cause);
        listening = false;
    }

    void row(PriceRow changed, long foldedTicks) {
        delivered++;
        folded += foldedTicks;
        listening = true;
        listener.onRow(changed, foldedTicks);
        listening = false;
    }

    void snapshot(PriceTableReader table, long sequence) {
        for (int id = 0; id < table.instruments(); id++) {
            define(id, table.symbol(id));
            if (filter.accepts(id) && table.read(id, row)) {
                newest[id] = row.sequence();
            }
        }
        listening = true;
        listener.onSnapshot(table, sequence);
        listening = false;
    }

    /** Whether the instrument is known and was not asked for. */
    boolean refuses(int instrumentId) {
        return filter.isKnown(instrumentId) && !filter.accepts(instrumentId);
    }

    /** As {@link #accepts(int, long)}, of a row of {@code table}. */
    boolean accepts(int instrumentId, PriceTableReader table) {
        if (!filter.isKnown(instrumentId)) {
            define(instrumentId, table.symbol(instrumentId));
        }
        return filter.accepts(instrumentId);
    }

    /** What comes now is of another start of the engine: an id may be another instrument's. */
    void forgetInstruments() {
        filter.clear();
        Arrays.fill(newest, 0);
        symbols.refresh();
    }

    /** Lets a source that gives end at the next tick. Any thread. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether the instrument was asked for; one that is not known is looked up. */
    boolean accepts(int instrumentId, long sequence) {
        isUnnamed = false;
        if (filter.accepts(instrumentId)) {
            return true;
        }
        if (instrumentId >= 0 && !filter.isKnown(instrumentId)) {
            String symbol = symbols.of(instrumentId, sequence);
            if (symbol != null) {
                define(instrumentId, symbol);
                return filter.accepts(instrumentId);
            }
            isUnnamed = symbols.gaveUp();
        }
        return false;
    }

    /** Whether the listener is called, or threw. */
    boolean isListening() {
        return listening;
    }

    long delivered() {
        return delivered;
    }

    long missed() {
        return missed;
    }

    long folded() {
        return folded;
    }

    private void define(int instrumentId, String symbol) {
        listening = true;
        if (filter.define(instrumentId, symbol)) {
            if (instrumentId >= newest.length) {
                newest = Arrays.copyOf(newest, Math.max(2 * newest.length, instrumentId + 1));
            }
            listener.onInstrument(instrumentId, symbol);
        }
        listening = false;
    }
}
