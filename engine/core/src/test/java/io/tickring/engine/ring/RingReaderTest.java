package io.tickring.engine.ring;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;

/** Readers that gate the ring, step by step: its processor is polled, and no thread runs beside the test's. */
class RingReaderTest {
    private static final long FIRST = 101;
    private static final int CAPACITY = 16;
    private static final int MOST = 1_000;

    private final AtomicCounter dropped = Records.counter();
    private final TickRing ring = new TickRing(CAPACITY, WaitMode.YIELD, FIRST, new InstrumentRegistry(8));
    private final TickProcessor processor = ring.newProcessor(List.of(
            new TickStage("nothing", (records, offset, first, count) -> {}, null, (stage, at, n, cause) -> {})));
    private final TickPublisher publisher = ring.newPublisher("p", OverflowPolicy.DROP, dropped);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[CAPACITY * TickDescriptor.LENGTH]);
    private long published = FIRST - 1;

    @Test
    void shouldBeginAtTheCursorAndSeeWhatTheProcessorIsDoneWith() {
        publish(3);
        RingReader reader = processor.newReader(0);
        assertThat(reader.nextSequence()).isEqualTo(FIRST + 3);
        assertThat(reader.poll(copy, 0, MOST)).isZero();
        publish(2);
        assertThat(reader.poll(copy, 0, MOST)).as("not before the processor").isZero();
        processor.poll(4);
        assertThat(reader.lag()).isEqualTo(1);
        assertThat(reader.poll(copy, 0, MOST)).isEqualTo(1);
        processor.poll(4);
        assertThat(reader.poll(copy, 0, MOST)).isEqualTo(1);
        assertThat(new Tick().wrap(copy, 0).sequence()).isEqualTo(FIRST + 4);
        assertThat(reader.nextSequence()).isEqualTo(FIRST + 5);
    }

    @Test
    void shouldCopyNoMoreThanAskedForAndNotAcrossTheEndOfTheRing() {
        publish(CAPACITY - 3);
        drain();
        RingReader reader = processor.newHoldingReader();
        publish(8);
        drain();
        assertThat(reader.poll(copy, 0, 0)).isZero();
        assertThat(reader.poll(copy, 0, 2)).isEqualTo(2);
        assertThat(reader.poll(copy, 0, MOST)).isEqualTo(1);
        assertThat(reader.poll(copy, 64, MOST)).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(new Tick().wrap(copy, 64 + i * TickDescriptor.LENGTH).sequence())
                    .isEqualTo(FIRST + CAPACITY + i);
        }
        assertThat(reader.poll(copy, 0, MOST)).isZero();
    }

    /** Counted in claims and batches: as soon as the processor is done, there is room. */
    @Test
    void shouldNotHoldAProducerWhenAReaderIsStuck() {
        RingReader stuck = processor.newReader(0);
        for (int i = 0; i < 100; i++) {
            assertThat(publish(1 + i % (CAPACITY / 2))).as("claim %d", i).isPositive();
            drain();
        }
        assertThat(dropped.get()).isZero();
        assertThat(stuck.reason()).isEqualTo(LetGo.LAGS);
        assertThat(stuck.poll(copy, 0, MOST)).isEqualTo(RingReader.LET_GO);
    }

    @Test
    void shouldLetGoOfAReaderThatIsBehindByMoreThanItsLimitAlone() {
        RingReader near = processor.newReader(3);
        RingReader far = processor.newReader(4);
        publish(3);
        drain();
        assertThat(near.reason()).isNull();
        publish(1);
        drain();
        assertThat(near.reason()).isEqualTo(LetGo.LAGS);
        assertThat(far.reason()).isNull();
        assertThat(far.poll(copy, 0, MOST)).isEqualTo(4);
    }

    @Test
    void shouldFindRoomForAClaimOfTheWholeRingAtTheSecondTry() {
        RingReader slow = processor.newReader(0);
        publish(2);
        drain();
        assertThat(publisher.tryClaim(CAPACITY)).isEqualTo(TickPublisher.BACK_PRESSURED);
        assertThat(slow.reason()).isEqualTo(LetGo.LAGS);
        assertThat(publisher.tryClaim(CAPACITY)).isEqualTo(FIRST + 2);
        publisher.claim().abort();
    }

    @Test
    void shouldHoldTheProducersUntilItReadsOrIsLetGo() {
        RingReader holding = processor.newHoldingReader();
        assertThat(publish(CAPACITY)).isPositive();
        drain();
        assertThat(publisher.tryClaim(1)).isEqualTo(TickPublisher.BACK_PRESSURED);
        assertThat(publisher.tryClaim(CAPACITY)).isEqualTo(TickPublisher.BACK_PRESSURED);
        assertThat(holding.reason()).isNull();
        assertThat(holding.poll(copy, 0, 1)).isEqualTo(1);
        assertThat(publish(1)).isPositive();
        assertThat(publisher.tryClaim(1)).isEqualTo(TickPublisher.BACK_PRESSURED);
        holding.letGo(LetGo.IDLE);
        holding.letGo(LetGo.CLOSED);
        assertThat(holding.reason()).isEqualTo(LetGo.IDLE);
        drain();
        assertThat(publish(CAPACITY)).isPositive();
    }

    @Test
    void shouldGiveItsSlotsUpWhenItLeaves() {
        try (RingReader leaving = processor.newHoldingReader()) {
            publish(CAPACITY);
            drain();
            assertThat(leaving.holds()).isTrue();
        }
        assertThat(publish(CAPACITY)).isPositive();
    }

    /** The slots are written anew in the middle of the copying: what was copied is of two times and must not be taken. */
    @Test
    void shouldDiscardWhatItCopiedWhenItWasLetGoMeanwhile() {
        RingReader reader = processor.newHoldingReader();
        publish(CAPACITY);
        drain();
        UnsafeBuffer slow = new UnsafeBuffer(new byte[CAPACITY * TickDescriptor.LENGTH]) {
            @Override
            public void putBytes(int index, DirectBuffer from, int fromIndex, int length) {
                super.putBytes(index, from, fromIndex, length / 2);
                reader.letGo(LetGo.IDLE);
                assertThat(publish(CAPACITY)).isPositive();
                super.putBytes(index + length / 2, from, fromIndex + length / 2, length / 2);
            }
        };
        assertThat(reader.poll(slow, 0, MOST)).isEqualTo(RingReader.LET_GO);
        assertThat(new Tick().wrap(slow, 0).sequence()).isEqualTo(FIRST);
        assertThat(new Tick().wrap(slow, (CAPACITY - 1) * TickDescriptor.LENGTH).sequence())
                .as("torn indeed")
                .isEqualTo(FIRST + 2 * CAPACITY - 1);
    }

    /** A second defence: should a gate ever be overlooked, the cursor tells. */
    @Test
    void shouldDiscardWhatItCopiedWhenTheCursorHasPassedIt() {
        RingReader reader = processor.newHoldingReader();
        publish(CAPACITY);
        drain();
        UnsafeBuffer slow = new UnsafeBuffer(new byte[CAPACITY * TickDescriptor.LENGTH]) {
            @Override
            public void putBytes(int index, DirectBuffer from, int fromIndex, int length) {
                super.putBytes(index, from, fromIndex, length);
                reader.loseGate();
                assertThat(publish(1)).isPositive();
            }
        };
        assertThat(reader.poll(slow, 0, MOST)).isEqualTo(RingReader.LET_GO);
        assertThat(reader.reason()).isEqualTo(LetGo.OVERRUN);
    }

    /** Neither who publishes nor the processor nor the readers; the least of some windows counts, for the JVM warms up. */
    @Test
    void shouldAllocateNothingWhileReadersRead() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RingReader reader = processor.newReader(0);
        RingReader holding = processor.newHoldingReader();
        long least = Long.MAX_VALUE;
        for (int window = 0; window < 20 && least > 0; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                publisher.tryClaim(2);
                publisher.claim().commit();
                processor.poll(MOST);
                readAll(reader);
                readAll(holding);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
        assertThat(reader.reason()).isNull();
        assertThat(reader.nextSequence()).isEqualTo(ring.lastClaimedSequence() + 1);
    }

    private void readAll(RingReader reader) {
        int count;
        do {
            count = reader.poll(copy, 0, MOST);
        } while (count > 0);
    }

    @Test
    void shouldRefuseALimitThatCannotBeKept() {
        assertThatThrownBy(() -> processor.newReader(CAPACITY / 2 + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lagLimit=9 must be from 1 to 8, half the ring, or 0 for that;"
                        + " a larger ring lets a reader be further behind");
        assertThatThrownBy(() -> processor.newReader(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private long publish(int count) {
        UnsafeBuffer batch = new UnsafeBuffer(new byte[count * TickDescriptor.LENGTH]);
        for (int i = 0; i < count; i++) {
            new MutableTick().wrap(batch, i * TickDescriptor.LENGTH).quote(7, NO_TIME, i, i, i + 1, 1, 1);
        }
        long sequence = publisher.publish(batch, 0, count);
        published += sequence > 0 ? count : 0;
        return sequence;
    }

    private void drain() {
        while (processor.doneSequence() < published) {
            processor.poll(MOST);
        }
    }
}
