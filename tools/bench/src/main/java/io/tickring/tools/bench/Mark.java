package io.tickring.tools.bench;

/** The rate that {@code contender} should reach: {@code atLeast} times that of {@code peer}, round by round. Both stand in the bench's list. */
record Mark(int contender, int peer, double atLeast) {}
