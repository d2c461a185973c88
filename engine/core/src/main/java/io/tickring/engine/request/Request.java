package io.tickring.engine.request;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * One question that waits for its answer. The requests thread looks at it again and again and never waits for it; whoever asked may cancel
 * it. It gives its place among those in flight back before it is answered.
 */
abstract class Request<T> {
    private final String name;
    private final Duration timeout;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private InFlight inFlight;
    private long sinceNs;

    Request(String name, Duration timeout) {
        this.name = name;
        this.timeout = timeout;
    }

    /** Answers if that can be done by now. The requests thread's. */
    abstract void look();

    /** What it waits for, as {@code name=value}. */
    abstract String waitsFor();

    /** Whoever asked may complete or cancel the future: that gives the place back too. Before the request is seen by another thread. */
    final void begin(InFlight places, long nowNs) {
        inFlight = places;
        sinceNs = nowNs;
        answer.whenComplete((value, failure) -> inFlight.remove(this));
    }

    /** Looks, unless it has an answer or the time is over; says whether it is still to be looked at. */
    final boolean step(long nowNs) {
        if (!answer.isDone()) {
            try {
                look();
            } catch (RuntimeException e) {
                fail(e);
            }
        }
        if (!answer.isDone() && nowNs - sinceNs >= timeout.toNanos()) {
            fail(new TimeoutException(
                    "request=" + name + " timeout=" + text(timeout) + ": not answered by then; " + waitsFor()));
        }
        return !answer.isDone();
    }

    final void complete(T value) {
        inFlight.remove(this);
        answer.complete(value);
    }

    final void fail(Throwable cause) {
        inFlight.remove(this);
        answer.completeExceptionally(cause);
    }

    final CompletableFuture<T> answer() {
        return answer;
    }

    final String name() {
        return name;
    }

    private static String text(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
