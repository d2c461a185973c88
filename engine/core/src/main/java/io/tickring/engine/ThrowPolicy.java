package io.tickring.engine;

/**
 * What becomes of a tick at which a handler of the embedder's throws. It concerns the handlers that were added to the
 * {@link EngineContext} alone: a throw in a stage of the engine's own halts it.
 */
public enum ThrowPolicy {
    /**
     * The engine halts; what was accepted is still applied and journaled. Handlers see whole batches, beside the engine's stages.
     */
    HALT,

    /**
     * The tick becomes a SKIP record in its place, and the engine goes on. A SKIP keeps the tick's sequence, instrument and bytes, but
     * not its flags; it is journaled as it is and applied by nobody, so that table, counters and digest are the same live, replayed and
     * after a restart.
     * It is counted, and the error log has the first of each distinct throw, with its sequence.
     *
     * <p>For this the handlers come first, in the order in which they were added, one behind the other, each on its thread as always (one
     * of its own when DEDICATED, the one of all when SHARED), and with one record at a time: no handler sees a record twice. Price table,
     * counters and journal wait for them. So a slow handler makes every tick late, one that never comes back keeps all that follows from
     * table and journal, and a call for each record is paid.
     *
     * <p>A handler before the one that throws has seen the tick as a tick; one behind it is given the SKIP record, as all are in a replay.
     * What a handler did of its own before it threw is not undone.
     *
     * <p>The engine halts as with {@link #HALT} when the record is no tick (a SKIP is none), when the throw is or was caused by a
     * {@link VirtualMachineError}, or where it republishes a journal under its own sequences: what to skip is decided there already.
     */
    SKIP
}
