package io.tickring.tools.bench;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * LMAX Disruptor as a good user sets it up: 65,536 events of 64 bytes in one piece of memory off the heap, one handler that puts each
 * into the table and, where there is a queue, appends it as an excerpt of its own.
 */
final class DisruptorPipeline implements Pipeline {
    private static final int SLOTS = 65_536;

    /** An event: its 64 bytes. */
    private record Slot(UnsafeBuffer slab, int offset) {}

    /** Keeps what a handler threw, which ends the run. */
    private static final class Failures implements ExceptionHandler<Slot> {
        private volatile Throwable first;

        @Override
        public void handleEventException(Throwable failure, long sequence, Slot event) {
            first = failure;
        }

        @Override
        public void handleOnStartException(Throwable failure) {
            first = failure;
        }

        @Override
        public void handleOnShutdownException(Throwable failure) {
            first = failure;
        }
    }

    private final Workload workload;
    private final int batch;
    private final PeerTable table;
    private final PeerQueue queue;
    private final Disruptor<Slot> disruptor;
    private final RingBuffer<Slot> ring;
    private final Failures failures = new Failures();

    private DisruptorPipeline(Workload workload, int batch, PeerTable table, PeerQueue queue) {
        this.workload = workload;
        this.batch = batch;
        this.table = table;
        this.queue = queue;
        UnsafeBuffer slab = new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(SLOTS << TickDescriptor.LENGTH_SHIFT, TickDescriptor.LENGTH));
        int[] created = {0};
        WaitStrategy waiting =
                Waiting.maySpin(workload.producers() + 1) ? new BusySpinWaitStrategy() : new YieldingWaitStrategy();
        disruptor = new Disruptor<>(
                () -> new Slot(slab, created[0]++ << TickDescriptor.LENGTH_SHIFT),
                SLOTS,
                loop -> new Thread(loop, "handler"),
                workload.producers() == 1 ? ProducerType.SINGLE : ProducerType.MULTI,
                waiting);
        disruptor.setDefaultExceptionHandler(failures);
        disruptor.handleEventsWith(this::onEvent);
        ring = disruptor.start();
    }

    /** @param batch ticks that a producer claims at a time, up to 64; {@code queued} adds the Chronicle queue */
    static Opener opener(int batch, boolean queued) {
        return (folder, workload) -> open(folder, workload, batch, queued);
    }

    private static Pipeline open(Path folder, Workload workload, int batch, boolean queued) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        PeerQueue queue = queued ? PeerQueue.forAppending(folder) : null;
        if (queued) {
            queue.appendDefinitions();
        }
        return new DisruptorPipeline(workload, batch, table, queue);
    }

    private void onEvent(Slot slot, long sequence, boolean endOfBatch) {
        table.apply(slot.slab, slot.offset);
        if (queue != null) {
            queue.append(slot.slab, slot.offset);
        }
        if (endOfBatch) {
            table.show();
        }
    }

    @Override
    public Inlet inlet(int producer) {
        TickSet set = workload.sets().get(producer);
        return batch == 1
                ? (first, count) -> publishOneByOne(set, first, count)
                : (first, count) -> publishBatches(set, first, count);
    }

    private void publishOneByOne(TickSet set, long first, int count) {
        for (long number = first; number < first + count; number++) {
            long sequence = ring.next();
            put(set, number, ring.get(sequence));
            ring.publish(sequence);
        }
    }

    private void publishBatches(TickSet set, long first, int count) {
        for (long number = first; number < first + count; number += batch) {
            int size = (int) Math.min(batch, first + count - number);
            long last = ring.next(size);
            for (int i = 0; i < size; i++) {
                put(set, number + i, ring.get(last - size + 1 + i));
            }
            ring.publish(last - size + 1, last);
        }
    }

    private static void put(TickSet set, long number, Slot slot) {
        slot.slab.putBytes(slot.offset, set.records(), set.sequence(number), TickDescriptor.LENGTH);
    }

    @Override
    public void awaitThrough(long ticks) {
        Waiting.until("Disruptor", ticks, table::shown, this::failure);
    }

    @Override
    public Throwable failure() {
        return failures.first;
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
        return queue == null ? 0 : queue.bytes();
    }

    @Override
    public void close() {
        disruptor.halt();
        if (queue != null) {
            queue.close();
            ChroniclePipeline.requireAll(queue, table.shown());
        }
    }
}
