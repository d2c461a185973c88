package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;

/** A way from a publisher through an engine's ring and a stage to a subscriber, in this process or another. */
record SubscribeWay(SubscribeKind kind, boolean otherProcess) {
    /** The publisher, the engine's stages on one thread, and the subscriber. */
    static final int BUSY_THREADS = 3;

    /** The engine's folder, within that of a run. */
    static final String DATA = "data";

    private static final Path MEMORY = Path.of("/dev/shm");

    /** Tickring's first in each place, which the others are set against. */
    static List<SubscribeWay> all() {
        return List.of(
                new SubscribeWay(SubscribeKind.EVERY, false),
                new SubscribeWay(SubscribeKind.LATEST, false),
                new SubscribeWay(SubscribeKind.LOSSLESS, false),
                new SubscribeWay(SubscribeKind.AERON, false),
                new SubscribeWay(SubscribeKind.CHRONICLE, false),
                new SubscribeWay(SubscribeKind.EVERY, true),
                new SubscribeWay(SubscribeKind.LATEST, true),
                new SubscribeWay(SubscribeKind.LOSSLESS, true),
                new SubscribeWay(SubscribeKind.AERON, true),
                new SubscribeWay(SubscribeKind.CHRONICLE, true));
    }

    String name() {
        return kind.title() + ", " + place();
    }

    String place() {
        return otherProcess ? "another process" : "this process";
    }

    /** Whether the subscriber follows the journal: a lossless one in the engine's process reads the ring. */
    private boolean readsJournal() {
        return kind == SubscribeKind.LOSSLESS && otherProcess;
    }

    /** How each of the busy threads waits. */
    static IdleStrategy idle() {
        return Waiting.strategy(BUSY_THREADS);
    }

    /**
     * Warms up, then sends the ticks of a rung at their times and waits until the subscriber has them.
     *
     * @param folder empty
     * @throws BenchException if a tick was lost, doubled or missed
     */
    LatencyRun run(Path folder, TickSet set, LatencyRung rung) throws IOException {
        try (WorkFolder live = WorkFolder.create(Files.isWritable(MEMORY) ? MEMORY : folder);
                SubscribeHop hop = kind.hop(folder, live.path())) {
            EngineContext context = new EngineContext()
                    .dataDirectory(folder.resolve(DATA))
                    .liveDirectory(live.path())
                    .journaling(readsJournal())
                    .instruments(TickSet.INSTRUMENTS)
                    .checkpointInterval(EngineOutcome.NO_CHECKPOINTS)
                    .threading(ThreadingMode.SHARED)
                    .waitMode(Waiting.maySpin(BUSY_THREADS) ? WaitMode.BUSY_SPIN : WaitMode.YIELD);
            hop.addTo(context);
            try (Engine engine = Engine.launch(context);
                    Subscriber subscriber = subscribe(engine, hop.address(), rung)) {
                hop.awaitReceiver();
                return send(engine, subscriber, set, rung);
            }
        }
    }

    private Subscriber subscribe(Engine engine, String address, LatencyRung rung) throws IOException {
        long ticks = rung.warmUpTicks() + rung.ticks();
        return otherProcess
                ? SubscriberProcess.start(kind, address, rung.warmUpTicks(), ticks)
                : SubscriberThread.start(kind, engine, address, rung.warmUpTicks(), ticks, idle());
    }

    private LatencyRun send(Engine engine, Subscriber subscriber, TickSet set, LatencyRung rung) throws IOException {
        TickPublisher publisher = engine.newPublisher("bench");
        TickSet.define(publisher);
        Runnable waiting = Waiting.maySpin(BUSY_THREADS) ? Thread::onSpinWait : Thread::yield;
        Schedule warmUp = rung.warmUp(System.nanoTime());
        warmUp.send(inlet(publisher, set, warmUp), System::nanoTime, waiting);
        Schedule due = rung.schedule(System.nanoTime());
        long tookNs = due.send(inlet(publisher, set, due), System::nanoTime, waiting);
        Subscriber.Received received = subscriber.await();
        long measured = received.latenciesNs().getTotalCount();
        if (received.missed() > 0 || (kind.isConflating() ? measured == 0 : measured != rung.ticks())) {
            throw new BenchException("peer=" + name() + " missed=" + received.missed() + " received=" + measured
                    + " expected=" + rung.ticks() + ": not each tick came");
        }
        return new LatencyRun(List.of(received.latenciesNs()), tookNs, due.lengthNs(), BUSY_THREADS);
    }

    /** A tick's receive time is when it is due, so that whoever receives it knows how long it took. */
    private static Inlet inlet(TickPublisher publisher, TickSet set, Schedule due) {
        return (first, count) -> {
            if (publisher.awaitClaim(1) < 0) {
                throw new BenchException("bench=" + SubscribeBench.NAME + ": the engine stopped taking ticks");
            }
            Tick tick = set.tick(first);
            publisher
                    .claim()
                    .tick(0)
                    .quote(
                            tick.instrumentId(),
                            TickDescriptor.NO_TIME,
                            due.dueNs(first),
                            tick.bid(),
                            tick.ask(),
                            tick.bidSize(),
                            tick.askSize());
            publisher.claim().commit();
        };
    }
}
