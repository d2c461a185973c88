package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.live.PublicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a running engine's figures lie: in a file that other processes read, or in memory. One thread, but for {@link #reader} and
 * {@link #copy}.
 */
public final class FiguresFile {
    private final PublicFile file;
    private final UnsafeBuffer table;
    private final FiguresWriter writer;
    private final int workers;

    private FiguresFile(PublicFile file, FiguresShape shape, int capacity, int workers) {
        this.file = file;
        this.table = file.buffer();
        this.workers = workers;
        this.writer = new FiguresWriter(table, shape, capacity, FiguresListener.NONE);
        table.putInt(WORKERS_OFFSET, workers);
    }

    /**
     * A file in {@code folder}, not yet under its name; as {@link PublicFile#build}.
     *
     * @param folder null for memory of this process
     * @param capacity in instruments
     */
    public static FiguresFile build(Path folder, AnalyticsContext context, int capacity) throws IOException {
        FiguresShape shape = FiguresShape.of(context);
        int lengthBytes = shape.lengthBytes(capacity);
        PublicFile file = PublicFile.buildOrMemory(folder, FILE_NAME, lengthBytes);
        return new FiguresFile(file, shape, capacity, context.workers());
    }

    /** Names the run that writes, and gives the file its name, in place of an older one. */
    public void show(long incarnation, long journalId, long pid, long startEpochMs) throws IOException {
        table.putLong(INCARNATION_OFFSET, incarnation);
        table.putLong(JOURNAL_ID_OFFSET, journalId);
        table.putLong(PID_OFFSET, pid);
        table.putLong(START_OFFSET, startEpochMs);
        table.putIntRelease(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
        file.show();
    }

    /** Removes a file that was never shown. */
    public void discard() throws IOException {
        file.discard();
    }

    /** Removes what an earlier run has left under the name, for a run that keeps no figures. */
    public static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE_NAME));
    }

    /** How many handlers share the instruments. */
    public int workers() {
        return workers;
    }

    /** The stage of one of the workers, 0 to their number, exclusive. There is to be one of each. */
    public FiguresHandler handler(int worker) {
        return new FiguresHandler(writer, table, worker, workers);
    }

    /** What takes all records by itself, for the time before there are stages. */
    public FiguresHandler recovering() {
        return new FiguresHandler(writer, table, 0, 1);
    }

    /** Says that every record up to {@code sequence} is in the figures. Before the stages run. */
    public void applied(long sequence) {
        for (int worker = 0; worker < workers; worker++) {
            table.putLongRelease(APPLIED_OFFSET + worker * APPLIED_LENGTH, sequence);
        }
    }

    public FiguresReader reader() {
        return FiguresReader.over(table);
    }

    /** The bytes of a copy of so many rows. */
    public int copyLength(int instruments) {
        return HEADER_LENGTH + instruments * writer.shape().rowLength();
    }

    /**
     * Copies the settings and the rows while they are written, each row of one moment: {@link #restore} and the records behind
     * {@link FiguresReader#appliedSequence}, as it was before this, give the figures again.
     *
     * @return the newest sequence in the copy, or -1 if a row was being written for a whole second, and the copy is none
     */
    public long copy(MutableDirectBuffer to, int instruments) {
        to.putBytes(0, table, 0, HEADER_LENGTH);
        to.putInt(INSTRUMENTS_OFFSET, instruments);
        return reader().copyRows(to, HEADER_LENGTH, instruments);
    }

    /**
     * Why {@link #restore} cannot take what lies in {@code from}, in a few words; null when it can.
     *
     * @param lastSequence above which sequences are given again, to records that a row with a newer one would not take
     */
    public String fault(DirectBuffer from, int length, long lastSequence) {
        FiguresShape shape = writer.shape();
        if (length < HEADER_LENGTH || !FiguresShape.of(from).equals(shape)) {
            return "its bars are others";
        }
        long rows = (long) from.getInt(INSTRUMENTS_OFFSET) * shape.rowLength();
        if (rows != length - HEADER_LENGTH) {
            return "the length of its bars";
        }
        for (int row = HEADER_LENGTH; row < length; row += shape.rowLength()) {
            if (from.getLong(row + SEQUENCE) > lastSequence) {
                return "its bars lie behind sequence " + lastSequence + ", the journal's last";
            }
        }
        return null;
    }

    /**
     * Makes the figures those of a copy.
     *
     * @throws IllegalArgumentException if there is no room for as many instruments
     */
    public void restore(DirectBuffer from) {
        writer.restore(from, HEADER_LENGTH, from.getInt(INSTRUMENTS_OFFSET));
    }
}
