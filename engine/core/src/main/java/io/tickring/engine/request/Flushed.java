package io.tickring.engine.request;

/**
 * Every record up to {@code sequence}, the newest when it was asked, is in the journal and survives the death of the process; but for
 * those in gaps that the journal had before it was asked.
 */
public record Flushed(long sequence) {}
