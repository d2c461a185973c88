package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What a row of figures looks like under some settings, and the settings. Immutable. */
final class FiguresShape {
    private final long[] intervalsNs;
    private final int[] slots;
    private final int[] partOffsets;
    private final int rowLength;
    final long graceNs;
    final long halfLifeNs;
    final long gridNs;

    FiguresShape(long[] intervalsNs, long graceNs, long halfLifeNs, long gridNs) {
        this.intervalsNs = intervalsNs;
        this.graceNs = graceNs;
        this.halfLifeNs = halfLifeNs;
        this.gridNs = gridNs;
        this.slots = Arrays.stream(intervalsNs)
                .mapToInt(interval -> FiguresDescriptor.slots(interval, graceNs))
                .toArray();
        this.partOffsets = new int[slots.length];
        int length = BASE_LENGTH;
        for (int i = 0; i < slots.length; i++) {
            partOffsets[i] = length;
            length += PART_HEADER_LENGTH + slots[i] * BAR_LENGTH;
        }
        this.rowLength = length;
    }

    static FiguresShape of(AnalyticsContext context) {
        context.conclude();
        return new FiguresShape(context.intervalsNs(), context.graceNs(), context.halfLifeNs(), context.gridNs());
    }

    /** Of a table that {@link #writeTo} has described. */
    static FiguresShape of(DirectBuffer header) {
        long[] intervalsNs = new long[header.getInt(KINDS_OFFSET)];
        Arrays.setAll(intervalsNs, i -> header.getLong(INTERVALS_OFFSET + i * Long.BYTES));
        return new FiguresShape(
                intervalsNs,
                header.getLong(GRACE_OFFSET),
                header.getLong(HALF_LIFE_OFFSET),
                header.getLong(GRID_OFFSET));
    }

    void writeTo(MutableDirectBuffer header) {
        header.putInt(ROW_LENGTH_OFFSET, rowLength);
        header.putInt(KINDS_OFFSET, intervalsNs.length);
        header.putLong(GRACE_OFFSET, graceNs);
        header.putLong(HALF_LIFE_OFFSET, halfLifeNs);
        header.putLong(GRID_OFFSET, gridNs);
        for (int i = 0; i < intervalsNs.length; i++) {
            header.putLong(INTERVALS_OFFSET + i * Long.BYTES, intervalsNs[i]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FiguresShape shape
                && Arrays.equals(intervalsNs, shape.intervalsNs)
                && graceNs == shape.graceNs
                && halfLifeNs == shape.halfLifeNs
                && gridNs == shape.gridNs;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(intervalsNs);
    }

    int rowLength() {
        return rowLength;
    }

    /** How many kinds of bars there are. */
    int kinds() {
        return intervalsNs.length;
    }

    /** The length of the bars of a kind. */
    long intervalNs(int kind) {
        return intervalsNs[kind];
    }

    int slots(int kind) {
        return slots[kind];
    }

    /** Where the part of a kind begins in a row. */
    int part(int kind) {
        return partOffsets[kind];
    }

    /** Where the slot of a kind begins in a row. */
    int slot(int kind, int slot) {
        return partOffsets[kind] + PART_HEADER_LENGTH + slot * BAR_LENGTH;
    }

    /** Where the bar that begins at {@code startNs} lies in a row. */
    int slotOf(int kind, long startNs) {
        return slot(kind, (int) Math.floorMod(startNs / intervalsNs[kind], (long) slots[kind]));
    }

    /** The bytes of a table. */
    int lengthBytes(int capacity) {
        long length = HEADER_LENGTH + (long) capacity * rowLength;
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "instruments=" + capacity + " with " + rowLength
                            + " bytes of figures each do not fit into 2 GiB: say fewer instruments, fewer kinds of bars or less grace");
        }
        return (int) length;
    }
}
