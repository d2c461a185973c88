package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** One way of doing a bench's work. Runs on one thread of the bench, again and again; each run is complete in itself. */
interface Peer {
    /** As it stands in the table. */
    String name();

    /** Called once before the first round, off the clock; {@code folder} is the peer's own until the bench ends. */
    default void prepare(Path folder) throws IOException {}

    /**
     * Does the whole work in an empty folder and answers what it took. What it opened is closed again.
     *
     * @throws BenchException if the work was not done as it must be, a lost tick for one: then there is no figure.
     */
    PeerRun run(Path folder) throws IOException;

    /** What else is to be said after the last round, empty for nothing. */
    default String remark() {
        return "";
    }
}
