package io.tickring.tools.bench;

import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Chronicle Queue with several producers and one appender: an appender is one thread's, so producers hand their ticks to its thread
 * over Agrona's many-to-one ring of bytes; it appends each as an excerpt of its own and puts it into the table.
 */
final class SharedAppenderPipeline implements Pipeline {
    private static final int HAND_OVER_BYTES = 8 << 20;
    private static final int MOST_AT_ONCE = 256;
    private static final int TICK = 1;

    private final Workload workload;
    private final PeerTable table;
    private final PeerQueue queue;
    private final ManyToOneRingBuffer handOver = new ManyToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(HAND_OVER_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final MessageHandler take = this::onTick;
    private final PollThread appender;

    private SharedAppenderPipeline(Workload workload, PeerTable table, PeerQueue queue) {
        this.workload = workload;
        this.table = table;
        this.queue = queue;
        appender = new PollThread("appender", this::poll, Waiting.strategy(workload.producers() + 1));
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        PeerQueue queue = PeerQueue.forAppending(folder);
        queue.appendDefinitions();
        return new SharedAppenderPipeline(workload, table, queue);
    }

    private int poll() {
        int taken = handOver.read(take, MOST_AT_ONCE);
        if (taken > 0) {
            table.show();
        }
        return taken;
    }

    private void onTick(int type, MutableDirectBuffer buffer, int index, int length) {
        queue.append(buffer, index);
        table.apply(buffer, index);
    }

    @Override
    public Inlet inlet(int producer) {
        TickSet set = workload.sets().get(producer);
        IdleStrategy idle = Waiting.strategy(workload.producers() + 1);
        return (first, count) -> {
            for (long number = first; number < first + count; number++) {
                int offset = set.sequence(number);
                while (!handOver.write(TICK, set.records(), offset, TickDescriptor.LENGTH)) {
                    idle.idle();
                }
            }
        };
    }

    @Override
    public void awaitThrough(long ticks) {
        Waiting.until("Chronicle Queue, one appender", ticks, table::shown, this::failure);
    }

    @Override
    public Throwable failure() {
        return appender.failure();
    }

    @Override
    public TableRows rows() {
        return TableRows.of(table.reader());
    }

    @Override
    public int busyThreads() {
        return 1;
    }

    @Override
    public long journalBytes() {
        return queue.bytes();
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
        ChroniclePipeline.requireAll(queue, table.shown());
    }
}
