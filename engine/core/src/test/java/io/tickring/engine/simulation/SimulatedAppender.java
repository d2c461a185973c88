package io.tickring.engine.simulation;

import io.tickring.engine.simulation.SimulatedBlock.Origin;
import io.tickring.journal.BlockAppender;
import io.tickring.journal.BlockCodec;
import io.tickring.journal.BlockDescriptor;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalException;
import io.tickring.journal.JournalException.Reason;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends to a {@link SimulatedStorage} as the journal's own appender does to its files; dictionaries and gaps have short parts. */
final class SimulatedAppender implements BlockAppender {
    private static final long CYCLE_MS = 1_000;
    private static final int RECORDS_IN_PART = 7;
    private static final long JOURNAL_ID = 4711;

    private final SimulatedStorage storage;
    private final JournalContext context;
    private final BlockCodec codec;
    private final int maxPart;
    private final byte[] encoded;
    private final Origin origin;
    private final String sealed;
    private final boolean isNew;
    private long cycle;
    private long nextSequence;
    private long lastKey;
    private long durableSequence;
    private long bytesAppended;
    private RuntimeException failure;

    SimulatedAppender(SimulatedStorage storage, JournalContext context, int incarnation, String sealed) {
        this.storage = storage;
        this.context = context;
        this.sealed = sealed;
        this.codec = context.codec();
        this.encoded = new byte[1024 * context.recordLengthBytes() + BlockCodec.SLACK_BYTES];
        this.maxPart = RECORDS_IN_PART * context.recordLengthBytes();
        this.origin = new Origin(JOURNAL_ID, incarnation, context.recordLengthBytes());
        SimulatedBlock last = storage.last();
        isNew = last == null;
        if (isNew) {
            nextSequence = context.firstSequence();
            lastKey = Long.MIN_VALUE;
            startCycle(now());
            storage.forceBeginning(nextSequence - 1);
        } else {
            continueAfter(last);
        }
    }

    private void continueAfter(SimulatedBlock last) {
        nextSequence = last.nextSequence();
        lastKey = BlockDescriptor.key(last.bytes(), 0);
        durableSequence = Math.max(storage.durableMark(), BlockDescriptor.durableSequence(last.bytes(), 0));
        boolean perhapsCut = last.count() == 0 && last.payloadLength() == maxPart;
        cycle = perhapsCut ? -1 : last.cycle();
    }

    @Override
    public void append(
            DirectBuffer records, int offset, long firstSequence, int count, long key, boolean hasDefinitions) {
        requireOrder(firstSequence == nextSequence && key >= lastKey && count >= 1);
        startCycleWhenDue();
        int raw = count * origin.recordLength();
        int length = codec.encode(records, offset, firstSequence, count, encoded);
        if (length > 0 && length < raw) {
            write(false, codec.number(), nextSequence, count, key, new UnsafeBuffer(encoded), 0, length);
        } else {
            write(false, BlockDescriptor.CODEC_RAW, nextSequence, count, key, records, offset, raw);
        }
        nextSequence += count;
        lastKey = key;
    }

    @Override
    public void appendGap(long from, long next, DirectBuffer payload, int offset, int length) {
        requireOrder(from == nextSequence && next >= from && length % origin.recordLength() == 0);
        startCycleWhenDue();
        writeParts(true, next, payload, offset, length);
        nextSequence = next;
    }

    private void requireOrder(boolean holds) {
        if (failure != null) {
            throw failure;
        }
        if (!holds) {
            throw new JournalException(Reason.OUT_OF_ORDER, "it does not continue the journal", null);
        }
    }

    private void startCycleWhenDue() {
        if (now() > cycle) {
            startCycle(now());
        }
    }

    private long now() {
        return context.epochClock().time() / CYCLE_MS;
    }

    private void startCycle(long begun) {
        cycle = begun;
        writeParts(
                false,
                nextSequence,
                context.dictionary().buffer(),
                0,
                context.dictionary().length());
    }

    /** Writes what owns no sequence; with the last part the journal goes on at {@code next}. */
    private void writeParts(boolean isGap, long next, DirectBuffer payload, int offset, int length) {
        int done = 0;
        do {
            int part = Math.min(length - done, maxPart);
            long after = done + part == length ? next : nextSequence;
            write(isGap, BlockDescriptor.CODEC_RAW, after, 0, lastKey, payload, offset + done, part);
            done += part;
        } while (done < length);
    }

    private void write(
            boolean isGap, int form, long first, int count, long key, DirectBuffer payload, int offset, int length) {
        SimulatedBlock last = storage.last();
        int previousCrc = last == null ? 0 : last.crc();
        try {
            storage.append(SimulatedBlock.of(
                    origin,
                    cycle,
                    isGap,
                    form,
                    first,
                    count,
                    key,
                    durableSequence,
                    previousCrc,
                    payload,
                    offset,
                    length));
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        bytesAppended += BlockDescriptor.HEADER_LENGTH + length;
    }

    @Override
    public long force() {
        long appended = nextSequence - 1;
        if (appended > durableSequence) {
            storage.force(appended);
            durableSequence = appended;
        }
        return durableSequence;
    }

    @Override
    public long durableSequence() {
        return durableSequence;
    }

    @Override
    public void requirePresent() {}

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public long lastKey() {
        return lastKey;
    }

    @Override
    public long journalId() {
        return origin.journalId();
    }

    @Override
    public int incarnation() {
        return origin.incarnation();
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public String sealed() {
        return sealed;
    }

    @Override
    public long bytesAppended() {
        return bytesAppended;
    }

    @Override
    public void close() {}
}
