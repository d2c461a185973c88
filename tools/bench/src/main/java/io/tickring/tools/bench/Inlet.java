package io.tickring.tools.bench;

/** A producer's way into a pipeline. One thread's. */
@FunctionalInterface
interface Inlet {
    /** Puts ticks {@code first} to {@code first + count - 1} of the producer's set in, in order; waits for room. At most 64, which lie together. */
    void publish(long first, int count);
}
