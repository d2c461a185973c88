package io.tickring.engine.request;

import io.tickring.engine.ring.TickPublisher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Questions to a running engine, each a future whose answer names the sequence at which it holds. Any thread may ask; a thread named
 * {@code requests} answers, and runs what hangs on the future without an executor: what blocks there holds up the other answers.
 *
 * <p>A future fails with {@link java.util.concurrent.TimeoutException} when its time is over, with {@link RequestRejected} at once when
 * {@link #MOST_IN_FLIGHT} are waiting, with {@link RequestFailed} when the engine cannot do it, and with {@link EngineClosed} within a
 * second when the engine ends. Cancelling one frees its place. No answer costs a producer or a handler any time.
 */
public final class Requests implements AutoCloseable {
    /** So many may wait for an answer. */
    public static final int MOST_IN_FLIGHT = 1_024;

    /** How long an answer may take where nobody says otherwise. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    static final String THREAD_NAME = "requests";

    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    private final RequestSources sources;
    private final Consumer<Throwable> failures;
    private final InFlight inFlight = new InFlight(MOST_IN_FLIGHT);
    private final SnapshotRounds rounds;
    private final RequestLoop loop;
    private TickPublisher publisher;
    private Thread thread;

    /** @param failures told, on the requests thread, of a throw that ends it: a fault of the engine or the JVM */
    public Requests(RequestSources sources, Consumer<Throwable> failures) {
        this.sources = sources;
        this.failures = failures;
        this.rounds = new SnapshotRounds(sources);
        this.loop = new RequestLoop(inFlight, rounds, sources.clock());
    }

    /** The whole price table at one sequence, with everything that was published before it was asked. */
    public CompletableFuture<TableSnapshot> snapshot() {
        return snapshot(TIMEOUT);
    }

    /** As {@link #snapshot()}, within {@code timeout}. */
    public CompletableFuture<TableSnapshot> snapshot(Duration timeout) {
        return ask(new SnapshotRequest<>("snapshot", rounds, snapshot -> snapshot, checked(timeout)));
    }

    /** Waits until everything that was published before is journaled. Fails at once where nothing is, or the journal passes records over. */
    public CompletableFuture<Flushed> flush() {
        return flush(TIMEOUT);
    }

    /** As {@link #flush()}, within {@code timeout}. */
    public CompletableFuture<Flushed> flush(Duration timeout) {
        checked(timeout);
        return !sources.isJournaled() && !loop.isStopped()
                ? CompletableFuture.failedFuture(RequestFailed.noJournal())
                : ask(new FlushRequest(sources, timeout));
    }

    /** The id of an instrument, which gets one if it has none, as soon as the price table shows it. */
    public CompletableFuture<Defined> define(String symbol) {
        return define(symbol, TIMEOUT);
    }

    /** As {@link #define(String)}, within {@code timeout}. When the time is over it may be defined all the same. */
    public CompletableFuture<Defined> define(String symbol, Duration timeout) {
        if (symbol == null) {
            throw new IllegalArgumentException("symbol=null: give the symbol that is to be defined");
        }
        return ask(new DefineRequest(sources, this::publisher, symbol, checked(timeout)));
    }

    /** Sums over the price table at one sequence, as {@link #snapshot()} sees it. */
    public CompletableFuture<Statistics> statistics() {
        return statistics(TIMEOUT);
    }

    /** As {@link #statistics()}, within {@code timeout}. */
    public CompletableFuture<Statistics> statistics(Duration timeout) {
        return ask(new SnapshotRequest<>(
                "statistics", rounds, snapshot -> StatisticsReading.of(snapshot, sources), checked(timeout)));
    }

    /** How many wait for an answer now. */
    public int inFlight() {
        return inFlight.count();
    }

    /** All that wait are answered with {@link EngineClosed} within a second, and all that come. Idempotent. */
    @Override
    public void close() {
        Thread asked;
        synchronized (this) {
            loop.stop();
            asked = thread;
        }
        if (asked != null) {
            new RequestsEnd(asked, inFlight).await();
        }
    }

    private <T> CompletableFuture<T> ask(Request<T> request) {
        if (loop.isStopped()) {
            return CompletableFuture.failedFuture(new EngineClosed(request.name()));
        }
        start();
        request.begin(inFlight, sources.clock().nanoTime());
        if (!inFlight.add(request)) {
            return CompletableFuture.failedFuture(new RequestRejected(request.name(), MOST_IN_FLIGHT));
        }
        loop.add(request);
        if (loop.isStopped()) {
            request.fail(new EngineClosed(request.name()));
        }
        return request.answer();
    }

    private synchronized void start() {
        if (thread == null && !loop.isStopped()) {
            thread = new Thread(loop, THREAD_NAME);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, cause) -> failures.accept(cause));
            thread.start();
        }
    }

    /** The requests thread's. */
    private TickPublisher publisher() {
        if (publisher == null) {
            publisher = sources.publisher().get();
        }
        return publisher;
    }

    private static Duration checked(Duration timeout) {
        if (timeout == null || timeout.compareTo(Duration.ZERO) <= 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout=" + timeout + " must be above zero and at most " + MAX_TIMEOUT.toDays() + " day");
        }
        return timeout;
    }
}
