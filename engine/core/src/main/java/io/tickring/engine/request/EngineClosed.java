package io.tickring.engine.request;

/** The engine ends, or has ended: it answers no more requests. */
public final class EngineClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineClosed(String request) {
        super("request=" + request + ": the engine is closed and answers no more; ask one that runs");
    }
}
