package io.tickring.engine.broadcast;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that reads a broadcast, rests every thousand messages, and says whether it was given or told of each record once. */
final class BroadcastReaderProcess {
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private BroadcastReaderProcess() {}

    public static void main(String[] arguments) throws Exception {
        BroadcastReader reader = BroadcastReader.map(Path.of(arguments[0]));
        int messages = Integer.parseInt(arguments[1]);
        long first = reader.nextSequence();
        System.out.println("r");
        Reading reading = new Reading();
        for (int taken = 0; taken < messages; ) {
            long before = reader.nextSequence();
            reading.take(reader, 1);
            taken += reader.nextSequence() > before ? 1 : 0;
            if (taken % 1_000 == 0) {
                LockSupport.parkNanos(REST_NS);
            }
        }
        System.out.println("messages=" + messages + " missed=" + reading.missed() + " sound="
                + reading.covers(first, reader.nextSequence() - 1));
    }
}
