package io.tickring.engine.ring;

import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import com.lmax.disruptor.Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.MutableDirectBuffer;

/**
 * Reads every record that a {@link TickProcessor} is done with, from the join on, without a gap: the slots that it has not read are not
 * claimed again. One that falls behind its limit is let go, and holds no producer; one that holds is waited for until it reads, or
 * leaves, or is let go from outside. Reads on one thread; any thread may ask and let it go.
 *
 * <p>Design note: whoever lets a reader go first says so, and only then gives its slots up. The reader copies first and only then looks
 * whether it was let go, so what it keeps was copied from slots that nobody could claim: a seqlock, whose version is the reason. That
 * the cursor did not pass the copied slots is looked at beside it.
 */
public final class RingReader implements AutoCloseable {
    /** {@link #poll} answers: it was let go, {@link #reason} says why. */
    public static final int LET_GO = -1;

    /** No limit: producers wait for this reader. */
    static final long HOLDS = Long.MAX_VALUE;

    private static final VarHandle REASON = reasonHandle();

    private final TickRing ring;
    private final TickProcessor behind;
    private final long lagLimit;
    /** The newest record that was read. Far ahead until the reader gates the ring, for the eyes of whoever looks for laggards. */
    private final Sequence progress = new Sequence(Long.MAX_VALUE);

    private volatile LetGo reason;

    RingReader(TickRing ring, TickProcessor behind, long lagLimit) {
        this.ring = ring;
        this.behind = behind;
        this.lagLimit = lagLimit;
    }

    /**
     * Copies the next records, which lie contiguous in the ring, without waiting.
     *
     * @param copy has room for {@code maxRecords} records from {@code offset} on; what lies there means nothing unless the answer is above 0
     * @param maxRecords at most {@link TickProcessor#MAX_BATCH} are copied, whatever this says
     * @return how many records were copied, 0 when there is none now, or {@link #LET_GO}
     */
    public int poll(MutableDirectBuffer copy, int offset, int maxRecords) {
        if (reason != null) {
            return LET_GO;
        }
        long first = progress.get() + 1;
        int index = ring.index(first);
        int limit = Math.min(Math.min(maxRecords, TickProcessor.MAX_BATCH), ring.capacity() - index);
        int count = (int) Math.min(behind.progress().get() - first + 1, limit);
        if (count < 1) {
            return 0;
        }
        copy.putBytes(offset, ring.slab(), ring.offset(first), count << LENGTH_SHIFT);
        VarHandle.acquireFence();
        if (reason == null && ring.cursor() - ring.capacity() >= first) {
            letGo(LetGo.OVERRUN);
        }
        if (reason != null) {
            return LET_GO;
        }
        progress.set(first + count - 1);
        return count;
    }

    /** The sequence of the record that {@link #poll} copies next. Any thread may ask. */
    public long nextSequence() {
        return ring.sequence(progress.get() + 1);
    }

    /** How many records there are that it has not read. Any thread may ask. */
    public long lag() {
        return Math.max(0, behind.progress().get() - progress.get());
    }

    /** Whether producers wait for it. */
    public boolean holds() {
        return lagLimit == HOLDS;
    }

    /** Why it was let go; null while it reads. Any thread may ask. */
    public LetGo reason() {
        return reason;
    }

    /** Gives its slots up; the first reason stands. A copy under way becomes void. Any thread may call it. */
    public void letGo(LetGo why) {
        if (REASON.compareAndSet(this, null, why)) {
            behind.readers().remove(this);
            loseGate();
        }
    }

    /** Leaves. Idempotent. */
    @Override
    public void close() {
        letGo(LetGo.LEFT);
    }

    /** Begins at the cursor. */
    void join() {
        behind.readers().add(this);
        ring.addGate(progress);
        if (reason != null) {
            loseGate();
        }
    }

    /** Gates the ring no longer, without a word. */
    void loseGate() {
        ring.removeGate(progress);
    }

    /** The record that may be done when this reader has read nothing more, seen from {@code done} on; of one that holds, any. */
    long mayStandUntil(long done) {
        return holds() ? Long.MAX_VALUE : Math.min(progress.get(), done) + lagLimit;
    }

    boolean isBehind(long ringSequence) {
        return progress.get() < ringSequence;
    }

    private static VarHandle reasonHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(RingReader.class, "reason", LetGo.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
