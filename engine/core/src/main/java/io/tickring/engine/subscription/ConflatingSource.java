package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;

/** Gives one source while it keeps up, and the newest states from when it has fallen behind. */
final class ConflatingSource implements Source {
    private final PriceTableReader table;
    private volatile Source current;
    private volatile long reached = -1;

    ConflatingSource(Source lossless, PriceTableReader table) {
        this.current = lossless;
        this.table = table;
    }

    @Override
    public int poll(Delivery delivery, int limit) throws Exception {
        int given = current.poll(delivery, limit);
        if (given == 0 && current.end() == EndReason.FELL_BEHIND) {
            reached = current.position();
            current.close();
            current = new LatestSource(table, reached);
            return current.poll(delivery, limit);
        }
        return given;
    }

    @Override
    public long position() {
        return Math.max(reached, current.position());
    }

    @Override
    public long begunBehind() {
        return current.begunBehind();
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
