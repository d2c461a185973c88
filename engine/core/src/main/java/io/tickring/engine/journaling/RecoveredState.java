package io.tickring.engine.journaling;

/**
 * Where the state of a start came from.
 *
 * @param snapshotSequence of the snapshot that was taken, 0 for none
 * @param records read from the journal behind it
 */
public record RecoveredState(long snapshotSequence, long records) {
    /** Of a journal that began with this start. */
    public static final RecoveredState NOTHING = new RecoveredState(0, 0);
}
