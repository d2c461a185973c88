package io.tickring.engine;

import io.tickring.engine.journaling.GroupCommit;
import io.tickring.engine.journaling.JournalPause;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.TableCopy;
import io.tickring.engine.ring.LatencyRecorder;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickSkipper;
import io.tickring.engine.ring.TickStage;
import io.tickring.engine.status.CounterHandler;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StageLatency;
import io.tickring.engine.subscription.Subscriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The topology: which stage runs where, the supervisor beside them, and how all of them end. In DEDICATED mode each stage has a
 * thread and, where the machine allows, a core; in SHARED mode one thread runs them one after the other. The embedder's stages run
 * beside the engine's, or, where they may skip ticks, one behind the other and before the engine's.
 */
final class EngineThreads {
    static final String FORCE = "force";
    static final String DRAIN = "drain";

    private static final long END_READING_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long END_MS = TimeUnit.SECONDS.toMillis(10);
    private static final long STUCK_END_MS = 200;
    private static final long COPY_WAIT_NS = 20_000;

    private final EngineContext context;
    private final EngineParts parts;
    private final TickStage.FailureListener failures;
    private final TableCopy copy;
    private final JournalPause pause;
    final List<TickProcessor> processors = new ArrayList<>();
    private final List<Thread> handlerThreads = new ArrayList<>();
    private final TickPublisher supervising;
    final Subscriptions subscriptions;
    final Supervisor supervisor;
    private final Thread supervisorThread;
    final GroupCommit groupCommit;
    private final Thread forceThread;
    final SnapshotTaker snapshots;
    private final Thread snapshotThread;
    private TickStage lastThatSkips;
    private boolean endsPaused;
    private boolean journalIsHeld;

    EngineThreads(EngineContext context, EngineParts parts, TickStage.FailureListener failures) {
        this(context, parts, failures, () -> LockSupport.parkNanos(COPY_WAIT_NS));
    }

    /** @param waiting run again and again while the journal's stage waits for the price stage */
    EngineThreads(EngineContext context, EngineParts parts, TickStage.FailureListener failures, Runnable waiting) {
        this.context = context;
        this.parts = parts;
        this.failures = failures;
        this.copy = new TableCopy(context.nanoClock(), waiting);
        this.pause = parts.journal == null ? null : parts.journal.pause(parts.counters, copy);
        CheckpointQueue checkpoints = new CheckpointQueue(parts.counters.checkpointsSkipped);
        snapshots = parts.journal == null || context.snapshotInterval() == 0
                ? null
                : new SnapshotTaker(context, parts, this::hurryForce);
        snapshotThread = newThread(snapshots, "snapshot");
        List<TickStage> stages = stages(checkpoints);
        addProcessors(stages);
        subscriptions = parts.newSubscriptions(context, processorOf(EngineParts.PRICE));
        supervising = parts.ring.newPublisher(
                "supervisor", OverflowPolicy.WAIT, parts.status.newCounter("supervisor: dropped"));
        supervisor = new Supervisor(
                parts.ring,
                supervising,
                checkpoints,
                parts.status,
                parts.counters,
                parts.latencyLog,
                context.nanoClock(),
                new Watches(context, parts, processors, supervising, subscriptions),
                eachSecond());
        supervisorThread = newThread(supervisor, "supervisor");
        groupCommit = groupCommit();
        forceThread = newThread(groupCommit, FORCE);
    }

    void start() {
        if (snapshots != null) {
            snapshots.onRebuilt(parts.recovered.records());
        }
        handlerThreads.forEach(Thread::start);
        supervisorThread.start();
        if (groupCommit != null) {
            forceThread.start();
        }
        if (snapshots != null) {
            snapshotThread.start();
        }
    }

    /** Lets the next force of the journal come at once. */
    void hurryForce() {
        if (groupCommit != null) {
            groupCommit.hurry();
        }
    }

    /**
     * After the ring was closed: every accepted record through every stage, one more checkpoint, and the threads end. What is stuck
     * is named and left behind: it reaches no other stage any more.
     */
    void drainAndStop() {
        boolean drained = drain();
        subscriptions.awaitRead(END_READING_NS);
        parts.ring.endHolding();
        supervisor.stop();
        LockSupport.unpark(supervisorThread);
        joinUninterruptibly(supervisorThread, END_MS);
        if (drained && drain()) {
            publishLastCheckpoint();
            drained = drain();
        }
        processors.forEach(TickProcessor::halt);
        for (int i = 0; i < processors.size(); i++) {
            end(handlerThreads.get(i), processors.get(i), drained ? END_MS : STUCK_END_MS);
        }
        endsPaused =
                drained && pause != null && pause.endAt(doneSequence(), parts.writer, context.storage(), parts.status);
        if (groupCommit != null) {
            endForce();
        }
    }

