package io.tickring.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tickring.journal.TestRecords.ManualClock;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What appending and reading allocate. The compiler allocates a little on the thread when it changes its mind, so the
 * best of a few passes counts: what the code itself allocates, it allocates in each of them.
 */
class JournalAllocationTest {
    private static final int PASSES = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long CHUNK_BYTES = 64L << 20;
    private static final int MAX_BYTES_PER_CHUNK = 4 * 1024;
    private static final int MAX_BYTES_PER_ROLL = 32 * 1024;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final LongArrayList allocations = new LongArrayList(100_000, -1);

    private JournalAppender open() {
        return JournalAppender.open(
                new JournalContext().directory(directory).epochClock(clock).roll(JournalRoll.SECONDLY));
    }

    /** Appends blocks and notes what each that allocated did; the measuring itself allocates nothing. */
    private void append(JournalAppender appender, UnsafeBuffer records, int count, int blocks) {
        for (int i = 0; i < blocks; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            appender.append(records, 0, appender.nextSequence(), count, 1, i % 8 == 0);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated != 0) {
                allocations.addLong(allocated);
            }
        }
    }

    @Test
    void shouldAllocateOnlyWhereAChunkBegins() {
        UnsafeBuffer records = TestRecords.records(1, 1_024);
        try (JournalAppender appender = open()) {
            append(appender, records, 1, 200_000);
            append(appender, records, 16, 50_000);
            append(appender, records, 1_024, 1_100);
            boolean clean = false;
            for (int pass = 0; pass < PASSES && !clean; pass++) {
                clean = allocatesOnlyWhereAChunkBegins(appender, records);
            }
            assertThat(clean)
                    .as("allocated by single appends of the last pass: %s", allocations)
                    .isTrue();
        }
    }

    /** A chunk is met twice: when it is mapped, and when the overlap before it is left. */
    private boolean allocatesOnlyWhereAChunkBegins(JournalAppender appender, UnsafeBuffer records) {
        allocations.clear();
        long from = appender.bytesAppended();
        append(appender, records, 1, 10_000);
        append(appender, records, 16, 30_000);
        append(appender, records, 1_024, 1_000);
        long chunks = (appender.bytesAppended() - from) / CHUNK_BYTES + 1;
        return allocations.size() <= 2 * chunks && sum(allocations) <= chunks * MAX_BYTES_PER_CHUNK;
    }

    @Test
    void shouldAllocateLittleAtARoll() {
        UnsafeBuffer records = TestRecords.records(1, 16);
        try (JournalAppender appender = open()) {
            roll(appender, records, 10);
            boolean clean = false;
            for (int pass = 0; pass < PASSES && !clean; pass++) {
                allocations.clear();
                roll(appender, records, 9);
                clean = allocations.size() <= 9
                        && allocations.stream().allMatch(allocated -> allocated <= MAX_BYTES_PER_ROLL);
            }
            assertThat(clean)
                    .as("allocated by single appends of the last pass: %s", allocations)
                    .isTrue();
        }
    }

    private void roll(JournalAppender appender, UnsafeBuffer records, int times) {
        for (int i = 0; i < times; i++) {
            clock.timeMs += 1_000;
            append(appender, records, 16, 10);
        }
    }

    private static long sum(LongArrayList values) {
        long sum = 0;
        for (int i = 0; i < values.size(); i++) {
            sum += values.getLong(i);
        }
        return sum;
    }

    @Test
    void shouldReadWithoutAllocation() {
        UnsafeBuffer records = TestRecords.records(1, 16);
        try (JournalAppender appender = open()) {
            append(appender, records, 16, 30_000);
        }
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES && least != 0; pass++) {
            least = Math.min(least, bytesToRead(10_000, 19_000));
        }
        assertThat(least).isZero();
    }

    private long bytesToRead(int warmUpBlocks, int blocks) {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            for (int i = 0; i < warmUpBlocks; i++) {
                tailer.next();
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long count = 0;
            for (int i = 0; i < blocks; i++) {
                tailer.next();
                count += tailer.count();
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(count).isEqualTo(16L * blocks);
            return allocated;
        }
    }
}
