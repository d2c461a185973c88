package io.tickring.engine.request;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that wait for an answer, and how many may. Thread-safe. */
final class InFlight {
    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Request<?>> requests = ConcurrentHashMap.newKeySet();

    InFlight(int most) {
        this.most = most;
    }

    /** Takes a place, which {@link #remove} gives back; false when there is none. */
    boolean add(Request<?> request) {
        if (count.getAndUpdate(now -> Math.min(most, now + 1)) == most) {
            return false;
        }
        requests.add(request);
        return true;
    }

    /** Idempotent. */
    void remove(Request<?> request) {
        if (requests.remove(request)) {
            count.decrementAndGet();
        }
    }

    int count() {
        return count.get();
    }

    Set<Request<?>> all() {
        return requests;
    }
}