    /** After {@link #drainAndStop}: whether the journal paused to the end, so that it lacks the newest records. */
    boolean endsPaused() {
        return endsPaused;
    }

    /** What lets the journal's stage pass records over; null without a journal. */
    JournalPause pause() {
        return pause;
    }

    /** Whether a thread that did not end is in the middle of the journal, which then must stay open. */
    boolean journalIsHeld() {
        return journalIsHeld;
    }

    private void end(Thread thread, TickProcessor processor, long timeoutMs) {
        joinUninterruptibly(thread, timeoutMs);
        if (thread.isAlive()) {
            processor.abandon();
            journalIsHeld |= EngineParts.JOURNAL.equals(processor.currentStage());
        }
    }

    private void endForce() {
        groupCommit.stop();
        joinUninterruptibly(forceThread, END_MS);
        if (forceThread.isAlive()) {
            journalIsHeld = true;
            long from = parts.counters.durableSequence.get() + 1;
            failures.onFailure(FORCE, from, 1, new IllegalStateException("the disk does not answer"));
        }
    }

    /** After {@link #drainAndStop}: the snapshot under way ends, and the state as it now stays is kept in another. */
    void endSnapshots(boolean takesLast) {
        if (snapshots == null) {
            return;
        }
        snapshots.stop();
        joinUninterruptibly(snapshotThread, END_MS);
        if (takesLast && !snapshotThread.isAlive()) {
            snapshots.takeLast(doneSequence());
        }
    }

    /** Null where nothing is journaled, or the journal's stage forces by itself. */
    private GroupCommit groupCommit() {
        if (parts.journal == null || context.durability().isEachBlock()) {
            return null;
        }
        EngineCounters counters = parts.counters;
        return new GroupCommit(
                parts.journal,
                context.durability().intervalNs(),
                counters.durableSequence,
                e -> failures.onFailure(FORCE, counters.durableSequence.get() + 1, 1, e));
    }

    /** Every record up to this sequence is through all stages. */
    long doneSequence() {
        return RingDrain.doneSequence(processors);
    }

    static void joinUninterruptibly(Thread thread, long timeoutMs) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join(timeoutMs);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<TickStage> stages(CheckpointQueue checkpoints) {
        EngineCounters counters = parts.counters;
        List<TickStage> stages = new ArrayList<>();
        PriceTableHandler prices = new PriceTableHandler(
                parts.writer,
                context.checkpointInterval(),
                (sequence, digest) -> onCheckpoint(checkpoints, sequence, digest),
                counters.applied,
                counters.unknownInstruments);
        TickHandler copied = (records, offset, first, count) -> {
            prices.onBatch(records, offset, first, count);
            copy.offer(parts.writer, first + count - 1);
        };
        TickStage journal = parts.journal == null
                ? null
                : stage(
                        EngineParts.JOURNAL,
                        parts.journal.handler(counters, context.durability().isEachBlock(), pause),
                        latency(EngineParts.JOURNAL),
                        null);
        boolean journalFirst = context.visible() == Visibility.JOURNALED;
        TickStage price = stage(EngineParts.PRICE, copied, latency(EngineParts.PRICE), journalFirst ? journal : null);
        stages.add(price);
        context.handlersBehindPrices().forEach((name, handler) -> stages.add(stage(name, handler, null, price)));
        if (parts.broadcast != null) {
            stages.add(stage(EngineParts.BROADCAST, parts.broadcast.handler(), null, price.before()));
        }
        addAnalytics(stages, price.before());
        if (journal != null) {
            stages.add(journalFirst ? 0 : stages.size(), journal);
        }
        stages.add(stage(EngineParts.COUNTERS, new CounterHandler(counters), null, null));
        List<TickStage> own = ownStages();
        stages.addAll(skips() ? 0 : stages.size(), own);
        return stages;
    }

    private void addAnalytics(List<TickStage> stages, TickStage before) {
        int workers = parts.figures == null ? 0 : parts.figures.workers();
        for (int worker = 0; worker < workers; worker++) {
            String name = workers == 1 ? EngineParts.ANALYTICS : EngineParts.ANALYTICS + "-" + (worker + 1);
            stages.add(stage(name, parts.figures.handler(worker), null, before));
        }
    }

