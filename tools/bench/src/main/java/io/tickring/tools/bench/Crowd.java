package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.subscription.WhenBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;

/** All subscribers of a crowd on one engine: in its process, outside it, one that is stuck and one that throws. */
final class Crowd implements AutoCloseable {
    private static final long LOOK_NS = 1_000_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final String STUCK = "stuck";

    /** The engine's gauge of its subscriptions. */
    private static final String OPEN = "subscriptions";

    private final List<CrowdReader> inside = new ArrayList<>();
    private final CrowdReader throwing = new CrowdReader("throwing", true);
    private final Engine engine;
    private final SecondJvm outside;
    private Subscription stuck;

    private Crowd(Engine engine, SecondJvm outside) {
        this.engine = engine;
        this.outside = outside;
    }

    /** Lets all of them subscribe to {@code engine}, whose folder is {@code data}; returns when all read. */
    static Crowd join(Engine engine, Path data, CrowdSize size) throws IOException {
        Crowd crowd =
                new Crowd(engine, SecondJvm.start(CrowdMain.class, data.toString(), Integer.toString(size.outside())));
        try {
            crowd.begin(size);
            return crowd;
        } catch (IOException | RuntimeException e) {
            crowd.close();
            throw e;
        }
    }

    private void begin(CrowdSize size) throws IOException {
        stuck = engine.subscribe(lossless(WhenBehind.DISCONNECT).name(STUCK), new TickListener() {});
        join("every", size.every(), new SubscriptionContext());
        join("latest", size.latest(), new SubscriptionContext().mode(SubscriptionMode.LATEST));
        join("conflating", size.lossless() / 2, lossless(WhenBehind.CONFLATE));
        join("disconnecting", size.lossless() - size.lossless() / 2, lossless(WhenBehind.DISCONNECT));
        throwing.start(engine.subscribe(new SubscriptionContext().name(throwing.name()), throwing));
        outside.awaitLine(CrowdMain.READY);
        while (!inside.stream().allMatch(CrowdReader::hasBegun)) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Ends it; throws unless each was given all {@code ticks}, but for the two that misbehave, which were let go. */
    void requireAllGiven(long ticks) throws IOException {
        await(() -> inside.stream().noneMatch(reader -> reader.mayStillBeGiven(ticks)));
        for (CrowdReader reader : inside) {
            if (reader.ticks() != ticks || reader.missed() > 0 || reader.endReason() != null) {
                throw new BenchException("crowd reader=" + reader.name() + " ticks=" + reader.ticks() + " expected="
                        + ticks + " missed=" + reader.missed() + " end=" + reader.endReason());
            }
        }
        await(() -> engine.status().counters().get(OPEN) == inside.size());
        stuck.poll(1);
        if (stuck.endReason() != EndReason.IDLE || throwing.endReason() != EndReason.LISTENER_THREW) {
            throw new BenchException("crowd stuck=" + stuck.endReason() + " throwing=" + throwing.endReason());
        }
        outside.endInput();
        String given = outside.awaitLine(CrowdMain.GIVEN);
        if (!given.equals(ticks + " 0")) {
            throw new BenchException("crowd outside given=" + given + " expected=" + ticks + " 0");
        }
    }

    /** Returns when {@code done} says so, or it has not for ten seconds. */
    private static void await(BooleanSupplier done) {
        long startNs = System.nanoTime();
        while (!done.getAsBoolean() && System.nanoTime() - startNs < PATIENCE_NS) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    @Override
    public void close() {
        inside.forEach(CrowdReader::stop);
        throwing.stop();
        CloseHelper.close(stuck);
        outside.close();
    }

    private void join(String kind, int count, SubscriptionContext context) {
        for (int i = 0; i < count; i++) {
            CrowdReader reader = new CrowdReader(kind + "-" + i);
            reader.start(engine.subscribe(context.name(reader.name()), reader));
            inside.add(reader);
        }
    }

    private static SubscriptionContext lossless(WhenBehind policy) {
        return new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).whenBehind(policy);
    }
}
