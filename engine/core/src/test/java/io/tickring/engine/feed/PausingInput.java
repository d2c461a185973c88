package io.tickring.engine.feed;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Delivers one part for each read, says that nothing is ready, and tells somebody before each read. */
final class PausingInput extends InputStream {
    private final Runnable beforeRead;
    private final Deque<String> parts;

    PausingInput(Runnable beforeRead, String... parts) {
        this.beforeRead = beforeRead;
        this.parts = new ArrayDeque<>(List.of(parts));
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        beforeRead.run();
        if (parts.isEmpty()) {
            return -1;
        }
        byte[] part = FeedRun.bytes(parts.remove());
        int count = Math.min(length, part.length);
        System.arraycopy(part, 0, target, offset, count);
        if (count < part.length) {
            parts.addFirst(new String(part, count, part.length - count, StandardCharsets.UTF_8));
        }
        return count;
    }

    @Override
    public int available() {
        return 0;
    }
}
