package io.tickring.tools.bench;

import io.tickring.engine.EngineContext;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A stage that appends each batch to a Chronicle queue as one excerpt, and a read-only tailer; nothing is forced to the disk. */
final class ChronicleHop implements SubscribeHop {
    private final Path folder;
    private final PeerQueue queue;

    private ChronicleHop(Path folder, PeerQueue queue) {
        this.folder = folder;
        this.queue = queue;
    }

    /** The queue has an excerpt from the start: a tailer needs a file. */
    static ChronicleHop open(Path folder) {
        PeerQueue queue = PeerQueue.forAppending(folder);
        queue.append(new UnsafeBuffer(ByteBuffer.allocateDirect(TickDescriptor.LENGTH)), 0);
        return new ChronicleHop(folder, queue);
    }

    @Override
    public void addTo(EngineContext context) {
        context.handlerBehindPrices(
                "chronicle", (records, offset, firstSequence, count) -> queue.append(records, offset, count));
    }

    @Override
    public String address() {
        return folder.toString();
    }

    @Override
    public void awaitReceiver() {
        // It stands behind the last excerpt once it is open.
    }

    @Override
    public void close() {
        queue.close();
    }

    static SubscribeReceiver receiver(String address, Arrivals arrivals) {
        PeerQueue queue = PeerQueue.forFollowing(Path.of(address));
        return new SubscribeReceiver() {
            @Override
            public int poll() {
                return queue.readOne(arrivals::take) ? 1 : 0;
            }

            @Override
            public void close() {
                queue.close();
            }
        };
    }
}
