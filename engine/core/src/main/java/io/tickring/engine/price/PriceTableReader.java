package io.tickring.engine.price;

import static io.tickring.engine.price.PriceTableDescriptor.*;

import io.tickring.engine.live.PublicFile;
import io.tickring.engine.tick.Symbols;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the price table, in the engine's process or any other, while it is written or after. Never holds the writer up. Each
 * thread uses a {@link PriceRow} of its own; the reader itself is thread-safe.
 */
public final class PriceTableReader {
    /** A writer that lost its core in the middle of a row has it back long before this. */
    private static final long MAX_TRY_NS = 1_000_000_000;

    private static final int SPINS = 100;

    private final UnsafeBuffer table;
    private final Path file;

    private PriceTableReader(UnsafeBuffer table, Path file) {
        this.table = table;
        this.file = file;
    }

    /**
     * Maps {@code prices} in a live folder, read-only.
     *
     * @throws IOException if there is none, or it is no price table of this layout; the message names the file.
     */
    public static PriceTableReader map(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < HEADER_LENGTH) {
                throw new IOException("file=" + file + " length=" + channel.size() + ": too short for a price table");
            }
            UnsafeBuffer table = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            int version = table.getIntVolatile(LAYOUT_VERSION_OFFSET);
            if (table.getInt(MAGIC_OFFSET) != MAGIC || version != LAYOUT_VERSION) {
                throw new IOException("file=" + file + " layoutVersion=" + version + ": not a price table of layout "
                        + LAYOUT_VERSION + "; use the tools of the engine that wrote it");
            }
            return new PriceTableReader(table, file);
        }
    }

    /** Reads a table in this process's memory. */
    public static PriceTableReader over(DirectBuffer table) {
        return new PriceTableReader(new UnsafeBuffer(table), null);
    }

    /** Rows in use: ids 0 to this, exclusive. Grows while the engine runs. */
    public int instruments() {
        return table.getIntVolatile(INSTRUMENTS_OFFSET);
    }

    /** How many of them have a price that is stale or has expired. */
    public int staleInstruments() {
        return table.getIntVolatile(STALE_INSTRUMENTS_OFFSET);
    }

    /** Every record up to this sequence is in the table. */
    public long appliedSequence() {
        return table.getLongVolatile(APPLIED_SEQUENCE_OFFSET);
    }

    /** Grows with each start of an engine on this folder that journals something; {@link #isReplaced} tells starts apart. */
    public long incarnation() {
        return table.getLong(INCARNATION_OFFSET);
    }

    /**
     * Whether another start has put a table in the place of the one that this reader mapped, which nobody writes any more. Whoever sees
     * it maps anew and drops what was read above the new table's applied sequence: it was never journaled, and the sequences will be
     * given again. Opens the file: to be asked now and then. False for a table in memory.
     *
     * @throws IOException if no table is there any more
     */
    public boolean isReplaced() throws IOException {
        return file != null
                && PublicFile.isReplaced(file, table, INCARNATION_OFFSET, JOURNAL_ID_OFFSET, PID_OFFSET, START_OFFSET);
    }

    /**
     * The table that is there now: this one, or the one that another start has put in its place.
     *
     * @throws IOException as {@link #isReplaced}
     */
    public PriceTableReader current() throws IOException {
        return isReplaced() ? map(file.getParent()) : this;
    }

    /** The journal of the engine that writes, or wrote, the table; 0 where it journals nothing. */
    public long journalId() {
        return table.getLong(JOURNAL_ID_OFFSET);
    }

    /** The process that writes, or wrote, the table. */
    public long pid() {
        return table.getLong(PID_OFFSET);
    }

    /** The symbol of an id below {@link #instruments()}. */
    public String symbol(int id) {
        return Symbols.decode(table, rowOffset(checked(id)) + SYMBOL);
    }

    /** The id of a symbol, or -1. Looks at every row: keep the answer, an id never changes. */
    public int find(String symbol) {
        for (int id = 0; id < instruments(); id++) {
            if (symbol.equals(symbol(id))) {
                return id;
            }
        }
        return -1;
    }

    /** Tells whether a row has changed: its version is another with each change, odd while it is written. */
    public long version(int id) {
        return table.getLongAcquire(rowOffset(checked(id)) + VERSION);
    }

    /**
     * Copies one row, whole: all fields of one moment.
     *
     * @return false if the row was being written for a whole second, as after a writer that died in the middle of it.
     */
    public boolean read(int id, PriceRow row) {
        if (tryRead(id, row)) {
            return true;
        }
        int offset = rowOffset(id);
        long deadlineNs = System.nanoTime() + MAX_TRY_NS;
        do {
            Thread.yield();
            if (tryRead(offset, id, row)) {
                return true;
            }
        } while (System.nanoTime() - deadlineNs < 0);
        return false;
    }

    /** As {@link #read}, without a wait: false if the row is being written just now. */
    public boolean tryRead(int id, PriceRow row) {
        int offset = rowOffset(checked(id));
        for (int spin = 0; spin < SPINS; spin++) {
            if (tryRead(offset, id, row)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Reads how old a row is, and touches nothing else of it; false if it is being written just now. */
    public boolean readAge(int id, RowAge age) {
        int offset = rowOffset(checked(id));
        for (int spin = 0; spin < SPINS; spin++) {
            long version = table.getLongAcquire(offset + VERSION);
            if ((version & 1) == 0) {
                age.sequence = table.getLong(offset + SEQUENCE);
                age.stateCode = table.getByte(offset + STATE);
                age.appliedTimeNs = table.getLong(offset + APPLIED_TIME);
                VarHandle.acquireFence();
                if (table.getLongOpaque(offset + VERSION) == version) {
                    return true;
                }
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Says in one line what a row is that {@link #read} has given up. */
    public String unreadable(int id) {
        return "symbol=" + symbol(id) + " cannot be read: its writer (pid " + pid()
                + ") stopped in the middle of it; start the engine again, it rebuilds the table";
    }

    private boolean tryRead(int offset, int id, PriceRow row) {
        long version = table.getLongAcquire(offset + VERSION);
        if ((version & 1) != 0) {
            return false;
        }
        row.copyFrom(table, offset, id);
        VarHandle.acquireFence();
        return table.getLongOpaque(offset + VERSION) == version;
    }

    private int checked(int id) {
        if (id < 0 || id >= instruments()) {
            throw new IndexOutOfBoundsException("id=" + id + " instruments=" + instruments());
        }
        return id;
    }
}
