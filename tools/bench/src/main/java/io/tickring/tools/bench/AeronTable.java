package io.tickring.tools.bench;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.tickring.engine.tick.TickDescriptor;
import java.util.function.LongConsumer;
import org.agrona.concurrent.IdleStrategy;

/** What Aeron's two peers share: ticks claimed and copied into a publication one by one, and a thread that polls them into the table. */
final class AeronTable implements AutoCloseable {
    static final int STREAM = 1001;

    private static final int MOST_AT_ONCE = 256;

    private final PeerTable table;
    private final Subscription subscription;
    private final FragmentHandler take;
    private final LongConsumer shown;
    private final PollThread reader;

    /** @param shown run by the reading thread after each batch, when the table shows it, with how many ticks it shows */
    AeronTable(PeerTable table, Subscription subscription, IdleStrategy idle, LongConsumer shown) {
        this.table = table;
        this.subscription = subscription;
        this.shown = shown;
        this.take = (buffer, offset, length, header) -> table.apply(buffer, offset);
        reader = new PollThread("subscriber", this::poll, idle);
    }

    private int poll() {
        int taken = subscription.poll(take, MOST_AT_ONCE);
        if (taken > 0) {
            table.show();
            shown.accept(table.shown());
        }
        return taken;
    }

    /** A producer's door over a publication that is its own. */
    static Inlet inlet(ExclusivePublication publication, TickSet set, int busyThreads) {
        BufferClaim claim = new BufferClaim();
        IdleStrategy idle = Waiting.strategy(busyThreads);
        return (first, count) -> {
            for (long number = first; number < first + count; number++) {
                int offset = set.sequence(number);
                long position;
                while ((position = publication.tryClaim(TickDescriptor.LENGTH, claim)) < 0) {
                    requireOpen(position);
                    idle.idle();
                }
                claim.buffer().putBytes(claim.offset(), set.records(), offset, TickDescriptor.LENGTH);
                claim.commit();
            }
        };
    }

    private static void requireOpen(long position) {
        if (position != Publication.BACK_PRESSURED
                && position != Publication.ADMIN_ACTION
                && position != Publication.NOT_CONNECTED) {
            throw new BenchException("publication=" + Publication.errorString(position) + ": it takes no more ticks");
        }
    }

    void awaitThrough(String peer, long ticks) {
        Waiting.until(peer, ticks, table::shown, reader::failure);
    }

    Throwable failure() {
        return reader.failure();
    }

    TableRows rows() {
        return TableRows.of(table.reader());
    }

    @Override
    public void close() {
        reader.close();
        subscription.close();
    }
}
