package io.tickring.engine.feed;

/** What a feed has to say and is no failure, as it stands in the error log. */
public final class FeedNotice extends Exception {
    private static final long serialVersionUID = 1L;

    FeedNotice(String feed, String what) {
        super("feed=" + feed + ": " + what, null, false, false);
    }
}
