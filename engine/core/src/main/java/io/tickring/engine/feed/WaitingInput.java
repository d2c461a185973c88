package io.tickring.engine.feed;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one source as they come. Before it waits for a source that has nothing ready, what the feed has gathered is
 * published; when the run takes no more by then, the source counts as ended. One thread at a time.
 */
final class WaitingInput extends InputStream {
    private final InputStream source;
    private final boolean closesSource;
    private FeedOutput output;
    private boolean stopped;

    WaitingInput(InputStream source, boolean closesSource) {
        this.source = source;
        this.closesSource = closesSource;
    }

    /** Who is to be flushed before a wait; nobody yet while the feed is only asked for its first time. */
    void flushTo(FeedOutput output) {
        this.output = output;
    }

    /** Whether the end was told because the run takes no more: what was read last may be half a line. */
    boolean isStopped() {
        return stopped;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        boolean waits = output != null && source.available() == 0;
        if (waits && !stopped) {
            output.flush();
            stopped = !output.isOpen() || output.budget().isSpent();
        }
        if (stopped) {
            return -1;
        }
        return waits ? awaitInput(target, offset, length) : source.read(target, offset, length);
    }

    private int awaitInput(byte[] target, int offset, int length) throws IOException {
        output.waitsForInput(true);
        try {
            return source.read(target, offset, length);
        } finally {
            output.waitsForInput(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (closesSource) {
            source.close();
        }
    }
}
