package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the figures while they are written, in this process or another; never holds the writer up. Any thread. */
public final class FiguresReader {
    private static final long MAX_TRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SPINS = 1_000;

    private final UnsafeBuffer table;
    private final FiguresShape shape;

    private FiguresReader(UnsafeBuffer table) {
        this.table = table;
        this.shape = FiguresShape.of(table);
    }

    static FiguresReader over(UnsafeBuffer table) {
        return new FiguresReader(table);
    }

    /**
     * Maps the file that an engine shows in its live folder.
     *
     * @throws IOException if there is none, or it is not one that this version reads
     */
    public static FiguresReader map(Path live) throws IOException {
        Path file = live.resolve(FILE_NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            UnsafeBuffer table = new UnsafeBuffer(mapped);
            if (table.capacity() < HEADER_LENGTH || table.getInt(MAGIC_OFFSET) != MAGIC) {
                throw new IOException("file=" + file + " is no file of bars: it does not begin with TKRB");
            }
            int version = table.getIntVolatile(LAYOUT_VERSION_OFFSET);
            if (version != LAYOUT_VERSION) {
                throw new IOException("file=" + file + " layoutVersion=" + version + " but this program reads "
                        + LAYOUT_VERSION + "; use the tools that belong to its engine");
            }
            FiguresReader reader = new FiguresReader(table);
            long wholeBytes = reader.row(table.getInt(CAPACITY_OFFSET));
            if (table.capacity() < wholeBytes) {
                throw new IOException("file=" + file + " is cut short: length=" + table.capacity() + " of " + wholeBytes
                        + " bytes; copy it again");
            }
            return reader;
        }
    }

    /** Ids 0 to this, exclusive, have a row. */
    public int instruments() {
        return table.getIntVolatile(INSTRUMENTS_OFFSET);
    }

    /** Every record up to this sequence is in the figures. */
    public long appliedSequence() {
        long applied = Long.MAX_VALUE;
        for (int worker = 0; worker < table.getInt(WORKERS_OFFSET); worker++) {
            applied = Math.min(applied, table.getLongVolatile(APPLIED_OFFSET + worker * APPLIED_LENGTH));
        }
        return applied;
    }

    /** Something to {@link #read} into. */
    public InstrumentFigures newFigures() {
        return new InstrumentFigures(shape);
    }

    /** The id of a symbol, or -1. Looks at every row. */
    public int find(String symbol) {
        InstrumentFigures figures = newFigures();
        for (int id = 0; id < instruments(); id++) {
            if (read(id, figures) && symbol.equals(figures.symbol())) {
                return id;
            }
        }
        return -1;
    }

    /**
     * Copies the figures of one instrument, all of one moment.
     *
     * @return false if the row was being written for a whole second, as after a writer that died in the middle of it.
     */
    public boolean read(int id, InstrumentFigures figures) {
        return whole(id, () -> figures.copyFrom(table, row(id), id));
    }

    /** The digest of the figures as they stand: XXH64 over the rows, in id order, each with its id in place of the version. */
    public long digest() {
        return FiguresDigest.of(table, HEADER_LENGTH, instruments(), shape.rowLength());
    }

    /** Copies the rows, each of one moment; answers the newest sequence in them, or -1 if a row was being written for a whole second. */
    long copyRows(MutableDirectBuffer to, int offset, int instruments) {
        long newest = 0;
        for (int id = 0; id < instruments; id++) {
            int at = offset + id * shape.rowLength();
            int row = row(id);
            if (!whole(id, () -> to.putBytes(at, table, row, shape.rowLength()))) {
                return -1;
            }
            newest = Math.max(newest, to.getLong(at + SEQUENCE));
        }
        return newest;
    }

    private boolean whole(int id, Runnable copy) {
        if (id < 0 || id >= instruments()) {
            throw new IndexOutOfBoundsException("id=" + id + " instruments=" + instruments());
        }
        int row = row(id);
        long startNs = System.nanoTime();
        for (int tries = 0; tries < SPINS || System.nanoTime() - startNs < MAX_TRY_NS; tries++) {
            long version = table.getLongAcquire(row + VERSION);
            if ((version & 1) == 0) {
                copy.run();
                VarHandle.acquireFence();
                if (table.getLongOpaque(row + VERSION) == version) {
                    return true;
                }
            }
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return false;
    }

    private int row(int id) {
        return rowOffset(id, shape.rowLength());
    }
}
