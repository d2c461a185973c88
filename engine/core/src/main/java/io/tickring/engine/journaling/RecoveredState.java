package io.tickring.engine.journaling;

/**
 * Where the state of a start came from.
 *
 * @param snapshotSequence of the snapshot that was taken, 0 for none
 * @param records read from the journal behind it
 * @param snapshotNs how long it took to find, prove and take the snapshot
 * @param recordsNs how long it took to read and apply those records
 */
public record RecoveredState(long snapshotSequence, long records, long snapshotNs, long recordsNs) {
    /** Of a journal that began with this start. */
    public static final RecoveredState NOTHING = new RecoveredState(0, 0, 0, 0);
}
