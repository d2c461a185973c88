package io.tickring.engine.ring;

/** What a publisher does when the ring is full: wait for room, or drop the new ticks and count them. */
public enum OverflowPolicy {
    WAIT,
    DROP
}
