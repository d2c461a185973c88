package io.tickring.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.TickDescriptor;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;

/** What a copy of the table keeps meanwhile is bounded, and is not kept for ever. */
class KeptRecordsTest {
    private static final int CAPACITY = 1 << 18;
    private static final int BATCH_BYTES = TickProcessor.MAX_BATCH * TickDescriptor.LENGTH;

    @Test
    void shouldTakeNoMoreThanItMayAndGiveMuchMemoryBack() throws InterruptedException {
        TickRing ring = new TickRing(CAPACITY, WaitMode.YIELD, 1, new InstrumentRegistry(4));
        TickProcessor processor =
                ring.newProcessor(List.of(new TickStage("none", (r, o, first, n) -> {}, null, (stage, at, n, cause) -> {
                    throw new AssertionError(cause);
                })));
        Thread thread = new Thread(processor, "stage");
        thread.start();
        try (RingReader reader = processor.newHoldingReader();
                RingReader other = processor.newHoldingReader()) {
            publish(ring, CAPACITY - 1);
            while (processor.doneSequence() < CAPACITY - 1) {
                Thread.onSpinWait();
            }
            KeptRecords few = new KeptRecords(8 * BATCH_BYTES);
            assertThat(few.takeAll(reader)).isFalse();
            assertThat(few.capacityBytes()).isLessThanOrEqualTo(16 * BATCH_BYTES);
            KeptRecords all = new KeptRecords(64 << 20);
            assertThat(all.takeAll(other)).isTrue();
            assertThat(other.nextSequence()).isEqualTo(CAPACITY);
            assertThat(all.capacityBytes()).isGreaterThanOrEqualTo((CAPACITY - 1) * TickDescriptor.LENGTH);
            all.release();
            assertThat(all.capacityBytes()).isLessThanOrEqualTo(8 << 20);
        } finally {
            ring.close();
            processor.halt();
            thread.join(10_000);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private static void publish(TickRing ring, int count) {
        TickPublisher publisher = ring.newPublisher(
                "p",
                OverflowPolicy.WAIT,
                StatusWriter.inMemory(SystemEpochClock.INSTANCE).newCounter("dropped"));
        for (int i = 0; i < count; i++) {
            assertThat(publisher.tryClaim(1)).isPositive();
            publisher.claim().tick(0).quote(0, TickDescriptor.NO_TIME, i, 1, 2, 3, 4);
            publisher.claim().commit();
        }
    }
}
