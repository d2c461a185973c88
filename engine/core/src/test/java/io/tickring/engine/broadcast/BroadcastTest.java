package io.tickring.engine.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.broadcast.Reading.Span;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastTest {
    private static final int CAPACITY = 1 << 16;
    private static final int MESSAGE = 72;
    private static final long FIRST = 101;
    private static final int JOINS = 20_000;
    private static final int WITHOUT_LAPPING = 100_000;
    private static final long OVER = -1;

    private BroadcastFile file;
    private Batches batches;

    @BeforeEach
    void build() throws IOException {
        file = BroadcastFile.build(null, CAPACITY);
        file.show(1, 2, 3, 4, FIRST);
        batches = new Batches(file.handler(), FIRST);
    }

    @Test
    void shouldDeliverEachBatchAsOneMessage() {
        BroadcastReader reader = file.reader();
        assertThat(reader.nextSequence()).isEqualTo(FIRST);
        assertThat(reader.poll()).isFalse();
        batches.write(3);
        batches.write(1);
        assertThat(reader.lag()).isEqualTo(4);
        assertThat(reader.poll()).isTrue();
        assertThat(reader.firstSequence()).isEqualTo(FIRST);
        assertThat(reader.count()).isEqualTo(3);
        assertThat(reader.missed()).isZero();
        assertThat(reader.lag()).isEqualTo(1);
        assertThat(reader.poll()).isTrue();
        assertThat(reader.firstSequence()).isEqualTo(FIRST + 3);
        assertThat(reader.count()).isEqualTo(1);
        assertThat(reader.nextSequence()).isEqualTo(FIRST + 4);
        assertThat(reader.poll()).isFalse();
    }

    @Test
    void shouldBeginWithWhatComesNext() {
        BroadcastReader early = file.reader();
        batches.write(5);
        BroadcastReader late = file.reader();
        assertThat(late.nextSequence()).isEqualTo(FIRST + 5);
        assertThat(late.poll()).isFalse();
        batches.write(2);
        assertThat(spans(early)).containsExactly(new Span(false, FIRST, FIRST + 6));
        assertThat(spans(late)).containsExactly(new Span(false, FIRST + 5, FIRST + 6));
    }

    @Test
    void shouldCutABatchThatIsTooLongForOneMessage() {
        BroadcastReader reader = file.reader();
        batches.write(500);
        assertThat(spans(reader)).containsExactly(new Span(false, FIRST, FIRST + 499));
    }

    @Test
    void shouldGoRoundWithAReaderThatKeepsUp() {
        BroadcastReader reader = file.reader();
        Reading reading = new Reading();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            batches.write(1 + random.nextInt(127));
            reading.take(reader, Integer.MAX_VALUE);
        }
        assertThat(reading.spans()).containsExactly(new Span(false, FIRST, batches.nextSequence() - 1));
    }

    @Test
    void shouldTellALappedReaderExactlyWhatItMissed() {
        BroadcastReader reader = file.reader();
        batches.write(1);
        reader.poll();
        int messages = 3 * CAPACITY / MESSAGE;
        for (int i = 0; i < messages; i++) {
            batches.write(1);
        }
        assertThat(reader.poll()).isTrue();
        assertThat(reader.firstMissed()).isEqualTo(FIRST + 1);
        assertThat(reader.lastMissed()).isEqualTo(reader.firstSequence() - 1);
        long delivered = batches.nextSequence() - reader.firstSequence();
        assertThat(delivered * MESSAGE)
                .as("goes on as far back as it can but for an eighth")
                .isBetween(CAPACITY * 7L / 8 - CAPACITY / BroadcastDescriptor.MARKS - MESSAGE, CAPACITY * 7L / 8);
        Reading rest = new Reading();
        rest.take(reader, Integer.MAX_VALUE);
        assertThat(rest.spans())
                .containsExactly(new Span(false, reader.nextSequence() - delivered + 1, batches.nextSequence() - 1));
    }

    @Test
    void shouldTellOfWhatWasMissedBeforeTheFirstMessage() {
        BroadcastReader reader = file.reader();
        for (int i = 0; i < 2 * CAPACITY / MESSAGE; i++) {
            batches.write(1);
        }
        assertThat(reader.poll()).isTrue();
        assertThat(reader.firstMissed()).isEqualTo(FIRST);
        assertThat(reader.lastMissed()).isEqualTo(reader.firstSequence() - 1);
    }

    /** A reader that is made in the middle of a message begins behind it, and with the very next one. */
    @Test
    void shouldMissNothingBetweenItsMakingAndItsFirstMessage() throws IOException, InterruptedException {
        BroadcastFile large = BroadcastFile.build(null, 1 << 24);
        large.show(1, 2, 3, 4, FIRST);
        AtomicLong mayWriteTo = new AtomicLong(FIRST);
        Thread writer = new Thread(() -> {
            Batches written = new Batches(large.handler(), FIRST);
            for (long last = mayWriteTo.get(); last != OVER; last = mayWriteTo.get()) {
                if (written.nextSequence() <= last) {
                    written.write(1);
                }
            }
        });
        writer.start();
        try {
            for (int i = 0; i < JOINS; i++) {
                BroadcastReader reader = large.reader();
                long promised = reader.nextSequence();
                mayWriteTo.set(promised + WITHOUT_LAPPING);
                while (!reader.poll()) {
                    Thread.onSpinWait();
                }
                assertThat(reader.missed()).isZero();
                assertThat(reader.firstSequence()).isEqualTo(promised);
            }
        } finally {
            mayWriteTo.set(OVER);
            writer.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18})
    void shouldAccountForEachRecordHoweverSlowTheReader(int capacity) throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            BroadcastFile small = BroadcastFile.build(null, capacity);
            small.show(1, 2, 3, 4, FIRST);
            Batches written = new Batches(small.handler(), FIRST);
            int start = random.nextInt(50);
            for (int i = 0; i < start; i++) {
                written.write(1 + random.nextInt(100));
            }
            BroadcastReader reader = small.reader();
            long first = written.nextSequence();
            Reading reading = new Reading();
            int mostWritten = 1 << random.nextInt(10);
            int mostRead = 1 << random.nextInt(8);
            for (int i = 0; i < 200; i++) {
                int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 200);
                for (int w = random.nextInt(mostWritten + 1) / 8; w >= 0; w--) {
                    written.write(count);
                }
                reading.take(reader, random.nextInt(mostRead + 1));
            }
            reading.take(reader, Integer.MAX_VALUE);
            assertThat(reading.covers(first, written.nextSequence() - 1))
                    .as("seed=%d capacity=%d spans=%s", seed, capacity, reading.spans())
                    .isTrue();
        }
    }

    private static List<Span> spans(BroadcastReader reader) {
        Reading reading = new Reading();
        reading.take(reader, Integer.MAX_VALUE);
        return reading.spans();
    }
}
