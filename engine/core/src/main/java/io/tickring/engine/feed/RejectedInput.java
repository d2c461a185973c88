package io.tickring.engine.feed;

/** The first input of a feed that was rejected for a reason, as it stands in the error log: reason, file and line. */
public final class RejectedInput extends Exception {
    private static final long serialVersionUID = 1L;

    RejectedInput(RejectReason reason, String feed, String file, long line) {
        super(reason + " feed=" + feed + " file=" + file + " line=" + line, null, false, false);
    }
}
