package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Records whose bytes follow from their sequence, and what reads them back. */
final class TestRecords {
    static final int LENGTH = 64;

    private TestRecords() {}

    /** A clock that a test sets. */
    static final class ManualClock implements EpochClock {
        long timeMs = 1_723_075_200_000L; // 2024-08-08T00:00:00Z

        @Override
        public long time() {
            return timeMs;
        }
    }

    /** Definitions so far: 64 bytes each, the id in the first eight. */
    static final class ListDictionary implements JournalDictionary {
        private final ExpandableDirectByteBuffer bytes = new ExpandableDirectByteBuffer(1024);
        private int length;

        void add(long id) {
            bytes.putLong(length, id, LITTLE_ENDIAN);
            bytes.setMemory(length + 8, LENGTH - 8, (byte) 0xD);
            length += LENGTH;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public DirectBuffer buffer() {
            return bytes;
        }
    }

    /** One block as a value. */
    record Block(long first, int count, long key, int incarnation) {}

    static UnsafeBuffer records(long first, int count) {
        UnsafeBuffer records = new UnsafeBuffer(ByteBuffer.allocateDirect(count * LENGTH));
        for (int i = 0; i < count; i++) {
            fill(records, i * LENGTH, first + i);
        }
        return records;
    }

    static void fill(UnsafeBuffer records, int offset, long sequence) {
        records.putLong(offset, sequence, LITTLE_ENDIAN);
        for (int i = 8; i < LENGTH; i += 8) {
            records.putLong(offset + i, expected(sequence, i), LITTLE_ENDIAN);
        }
    }

    static long expected(long sequence, int offset) {
        return (sequence + offset) * 0x9E37_79B9_7F4A_7C15L;
    }

    /** Appends records behind the last; their definitions, if any, are the caller's to note. */
    static void append(JournalAppender appender, int count, long key, boolean hasDefinitions) {
        long first = appender.nextSequence();
        appender.append(records(first, count), 0, first, count, key, hasDefinitions);
    }

    /** Every block of a journal; fails on a record whose bytes are not those of its sequence. */
    static List<Block> readAll(Path directory) {
        try (JournalTailer tailer = JournalTailer.open(directory)) {
            return readOn(tailer);
        }
    }

    static List<Block> readOn(JournalTailer tailer) {
        List<Block> blocks = new ArrayList<>();
        while (tailer.next()) {
            checkRecords(tailer.firstSequence(), tailer.count(), tailer.records(), tailer.recordsOffset());
            blocks.add(new Block(tailer.firstSequence(), tailer.count(), tailer.key(), tailer.incarnation()));
        }
        return blocks;
    }

    static void checkRecords(long first, int count, DirectBuffer payload, int offset) {
        for (int i = 0; i < count; i++) {
            int record = offset + i * LENGTH;
            boolean same = payload.getLong(record, LITTLE_ENDIAN) == first + i;
            for (int at = 8; at < LENGTH; at += 8) {
                same &= payload.getLong(record + at, LITTLE_ENDIAN) == expected(first + i, at);
            }
            if (!same) {
                throw new AssertionError("record " + (first + i) + " came back changed");
            }
        }
    }

    /** The ids that {@link JournalTailer#definitions} hands out, dictionary blocks and others alike. */
    static List<Long> definitionIds(JournalTailer tailer) {
        List<Long> ids = new ArrayList<>();
        tailer.definitions((first, count, payload, offset, length) -> {
            for (int at = 0; at < length; at += LENGTH) {
                ids.add(payload.getLong(offset + at, LITTLE_ENDIAN));
            }
        });
        return ids;
    }
}
