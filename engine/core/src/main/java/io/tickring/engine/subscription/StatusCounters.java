package io.tickring.engine.subscription;

import io.tickring.engine.status.StatusWriter;
import org.agrona.concurrent.status.AtomicCounter;

/** A subscription's figures in the engine's status file. */
final class StatusCounters implements SubscriptionCounters {
    private final AtomicCounter delivered;
    private final AtomicCounter missed;
    private final AtomicCounter folded;
    private final AtomicCounter lagRecords;
    private final AtomicCounter lagNs;

    StatusCounters(String name, StatusWriter status) {
        String label = "subscription " + name + ": ";
        delivered = status.newCounter(label + "delivered");
        missed = status.newCounter(label + "missed");
        folded = status.newCounter(label + "folded");
        lagRecords = status.newGauge(label + "lag");
        lagNs = status.newGauge(label + "lag ns");
    }

    /** A counter that is freed by another thread takes nothing more. */
    @Override
    public synchronized void show(long deliveredNow, long missedNow, long foldedNow) {
        if (!delivered.isClosed()) {
            delivered.setRelease(deliveredNow);
            missed.setRelease(missedNow);
            folded.setRelease(foldedNow);
        }
    }

    @Override
    public synchronized void showLag(long lagRecordsNow, long lagNsNow) {
        if (!lagRecords.isClosed()) {
            lagRecords.setRelease(lagRecordsNow);
            lagNs.setRelease(lagNsNow);
        }
    }

    @Override
    public synchronized void close() {
        delivered.close();
        missed.close();
        folded.close();
        lagRecords.close();
        lagNs.close();
    }
}
