package io.tickring.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Await;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Producers at full speed over a small ring, and readers that join, read at their own speed, leave, and are let go from outside at any
 * moment. All fields of a record are its sequence, so a reader can tell whether what it got is whole and follows what it had.
 */
class RingReaderRaceTest {
    private static final long FIRST = 1_001;
    private static final int READERS = 4;
    private static final int JOINS = 400;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<RingReader> joined = new AtomicReferenceArray<>(READERS);
    private final Queue<LetGo> ends = new ConcurrentLinkedQueue<>();
    private TickRing ring;
    private TickProcessor processor;
    private volatile boolean done;

    @AfterEach
    void end() throws InterruptedException {
        done = true;
        ring.close();
        for (int i = 0; i < joined.length(); i++) {
            if (joined.get(i) != null) {
                joined.get(i).letGo(LetGo.CLOSED);
            }
        }
        processor.halt();
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void shouldSeeEachRecordWholeAndWithoutAGap(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ring = new TickRing(8 << random.nextInt(4), WaitMode.YIELD, FIRST, new InstrumentRegistry(1));
        processor = ring.newProcessor(List.of(
                new TickStage("nothing", (records, offset, first, count) -> {}, null, (stage, at, n, e) -> {})));
        start("handler", processor);
        List<Thread> producers = List.of(startProducer(random.split()), startProducer(random.split()));
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int number = i;
            SplittableRandom own = random.split();
            readers.add(start("reader-" + i, () -> {
                // Which ends come is the scheduler's: more joins, until each has been seen.
                for (int join = 0; wrong.isEmpty() && !done && (join < JOINS || !sawAllEnds()); join++) {
                    readForAWhile(number, own);
                }
            }));
        }
        SplittableRandom ending = random.split();
        start("ending", () -> endSome(ending));
        Await.until("the readers end", () -> readers.stream().noneMatch(Thread::isAlive));
        long from = ring.lastClaimedSequence();
        Await.until("no gate is left", () -> ring.lastClaimedSequence() > from + 20L * ring.capacity());
        assertThat(wrong).isEmpty();
        assertThat(producers).allMatch(Thread::isAlive);
        assertThat(ends).contains(LetGo.LAGS, LetGo.IDLE, LetGo.LEFT).doesNotContain(LetGo.OVERRUN);
    }

    private boolean sawAllEnds() {
        return ends.containsAll(List.of(LetGo.LAGS, LetGo.IDLE, LetGo.LEFT));
    }

    private void readForAWhile(int number, SplittableRandom random) {
        UnsafeBuffer copy = new UnsafeBuffer(new byte[TickDescriptor.LENGTH * ring.capacity()]);
        long before = ring.lastClaimedSequence();
        RingReader reader = number % 2 == 0 ? processor.newHoldingReader() : processor.newReader(0);
        long next = reader.nextSequence();
        if (next <= before) {
            wrong.add("joined at " + next + ", which was claimed before");
        }
        joined.set(number, reader);
        int polls = random.nextInt(60);
        int count = 0;
        while (polls-- > 0 && count >= 0) {
            count = reader.poll(copy, 0, 1 + random.nextInt(ring.capacity()));
            for (int i = 0; i < count; i++) {
                check(number, copy, i * TickDescriptor.LENGTH, next++);
            }
            pause(random);
        }
        reader.close();
        ends.add(reader.reason());
        if (count >= 0 && reader.reason() == LetGo.LAGS && reader.holds()) {
            wrong.add("reader " + number + " holds and was let go for its lag");
        }
    }

    private void check(int number, UnsafeBuffer copy, int offset, long expected) {
        Tick tick = new Tick().wrap(copy, offset);
        boolean whole = tick.sequence() == expected
                && tick.receiveTimeNs() == expected
                && tick.bid() == expected
                && tick.askSize() == expected;
        if (!whole) {
            wrong.add("reader " + number + " expected=" + expected + " sequence=" + tick.sequence() + " bid="
                    + tick.bid());
        }
    }

    private void endSome(SplittableRandom random) {
        while (!done) {
            RingReader reader = joined.get(random.nextInt(READERS));
            if (reader != null && random.nextInt(20) == 0) {
                reader.letGo(LetGo.IDLE);
            }
            pause(random);
        }
    }

    private Thread startProducer(SplittableRandom random) {
        TickPublisher publisher = ring.newPublisher("p", OverflowPolicy.WAIT, Records.counter());
        return start("producer", () -> {
            while (!done) {
                int count = 1 + random.nextInt(ring.capacity() / 2);
                long first = publisher.awaitClaim(count);
                for (int i = 0; first > 0 && i < count; i++) {
                    long n = first + i;
                    publisher.claim().tick(i).quote(0, n, n, n, n, n, n);
                }
                if (first > 0) {
                    publisher.claim().commit();
                }
            }
        });
    }

    private static void pause(SplittableRandom random) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            Thread.yield();
        } else {
            for (int spins = random.nextInt(50); spins > 0 && kind < 4; spins--) {
                Thread.onSpinWait();
            }
        }
    }

    private Thread start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }
}
