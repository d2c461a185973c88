package io.tickring.engine.analytics;

import io.tickring.engine.tick.Xxh64;
import org.agrona.DirectBuffer;

/** The figures in 64 bits: XXH64 with seed 0 over the rows in use, in id order, each with its id in place of the version word. */
final class FiguresDigest {
    private FiguresDigest() {}

    static long of(DirectBuffer rows, int offset, int instruments, int rowLength) {
        Xxh64 hash = new Xxh64();
        for (int id = 0; id < instruments; id++) {
            int row = offset + id * rowLength;
            for (int i = 0; i < rowLength; i += Xxh64.STEP_LENGTH) {
                hash.add(
                        i == 0 ? id : rows.getLong(row + i),
                        rows.getLong(row + i + Long.BYTES),
                        rows.getLong(row + i + 2 * Long.BYTES),
                        rows.getLong(row + i + 3 * Long.BYTES));
            }
        }
        return hash.end();
    }
}
