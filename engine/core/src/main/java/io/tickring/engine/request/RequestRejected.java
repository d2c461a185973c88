package io.tickring.engine.request;

/** As many requests are in flight as may be: this one was not begun. */
public final class RequestRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RequestRejected(String request, int inFlight) {
        super("request=" + request + " inFlight=" + inFlight
                + ": no more may wait for an answer at once; wait for one of them, or cancel it");
    }
}
