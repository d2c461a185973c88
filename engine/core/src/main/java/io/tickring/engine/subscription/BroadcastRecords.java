package io.tickring.engine.subscription;

import io.tickring.engine.broadcast.BroadcastReader;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** The broadcast's messages, over starts of the engine. */
final class BroadcastRecords implements RecordStream {
    /** Null in the engine's own process, where there is no other start. */
    private final Path live;

    private BroadcastReader broadcast;
    private final FileLook look = new FileLook();
    private boolean ofAnotherStart;
    private long firstMissed;
    private long lastMissed;
    private int count;

    BroadcastRecords(BroadcastReader broadcast, Path live) {
        this.broadcast = broadcast;
        this.live = live;
    }

    @Override
    public boolean next() throws IOException {
        firstMissed = 0;
        ofAnotherStart = false;
        return takesNext() || live != null && look.isDue() && broadcast.isReplaced() && goesOnWithAnother();
    }

    private boolean takesNext() {
        if (!broadcast.poll()) {
            return false;
        }
        count = broadcast.count();
        if (broadcast.missed() > 0) {
            firstMissed = broadcast.firstMissed();
            lastMissed = broadcast.lastMissed();
        }
        return true;
    }

    @Override
    public DirectBuffer records() {
        return broadcast.records();
    }

    @Override
    public int offset() {
        return broadcast.offset();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long firstMissed() {
        return firstMissed;
    }

    @Override
    public long lastMissed() {
        return lastMissed;
    }

    @Override
    public MissedCause missedCause() {
        return ofAnotherStart ? MissedCause.RESTARTED : MissedCause.LAPPED;
    }

    @Override
    public boolean isOfAnotherStart() {
        return ofAnotherStart;
    }

    /**
     * What the earlier engine wrote last may have come behind the poll that found nothing. Then from the first record of the other: what
     * lies between the two is missed, and sequences that an engine lost are given again.
     */
    private boolean goesOnWithAnother() throws IOException {
        if (takesNext()) {
            look.hurry();
            return true;
        }
        long next = broadcast.nextSequence();
        broadcast = BroadcastReader.mapFromFirst(live);
        ofAnotherStart = true;
        count = 0;
        if (broadcast.nextSequence() > next) {
            firstMissed = next;
            lastMissed = broadcast.nextSequence() - 1;
        }
        return true;
    }
}
