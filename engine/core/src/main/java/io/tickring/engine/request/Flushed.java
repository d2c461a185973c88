package io.tickring.engine.request;

/** Every record up to {@code sequence}, the newest when it was asked, is in the journal and survives the death of the process. */
public record Flushed(long sequence) {}
