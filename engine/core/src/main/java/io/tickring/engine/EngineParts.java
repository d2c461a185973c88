package io.tickring.engine;

import io.tickring.engine.analytics.FiguresFile;
import io.tickring.engine.broadcast.BroadcastFile;
import io.tickring.engine.journaling.DefinitionLog;
import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRecovery;
import io.tickring.engine.journaling.RecoveredState;
import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.LatencyLog;
import io.tickring.engine.status.StageLatency;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.subscription.Subscriptions;
import io.tickring.engine.subscription.WhenBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Everything an engine owns, built in numbered steps and let go in the reverse order. */
final class EngineParts {
    static final String PRICE = "price";
    static final String BROADCAST = "broadcast";
    static final String ANALYTICS = "analytics";
    static final String JOURNAL = "journal";
    static final String COUNTERS = "counters";

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);

    final CorePlan plan;
    final EngineJournal journal;
    final StatusWriter status;
    final EngineHealth health;
    final StartLog starts;
    final EngineCounters counters;
    final UnsafeBuffer table;
    final PriceTableWriter writer;
    /** Null where it is off. */
    final BroadcastFile broadcast;
    /** Null where none are kept. */
    final FiguresFile figures;

    final long firstSequence;
    final TickRing ring;
    final List<StageLatency> latencies;
    final LatencyLog latencyLog;
    /** Where the state of this start came from. */
    final RecoveredState recovered;

    final Startup.Timer start = new Startup.Timer();
    /** Whether the one feed brings its own sequences and checkpoints. */
    final boolean republishing;

    private final Deque<AutoCloseable> owned;

    /** @param degraded told when the engine becomes degraded, as {@link EngineHealth} tells it. */
    static EngineParts build(EngineContext context, Consumer<StateReason> degraded) throws IOException {
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        Refusal refusal = new Refusal(context);
        try {
            return new EngineParts(context, owned, refusal, degraded);
        } catch (Throwable e) {
            owned.forEach(part -> letGo(part, e));
            if (!(e instanceof OutOfMemoryError)) {
                refusal.show(e);
            }
            throw e;
        }
    }

    /** An error is not to keep what stands behind it, a lock above all. */
    private static void letGo(AutoCloseable part, Throwable cause) {
        try {
            part.close();
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
    }

    private EngineParts(
            EngineContext context, Deque<AutoCloseable> owned, Refusal refusal, Consumer<StateReason> degraded)
            throws IOException {
        this.owned = owned;
        EpochClock clock = context.epochClock();
        Path data = context.dataDirectory();
        Path live = context.liveDirectory();

        // 1. The plan for this machine, and settings that only the parts can check.
        int stages = (context.journaling() ? 3 : 2)
                + (context.broadcastBytes() > 0 ? 1 : 0)
                + (context.analytics == null ? 0 : context.analytics.workers())
                + context.handlers().size()
                + context.handlersBehindPrices().size();
        plan = CorePlan.of(stages, context.feeds(), context.threading(), context.waitMode());
        InstrumentRegistry instruments = new InstrumentRegistry(context.instruments());
        TickRing.checkCapacity(context.ringCapacity());

        // 2. The folders, under their locks; the journal's last sequence decides where this run begins.
        if (live != null && !live.equals(data)) {
            own(EngineJournal.lock(live));
        }
        JournalFeed republished = context.republished();
        long beginning = republished == null ? 1 : republished.firstSequence();
        journal = context.journaling()
                ? own(EngineJournal.open(context.storage(), context.roll(), clock, republished))
                : lockOnly(data);
        boolean empty = journal == null || journal.isNew() || journal.nextSequence() == 1;
        firstSequence = journal == null ? beginning : journal.nextSequence();
        starts = openStarts(context);
        start.done("journal");

        // 3. The public files, built under other names; the status is shown as that of an engine that starts.
        PriceTableFile prices = live == null ? null : PriceTableFile.build(live, context.instruments());
        if (prices != null) {
            own(prices::discard);
        }
        broadcast = buildBroadcast(live, context.broadcastBytes());
        figures = buildFigures(live, context);
        StatusWriter building = live == null ? StatusWriter.inMemory(clock) : StatusWriter.build(live, clock);
        own(building::discard);
        status = building;
        health = new EngineHealth(status, degraded);
        counters = new EngineCounters(status);
        tellOfOpening();
        showSequences();
        long incarnation = journal == null ? clock.time() : journal.incarnation();
        status.show(incarnation, journalId());
        refusal.shown(status);
        table = prices == null ? PriceTableFile.inMemory(context.instruments()) : prices.buffer();
        writer = new PriceTableWriter(table, context.instruments());
        start.done("files");

        // 4. The state as the journal has it.
        writer.tellTime(TimeUnit.MILLISECONDS.toNanos(clock.time()));
        PriceTableHandler recovering = recoveringHandler(clock);
        republishing = empty && republished != null && firstSequence == beginning;
        recovered =
                journal == null || journal.isNew() ? RecoveredState.NOTHING : recover(context, recovering, instruments);
        if (republishing) {
            republished.republish();
            takeOverDefinitions(republished, recovering, instruments);
        }
        writer.applied(firstSequence - 1);
        if (figures != null) {
            figures.applied(firstSequence - 1);
        }
        counters.staleInstruments.set(PriceTableReader.over(table).staleInstruments());
        forceWhatWasFound(context.durability().isEachBlock());
        start.done("state");

        // 5. The ring, the latencies, and the table and the broadcast under their names.
        ring = new TickRing(context.ringCapacity(), plan.waitMode(), firstSequence, instruments);
        counters.ringCapacity.set(ring.capacity());
        latencies = new ArrayList<>(List.of(new StageLatency(PRICE, status)));
        if (journal != null) {
            latencies.add(new StageLatency(JOURNAL, status));
        }
        latencyLog = openLatencyLog(context, clock.time());
        writer.publish(incarnation, journalId(), ProcessHandle.current().pid(), clock.time());
        if (prices != null) {
            prices.show();
        }
        showBroadcast(live, incarnation, clock.time());
        showFigures(live, incarnation, clock.time());
        health.running();
        start.done("ring");
    }

    private BroadcastFile buildBroadcast(Path live, int capacityBytes) throws IOException {
        if (capacityBytes == 0) {
            return null;
        }
        BroadcastFile file = BroadcastFile.build(live, capacityBytes);
        own(file::discard);
        return file;
    }

    private void showBroadcast(Path live, long incarnation, long nowMs) throws IOException {
        if (broadcast != null) {
            broadcast.show(incarnation, journalId(), ProcessHandle.current().pid(), nowMs, firstSequence);
        } else if (live != null) {
            BroadcastFile.remove(live);
        }
    }

    private FiguresFile buildFigures(Path live, EngineContext context) throws IOException {
        if (context.analytics == null) {
            return null;
        }
        FiguresFile file = FiguresFile.build(live, context.analytics, context.instruments());
        own(file::discard);
        return file;
    }

    private void showFigures(Path live, long incarnation, long nowMs) throws IOException {
        if (figures != null) {
            figures.show(incarnation, journalId(), ProcessHandle.current().pid(), nowMs);
        } else if (live != null) {
            FiguresFile.remove(live);
        }
    }

    /** Of an engine whose readers of the ring come behind {@code prices}. */
    Subscriptions newSubscriptions(EngineContext context, TickProcessor prices) {
        return new Subscriptions(
                status,
                PriceTableReader.over(table),
                journal == null ? null : context.dataDirectory(),
                broadcast == null ? null : broadcast::reader,
                policy -> policy == WhenBehind.HOLD ? prices.newHoldingReader() : prices.newReader(0),
                context.nanoClock(),
                context.idleLimit().toNanos());
    }

    private StartLog openStarts(EngineContext context) {
        StartLog log = new StartLog(context.dataDirectory());
        if (context.liveDirectory() != null && context.crashLoop() != null) {
            log.addFrom(context.liveDirectory());
        }
        log.refuseLoop(context.crashLoop(), context.epochClock().time());
        return log;
    }

    private void tellOfOpening() {
        if (journal == null) {
            return;
        }
        journal.notices().forEach(notice -> status.onError(new Notice(notice)));
        if (!journal.sealed().isEmpty()) {
            counters.tornTails.increment();
            status.onError(new Notice(journal.sealed()));
        }
    }

    private void showSequences() {
        counters.acceptedSequence.set(firstSequence - 1);
        if (journal != null) {
            counters.journaledSequence.set(firstSequence - 1);
            counters.durableSequence.set(journal.durableSequence());
        }
    }

    /**
     * What an earlier run left unforced is durable before the first block of this one, where each block is; but only once it was read
     * and found sound, for what is called durable is never given up again.
     */
    private void forceWhatWasFound(boolean forcesEachBlock) {
        if (journal != null && forcesEachBlock) {
            counters.durableSequence.set(journal.force());
        }
    }

    private RecoveredState recover(EngineContext context, PriceTableHandler recovering, InstrumentRegistry instruments)
            throws IOException {
        return journal.recover(
                recovering,
                figures,
                instruments,
                !context.rebuilding(),
                (sequence, lastSequence) -> {
                    status.heartbeat();
                    context.recoveryProgress().onProgress(sequence, lastSequence);
                },
                notice -> status.onError(new Notice(notice)));
    }

    /**
     * Closes everything in reverse order; the status file can still be written to.
     *
     * @param journalIsHeld whether a thread is stuck in the journal, which then is left open until the process ends
     */
    void close(boolean journalIsHeld) {
        if (journalIsHeld) {
            owned.remove(journal);
        }
        status.heartbeat();
        owned.forEach(part -> CloseHelper.close(status, part));
    }

    private long journalId() {
        return journal == null ? 0 : journal.journalId();
    }

    private PriceTableHandler recoveringHandler(EpochClock clock) {
        EngineCounters uncounted = new EngineCounters(StatusWriter.inMemory(clock));
        return new PriceTableHandler(
                writer, Long.MAX_VALUE, (sequence, digest) -> {}, uncounted.applied, uncounted.unknownInstruments);
    }

    private void takeOverDefinitions(JournalFeed source, PriceTableHandler recovering, InstrumentRegistry instruments) {
        int count = source.definitionsBeforeCount();
        JournalRecovery recovery = new JournalRecovery(
                recovering, figures == null ? null : figures.recovering(), instruments, new DefinitionLog());
        recovery.onBlock(firstSequence - count, count, source.definitionsBefore(), 0);
    }

    private LatencyLog openLatencyLog(EngineContext context, long nowMs) throws IOException {
        Path data = context.dataDirectory();
        if (data == null) {
            return own(LatencyLog.inMemory(latencies));
        }
        Path file = data.resolve("latency-" + FILE_TIME.format(Instant.ofEpochMilli(nowMs)) + ".hlog");
        return own(LatencyLog.open(file, latencies, nowMs, RunConditions.of(context, plan), () -> {
            counters.latencyLogFailures.increment();
            status.onError(new Notice("file=" + file + " is incomplete: the disk did not take all of the latency log"));
        }));
    }

    private EngineJournal lockOnly(Path data) throws IOException {
        if (data != null) {
            own(EngineJournal.lock(data));
        }
        return null;
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }
}
