package io.tickring.engine.ring;

import org.agrona.DirectBuffer;

/**
 * One stage of the engine: sees every record once, in sequence order, in batches that lie contiguous in memory. Called by one
 * thread; must not keep the buffer, write to it, block, or publish. A throw halts the engine, unless its embedder has it skip ticks.
 */
@FunctionalInterface
public interface TickHandler {
    /**
     * @param records the records, {@code count} times 64 bytes from {@code offset}, laid out by
     *     {@link io.tickring.engine.tick.TickDescriptor}
     * @param firstSequence the sequence of the first record; the others follow without a gap
     */
    void onBatch(DirectBuffer records, int offset, long firstSequence, int count);
}
