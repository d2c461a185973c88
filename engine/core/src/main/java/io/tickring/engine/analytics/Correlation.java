package io.tickring.engine.analytics;

import java.util.Arrays;
import java.util.List;

/**
 * Pearson's correlation of the log returns of all pairs of instruments, each pair over the steps known to both. Each pair is summed by
 * one task in the order of time, means first, so the result is the same however tasks are shared.
 *
 * <p>Source: K. Pearson, "Notes on regression and inheritance in the case of two parents", 1895; in two passes for its precision.
 */
public final class Correlation {
    /** Of more the pairs do not fit into 512 MiB. */
    static final int MAX_SIZE = 8_192;

    /** So often progress is told; in a slice there is work for all workers. */
    private static final int SLICES = 50;

    private static final int LEAST_SLICE = 4_096;

    private final double[] values;
    private final int size;

    private Correlation(int size) {
        this.size = size;
        this.values = new double[size * size];
    }

    /** Told as the pairs are done, on the calling thread. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} of {@code all} pairs are done. */
        void onProgress(long done, long all);
    }

    static Correlation of(List<ReturnSeries> series, Workers workers) {
        return of(series, workers, (done, all) -> {});
    }

    /**
     * Of {@code series}, on the threads of {@code workers}.
     *
     * @throws IllegalStateException if they are more than 8,192
     */
    static Correlation of(List<ReturnSeries> series, Workers workers, Progress progress) {
        int size = series.size();
        if (size > MAX_SIZE) {
            throw new IllegalStateException("instruments=" + size + ": at most " + MAX_SIZE
                    + " are correlated at once; choose some by their symbols");
        }
        Correlation matrix = new Correlation(size);
        Arrays.fill(matrix.values, Double.NaN);
        int pairs = size * (size + 1) / 2;
        int slice = Math.max(LEAST_SLICE, pairs / SLICES);
        for (int from = 0; from < pairs; from += slice) {
            int first = from;
            int count = Math.min(slice, pairs - from);
            workers.run(count, i -> matrix.compute(first + i, series));
            progress.onProgress(from + count, pairs);
        }
        return matrix;
    }

    /** How many instruments there are. */
    public int size() {
        return size;
    }

    /** From −1 to 1; NaN where fewer than two returns are known to both, or those of one are all the same. */
    public double of(int a, int b) {
        return values[a * size + b];
    }

    /** Pairs are numbered by rows of the lower half, the diagonal included. */
    private void compute(int pair, List<ReturnSeries> series) {
        int row = (int) ((Math.sqrt(8.0 * pair + 1) - 1) / 2);
        while ((row + 1) * (row + 2) / 2 <= pair) {
            row++;
        }
        while (row * (row + 1) / 2 > pair) {
            row--;
        }
        int column = pair - row * (row + 1) / 2;
        double value = pearson(series.get(row), series.get(column));
        values[row * size + column] = value;
        values[column * size + row] = value;
    }

    static double pearson(ReturnSeries a, ReturnSeries b) {
        long from = Math.max(a.firstStep(), b.firstStep());
        long to = Math.min(a.endStep(), b.endStep());
        if (a.isEmpty() || b.isEmpty() || to - from < 2) {
            return Double.NaN;
        }
        double sumA = 0;
        double sumB = 0;
        for (long step = from; step < to; step++) {
            sumA += a.at(step);
            sumB += b.at(step);
        }
        double meanA = sumA / (to - from);
        double meanB = sumB / (to - from);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        boolean changesA = false;
        boolean changesB = false;
        for (long step = from; step < to; step++) {
            changesA |= a.at(step) != a.at(from);
            changesB |= b.at(step) != b.at(from);
            double da = a.at(step) - meanA;
            double db = b.at(step) - meanB;
            ab += da * db;
            aa += da * da;
            bb += db * db;
        }
        double scale = StrictMath.sqrt(aa * bb);
        return !changesA || !changesB || scale == 0 ? Double.NaN : Math.max(-1, Math.min(1, ab / scale));
    }
}
