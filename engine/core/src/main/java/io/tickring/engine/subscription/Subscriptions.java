package io.tickring.engine.subscription;

import io.tickring.engine.broadcast.BroadcastReader;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.status.StatusWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The subscriptions in an engine's own process: makes them, shows their figures in the status file, names and lets go those that stop
 * reading. Any thread may subscribe.
 */
public final class Subscriptions {
    private static final int MAX_OPEN = 512;
    private static final int MOST_LOGGED = 32;
    private static final long READING_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long END_STEP_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final StatusWriter status;
    private final PriceTableReader prices;
    private final Path journalFolder;
    private final Supplier<BroadcastReader> broadcast;
    private final Function<WhenBehind, RingReader> ring;
    private final NanoClock clock;
    private final long idleLimitNs;
    private final Map<String, Subscription> open = new ConcurrentHashMap<>();
    /** Names of those that are being made. */
    private final Set<String> reserved = new HashSet<>();

    private AtomicCounter count;
    private AtomicCounter letGo;
    private AtomicCounter failed;
    private final AtomicInteger logged = new AtomicInteger();
    private int number;
    private long nextLookNs;
    private volatile boolean closed;

    /**
     * @param journalFolder null where nothing is journaled
     * @param broadcast makes another reader; null where there is no broadcast
     * @param ring makes another reader, which holds the producers if it is for HOLD
     * @param idleLimitNs how long one may go without a poll; it is looked for five times a second
     */
    public Subscriptions(
            StatusWriter status,
            PriceTableReader prices,
            Path journalFolder,
            Supplier<BroadcastReader> broadcast,
            Function<WhenBehind, RingReader> ring,
            NanoClock clock,
            long idleLimitNs) {
        this.status = status;
        this.prices = prices;
        this.journalFolder = journalFolder;
        this.broadcast = broadcast;
        this.ring = ring;
        this.clock = clock;
        this.idleLimitNs = idleLimitNs;
        this.nextLookNs = clock.nanoTime();
    }

    /**
     * Begins a subscription.
     *
     * @throws SubscriptionException if the engine is closed, has no such source, or has too many subscriptions
     * @throws IllegalArgumentException if a setting is wrong; the message names it
     */
    public Subscription subscribe(SubscriptionContext context, TickListener listener) {
        SubscriptionContext.check(context, listener);
        String name = reserve(context.name());
        Source source = null;
        try {
            source = source(context, name);
            Delivery delivery = new Delivery(context, listener, new SymbolLookup(prices));
            Subscription subscription = new Subscription(
                    name, source, delivery, new StatusCounters(name, status), clock::nanoTime, this::onEnd);
            return begin(name, subscription);
        } catch (Throwable e) {
            if (source != null) {
                source.close();
            }
            throw e;
        } finally {
            release(name);
        }
    }

    private synchronized String reserve(String asked) {
        String name = asked == null ? "subscription-" + ++number : asked;
        requireOpen(name);
        if (open.containsKey(name) || reserved.contains(name)) {
            throw new SubscriptionException("subscription=" + name + ": there is one of that name; close it first");
        }
        if (open.size() + reserved.size() >= MAX_OPEN) {
            throw new SubscriptionException(
                    "subscription=" + name + ": there are " + MAX_OPEN + " already; close some");
        }
        reserved.add(name);
        return name;
    }

    private synchronized Subscription begin(String name, Subscription subscription) {
        requireOpen(name);
        open.put(name, subscription);
        showCount();
        return subscription;
    }

    private synchronized void release(String name) {
        reserved.remove(name);
    }

    private void requireOpen(String name) {
        if (closed) {
            throw new SubscriptionException("subscription=" + name + ": the engine is closed");
        }
    }

    /** Shows how far behind each is, and lets go of those that have not polled for too long. The supervisor's. */
    public void look(long nowNs) {
        if (nowNs - nextLookNs < 0) {
            return;
        }
        nextLookNs = nowNs + LOOK_NS;
        for (Subscription each : open.values()) {
            if (each.unpolledNs(nowNs) > idleLimitNs) {
                letGo(each);
            } else {
                each.showLag();
            }
        }
    }

    /** Waits, for so long at most, until each that polls has looked at all there is. The engine takes no more records. */
    public void awaitRead(long timeoutNs) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < timeoutNs && open.values().stream().anyMatch(this::isReading)) {
            LockSupport.parkNanos(END_STEP_NS);
        }
    }

    private boolean isReading(Subscription each) {
        return each.lagRecords() > 0 && each.unpolledNs(clock.nanoTime()) < READING_NS;
    }

    /** The engine takes no more records: those that poll are given what is still there, for so long at most; then all are over. */
    public void close(long timeoutNs) {
        synchronized (this) {
            closed = true;
        }
        open.values().forEach(each -> each.ask(EndReason.ENGINE_CLOSED));
        long startNs = System.nanoTime();
        while (!open.isEmpty() && System.nanoTime() - startNs < timeoutNs) {
            LockSupport.parkNanos(END_STEP_NS);
        }
        open.values().forEach(Subscription::abandon);
        open.clear();
    }

    private Source source(SubscriptionContext context, String name) {
        return switch (context.mode()) {
            case LATEST -> new LatestSource(prices);
            case EVERY -> every(name);
            case LOSSLESS -> context.isFromNow() ? ring(context.whenBehind()) : journal(context, name);
        };
    }

    private Source every(String name) {
        if (broadcast == null) {
            throw new SubscriptionException("subscription=" + name
                    + " mode=EVERY: there is no broadcast; set the engine's broadcastBytes to 67108864, say");
        }
        return RecordSource.ofBroadcast(new BroadcastRecords(broadcast.get(), null), prices::appliedSequence);
    }

    private Source ring(WhenBehind policy) {
        Source lossless = RecordSource.ofSnapshotAndRing(ring.apply(policy), prices);
        return policy == WhenBehind.CONFLATE ? new ConflatingSource(lossless, prices) : lossless;
    }

    private Source journal(SubscriptionContext context, String name) {
        if (journalFolder == null) {
            throw new SubscriptionException(
                    "subscription=" + name + " mode=LOSSLESS: nothing is journaled; give the engine a data folder");
        }
        return RecordSource.ofJournal(journalFolder, context.from(), prices::appliedSequence, null);
    }

    private void letGo(Subscription idle) {
        idle.ask(EndReason.IDLE);
        idle.abandon();
        if (open.remove(idle.name(), idle)) {
            showCount();
            log("subscription=" + idle.name() + " has not polled for " + TimeUnit.NANOSECONDS.toMillis(idleLimitNs)
                    + " ms: let go");
            letGo.incrementRelease();
        }
    }

    private void onEnd(Subscription over) {
        boolean wasOpen = open.remove(over.name(), over);
        showCount();
        if (wasOpen && over.failure() != null) {
            log("subscription=" + over.name() + " ended: " + over.endReason() + ": " + over.failure());
            failed.incrementRelease();
        }
    }

    /** The engine's own errors are to find room in the log. */
    private void log(String what) {
        if (logged.incrementAndGet() <= MOST_LOGGED) {
            status.onError(SubscriptionException.notice(what));
        }
    }

    private synchronized void showCount() {
        if (count == null) {
            count = status.newGauge("subscriptions");
            letGo = status.newCounter("subscriptions let go");
            failed = status.newCounter("subscriptions failed");
        }
        count.setRelease(open.size());
    }
}
