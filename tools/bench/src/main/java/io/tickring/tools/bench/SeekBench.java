package io.tickring.tools.bench;

import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How long it takes to go to a time in a journal, as {@code replay --from} does: from opening the folder until the first tick received then
 * or later is at hand. Random times between two ticks; the JVM is warm, the files are in the system's cache, or it is emptied before each.
 */
final class SeekBench {
    static final String NAME = "seek";

    static final long MARKED_TICKS = 100_000_000;

    /** For a shorter journal the whole machine's cache is not emptied. */
    private static final long LEAST_COLD_TICKS = 1_000_000;

    private static final double LIMIT_MS = 50;
    private static final int WARM_UP_SEEKS = 20;
    private static final int BYTES_PER_TICK = 32;

    private final Path folder;
    private final TickSet set;
    private final long ticks;
    private final int seeks;
    private final PageCache cache;
    private final PrintWriter progress;
    private final SplittableRandom random = new SplittableRandom(Benches.SEED);

    /** @param cache null to leave it as it is */
    SeekBench(Path folder, TickSet set, long ticks, int seeks, PageCache cache, PrintWriter progress) {
        this.folder = folder;
        this.set = set;
        this.ticks = ticks;
        this.seeks = seeks;
        this.cache = cache;
        this.progress = progress;
    }

    /** As the command measures it: on a journal of {@link BenchContext#seekTicks}. */
    static SeekBench of(Path folder, BenchContext context, PrintWriter progress) {
        return new SeekBench(
                folder,
                TickSet.market(Benches.SEED, context.setCapacity()),
                context.seekTicks(),
                context.seeks(),
                context.seekTicks() < LEAST_COLD_TICKS ? null : PageCache.ofTheSystem(),
                progress);
    }

    /** What the journal takes on the disk. */
    static long bytesNeeded(long ticks) {
        return ticks * BYTES_PER_TICK + Ingest.AHEAD_BYTES;
    }

    /** Measures warm files, and cold ones where the cache can be emptied. */
    MeasuresResult run() throws IOException {
        Path data = Files.createTempDirectory(folder, "seek-");
        try {
            progress.printf(Locale.ROOT, "seek: writing a journal of %,d ticks%n", ticks);
            progress.flush();
            SeekJournal journal = SeekJournal.write(data, set, ticks);
            measure(journal, WARM_UP_SEEKS, false);
            Figures warm = measure(journal, seeks, false);
            return result(warm, cache != null && cache.drop() ? measure(journal, seeks, true) : null);
        } finally {
            WorkFolder.delete(data);
        }
    }

    /** @param cold null if the cache was not emptied */
    private MeasuresResult result(Figures warm, Figures cold) {
        List<MeasuresResult.Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        rows.add(new MeasuresResult.Row("files in the system's cache", "ms", warm));
        verdicts.add(verdict("warm, median", warm.median(), ticks));
        verdicts.add(verdict("warm, worst", warm.max(), ticks));
        if (cold == null) {
            notes.add("The cache was not emptied: " + reasonAgainstCold());
        } else {
            rows.add(new MeasuresResult.Row("cache emptied before each", "ms", cold));
            verdicts.add(verdict("cold, median", cold.median(), ticks));
            verdicts.add(verdict("cold, worst", cold.max(), ticks));
        }
        notes.add(
                "Opening, going there, reading and proving the block are included; the JVM is warm. Each first tick was");
        notes.add("checked. Emptying the cache empties that of the whole machine, the JVM's own files included.");
        String title = String.format(
                Locale.ROOT, "replay: seek to a time in a journal of %,d ticks, to the first tick", ticks);
        return new MeasuresResult(NAME, title, rows, notes, verdicts);
    }

    private String reasonAgainstCold() {
        return cache == null
                ? String.format(Locale.ROOT, "the journal is shorter than %,d ticks", LEAST_COLD_TICKS)
                : "this process may not write " + cache.control();
    }

    /** A time that is kept in a shorter journal than the mark speaks of proves nothing; one that is not kept does. */
    static String verdict(String which, double ms, long ticks) {
        boolean kept = ms <= LIMIT_MS;
        boolean shorter = ticks < MARKED_TICKS;
        return String.format(
                Locale.ROOT,
                "%-10s seek, %s: %.2f ms (mark: at most %.0f ms in %,d ticks%s)",
                kept ? shorter ? "NO VERDICT" : "MET" : "NOT MET",
                which,
                ms,
                LIMIT_MS,
                MARKED_TICKS,
                kept && shorter ? "; --full takes so many" : "");
    }

    private Figures measure(SeekJournal journal, int count, boolean cold) {
        double[] ms = new double[count];
        for (int i = 0; i < count; i++) {
            long number = random.nextLong(ticks);
            if (cold && !cache.drop()) {
                throw new BenchException("bench=seek file=" + cache.control() + ": the cache is no longer emptied");
            }
            ms[i] = seekMs(journal, number);
        }
        progress.printf(Locale.ROOT, "seek %s: %.2f ms%n", cold ? "cold" : "warm", Figures.median(ms));
        progress.flush();
        return new Figures(ms);
    }

    /** Goes to just before tick {@code number} was received, but behind the one before it. */
    static double seekMs(SeekJournal journal, long number) {
        long timeNs = journal.timeNs(number) - SeekJournal.STEP_NS / 2;
        long startNs = System.nanoTime();
        JournalFeed feed = JournalFeed.open(
                journal.folder(), new JournalRange(JournalRange.Position.time(timeNs), null, null, Long.MAX_VALUE));
        long sequence = feed.firstSequence();
        long foundNs = feed.firstReceiveTimeNs();
        long elapsedNs = System.nanoTime() - startNs;
        feed.close();
        if (sequence != SeekJournal.sequence(number) || foundNs != journal.timeNs(number)) {
            throw new BenchException("bench=seek timeNs=" + timeNs + " sequence=" + sequence + " expected="
                    + SeekJournal.sequence(number) + ": not the first tick at that time or after it");
        }
        return elapsedNs / 1e6;
    }
}
