package io.tickring.engine.request;

/** The instrument {@code symbol} has this {@code id}, for ever, and stands in the table from {@code sequence} on, if not before. */
public record Defined(String symbol, int id, long sequence) {}
