package io.tickring.tools.bench;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.tickring.engine.EngineContext;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** A stage that copies each batch into an Aeron IPC publication, in as few messages as fit a fragment, and waits where it is full. */
final class AeronHop implements SubscribeHop {
    private static final int MOST_AT_ONCE = 256;

    private final EmbeddedAeron aeron;
    private final ExclusivePublication publication;
    private final BufferClaim claim = new BufferClaim();
    private final int most;

    private AeronHop(EmbeddedAeron aeron, ExclusivePublication publication) {
        this.aeron = aeron;
        this.publication = publication;
        this.most = publication.maxPayloadLength() >> TickDescriptor.LENGTH_SHIFT;
    }

    static AeronHop open(Path folder) throws IOException {
        EmbeddedAeron aeron = EmbeddedAeron.launch(folder);
        return new AeronHop(aeron, aeron.client().addExclusivePublication(EmbeddedAeron.channel(), AeronTable.STREAM));
    }

    @Override
    public void addTo(EngineContext context) {
        context.handlerBehindPrices("aeron", this::send);
    }

    private void send(DirectBuffer records, int offset, long firstSequence, int count) {
        for (int done = 0; done < count; done += most) {
            int length = Math.min(most, count - done) << TickDescriptor.LENGTH_SHIFT;
            long position;
            while ((position = publication.tryClaim(length, claim)) < 0) {
                if (position != Publication.BACK_PRESSURED && position != Publication.ADMIN_ACTION) {
                    throw new BenchException(
                            "publication=" + Publication.errorString(position) + ": it takes no more ticks");
                }
                Thread.onSpinWait();
            }
            claim.buffer().putBytes(claim.offset(), records, offset + (done << TickDescriptor.LENGTH_SHIFT), length);
            claim.commit();
        }
    }

    @Override
    public String address() {
        return aeron.directory();
    }

    @Override
    public void awaitReceiver() {
        Waiting.until("Aeron IPC", 1, () -> publication.isConnected() ? 1 : 0, () -> null);
    }

    @Override
    public void close() {
        try {
            aeron.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SubscribeReceiver receiver(String address, Arrivals arrivals) {
        Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(address));
        Subscription subscription = client.addSubscription(EmbeddedAeron.channel(), AeronTable.STREAM);
        Waiting.until("Aeron IPC", 1, subscription::imageCount, () -> null);
        FragmentHandler take = (buffer, offset, length, header) ->
                arrivals.take(buffer, offset, length >> TickDescriptor.LENGTH_SHIFT);
        return new SubscribeReceiver() {
            @Override
            public int poll() {
                return subscription.poll(take, MOST_AT_ONCE);
            }

            @Override
            public void close() {
                CloseHelper.closeAll(subscription, client);
            }
        };
    }
}
