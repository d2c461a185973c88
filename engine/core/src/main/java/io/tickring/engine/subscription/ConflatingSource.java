package io.tickring.engine.subscription;

/** Gives one source while it keeps up, and the newest states from when it has fallen behind. */
final class ConflatingSource implements Source {
    private final Source latest;
    private volatile Source current;

    ConflatingSource(Source lossless, Source latest) {
        this.current = lossless;
        this.latest = latest;
    }

    @Override
    public int poll(Delivery delivery, int limit) throws Exception {
        int given = current.poll(delivery, limit);
        if (given == 0 && current.end() == EndReason.FELL_BEHIND) {
            current.close();
            current = latest;
            return current.poll(delivery, limit);
        }
        return given;
    }

    @Override
    public long position() {
        return current.position();
    }

    @Override
    public long head() {
        return current.head();
    }

    @Override
    public boolean hasMore() {
        return current.hasMore();
    }

    @Override
    public EndReason end() {
        return current.end();
    }

    @Override
    public void letGo() {
        current.letGo();
    }

    @Override
    public void close() {
        current.close();
    }
}
