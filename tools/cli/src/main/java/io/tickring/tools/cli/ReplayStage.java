package io.tickring.tools.cli;

import io.tickring.engine.ring.TickHandler;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** What a {@link Replay} gives its records to, on the thread of a stage. One that fails ends the replay, not the stage. */
interface ReplayStage extends TickHandler {
    /** Learns the symbols that are defined before the first record. Before the replay. */
    void defineAll(DirectBuffer definitions, int count);

    /** Whether it waits for threads of its own. */
    boolean hasWorkers();

    /** Every record up to this sequence is taken. Any thread. */
    long doneSequence();

    /** Why it takes nothing any more, or null. Any thread. */
    Exception failure();

    /** All records of the range are taken; what still comes is not the journal's. While the stage takes nothing. */
    void end() throws IOException;
}