    /** The embedder's. */
    private List<TickStage> ownStages() {
        return context.handlers().entrySet().stream()
                .map(own -> new TickStage(own.getKey(), own.getValue(), null, failures, null, skipper()))
                .toList();
    }

    private TickSkipper skipper() {
        return skips() ? new TickSkipper(parts.ring, new SkipLog(parts.status)) : null;
    }

    /** Where a journal is republished its records say what is skipped, and its checkpoints count on it. */
    private boolean skips() {
        return context.onThrow() == ThrowPolicy.SKIP && !parts.republishing;
    }

    private void onCheckpoint(CheckpointQueue checkpoints, long sequence, long digest) {
        if (!parts.republishing) {
            checkpoints.offer(sequence, digest);
        }
        if (snapshots != null) {
            snapshots.onCheckpoint(sequence, digest);
        }
    }

    private TickStage stage(String name, TickHandler handler, LatencyRecorder latency, TickStage before) {
        return new TickStage(name, handler, latency, failures, before, null);
    }

    private Runnable eachSecond() {
        if (parts.journal == null) {
            return () -> {};
        }
        DiskWatch disk = new DiskWatch(
                context.storage(),
                context.watermarkBytes(),
                parts.journal,
                pause,
                parts.health,
                gone -> failures.onFailure(EngineParts.JOURNAL, parts.counters.durableSequence.get() + 1, 1, gone));
        disk.look();
        return disk::look;
    }

    private StageLatency latency(String stage) {
        return parts.latencies.stream()
                .filter(latency -> latency.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    /** Who lingers for the journal does so on a thread of its own: no other stage waits with it. */
    private void addProcessors(List<TickStage> stages) {
        if (parts.plan.threading() == ThreadingMode.DEDICATED) {
            stages.forEach(stage -> addProcessor(stage.name(), List.of(stage)));
        } else if (context.lingerNs() == 0) {
            addProcessor("handlers", stages);
        } else {
            List<TickStage> rest = new ArrayList<>(stages);
            List<TickStage> first = stages.stream().filter(TickStage::skips).toList();
            rest.removeAll(first);
            List<TickStage> journal =
                    rest.stream().filter(EngineThreads::isJournal).toList();
            rest.removeAll(journal);
            addProcessor("own handlers", first);
            addProcessor(EngineParts.JOURNAL, journal);
            addProcessor("handlers", rest);
        }
    }

    /** The one that carries a stage. */
    TickProcessor processorOf(String stage) {
        return processors.stream()
                .filter(processor -> processor.carries(stage))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isJournal(TickStage stage) {
        return stage.name().equals(EngineParts.JOURNAL);
    }

    /** Behind the processor of the stage that its first stage depends on, or else behind the last one that skips, if there is one. */
    private void addProcessor(String role, List<TickStage> stages) {
        if (stages.isEmpty()) {
            return;
        }
        int number = processors.size();
        TickStage before =
                stages.get(0).before() == null ? lastThatSkips : stages.get(0).before();
        TickProcessor behind = processors.stream()
                .filter(other -> before != null && other.carries(before))
                .findFirst()
                .orElse(null);
        long lingerNs = stages.size() == 1 && isJournal(stages.get(0)) ? context.lingerNs() : 0;
        TickProcessor processor = parts.ring.newProcessor(stages, behind, lingerNs);
        processors.add(processor);
        for (TickStage stage : stages) {
            lastThatSkips = stage.skips() ? stage : lastThatSkips;
        }
        handlerThreads.add(newThread(() -> runPinned(number, processor), role));
    }

    /** A throw that nothing on the thread has caught halts the engine as one in a stage does. */
    private Thread newThread(Runnable loop, String role) {
        Thread thread = new Thread(loop, role);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> failures.onFailure(role, 0, 0, cause));
        return thread;
    }

    private void runPinned(int number, TickProcessor processor) {
        String problem = parts.plan.pin(number);
        if (problem != null) {
            parts.status.onError(new UncheckedIOException(new IOException(problem)));
        }
        processor.run();
    }

    private boolean drain() {
        return RingDrain.await(
                parts.ring,
                processors,
                (at, held) -> failures.onFailure(DRAIN, at, 1, new IllegalStateException(held)));
    }

    void publishLastCheckpoint() {
        long last = parts.ring.lastClaimedSequence();
        if (last >= parts.firstSequence && doneSequence() == last && !parts.ring.endsInCheckpoint()) {
            supervisor.publishCheckpoint(last, parts.writer.digest());
        }
    }
}
