package io.tickring.tools.bench;

/**
 * How many times better than a peer the first peer of its bench was, round by round: in its rate, or in a latency.
 *
 * @param oversubscribed one of the two
 */
record PeerRatio(String bench, String first, String peer, Figures ratio, boolean oversubscribed) {}
