package io.tickring.engine.journaling;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockAppender;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Appends each batch to the journal as one block. Its key is the running maximum of the ticks' receive times. Allocates nothing
 * but where the journal maps a new part of a file; any error of the journal is thrown and halts the engine.
 */
public final class JournalHandler implements TickHandler {
    private final BlockAppender appender;
    private final DefinitionLog definitions;
    private final EngineCounters counters;
    private final boolean forcesEachBlock;
    private final JournalPause pause;
    private long key;
    private int ticks;
    private boolean hasDefinitions;

    /** @param definitions what the journal's dictionary blocks are made of; this handler and {@code pause} add to it. */
    public JournalHandler(
            BlockAppender appender,
            DefinitionLog definitions,
            EngineCounters counters,
            boolean forcesEachBlock,
            JournalPause pause) {
        this.forcesEachBlock = forcesEachBlock;
        this.pause = pause;
        this.appender = appender;
        this.definitions = definitions;
        this.counters = counters;
        this.key = appender.lastKey();
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        int passed = pause.isOn() ? passOver(records, offset, firstSequence, count) : 0;
        if (passed < count) {
            append(records, offset + (passed << TickDescriptor.LENGTH_SHIFT), firstSequence + passed, count - passed);
        }
    }

    /** Records that are not journaled move the key on all the same. */
    private int passOver(DirectBuffer records, int offset, long firstSequence, int count) {
        int passed = pause.passOver(records, offset, firstSequence, count);
        scan(records, offset, passed);
        return passed;
    }

    private void append(DirectBuffer records, int offset, long firstSequence, int count) {
        scan(records, offset, count);
        appender.append(records, offset, firstSequence, count, key, hasDefinitions);
        if (hasDefinitions) {
            definitions.addFrom(records, offset, count);
        }
        counters.journaled.getAndAddRelease(ticks);
        counters.journalBlocks.incrementRelease();
        counters.journalBytes.setRelease(appender.bytesAppended());
        counters.journaledSequence.setRelease(firstSequence + count - 1);
        if (forcesEachBlock) {
            counters.durableSequence.setRelease(appender.force());
        }
    }

    /** Design note: that the records lie within their buffer is checked once, not for each of their fields. */
    private void scan(DirectBuffer records, int offset, int count) {
        records.boundsCheck(offset, count << TickDescriptor.LENGTH_SHIFT);
        byte[] from = records.byteArray();
        long first = records.addressOffset() + offset;
        long newest = key;
        int found = 0;
        boolean defines = false;
        for (int i = 0; i < count; i++) {
            long record = first + ((long) i << TickDescriptor.LENGTH_SHIFT);
            byte type = UnsafeApi.getByte(from, record + TickDescriptor.TYPE_OFFSET);
            if (TickDescriptor.isTick(type)) {
                found++;
                newest = Math.max(newest, UnsafeApi.getLong(from, record + TickDescriptor.RECEIVE_TIME_OFFSET));
            } else {
                defines |= type == TickDescriptor.DEFINITION;
            }
        }
        key = newest;
        ticks = found;
        hasDefinitions = defines;
    }
}
