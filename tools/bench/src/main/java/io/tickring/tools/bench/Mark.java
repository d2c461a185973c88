package io.tickring.tools.bench;

/** The rate that {@code peer} should reach: {@code atLeast} times that of {@code other}, round by round. Both stand in the bench's list. */
record Mark(int peer, int other, double atLeast) {}
