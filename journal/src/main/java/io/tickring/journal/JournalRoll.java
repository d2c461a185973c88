package io.tickring.journal;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;

/**
 * How long one file of a journal, a cycle, lasts. A journal keeps the roll it was made with; it is told from the names
 * of its files. Cycles are counted from the epoch, in UTC.
 */
public enum JournalRoll {
    /** One file an hour: the default. */
    HOURLY(3_600_000L, "\\d{8}-\\d{2}F", "yyyyMMdd-HH'F'"),
    /** One file a day. */
    DAILY(86_400_000L, "\\d{8}F", "yyyyMMdd'F'"),
    /** One file a minute. */
    MINUTELY(60_000L, "\\d{8}-\\d{4}", "yyyyMMdd-HHmm"),
    /** One file a second: for tests of what happens at a roll. */
    SECONDLY(1_000L, "\\d{8}-\\d{6}T", "yyyyMMdd-HHmmss'T'");

    static final String SUFFIX = ".cq4";

    private final long lengthMs;
    private final Pattern name;
    private final DateTimeFormatter format;

    JournalRoll(long lengthMs, String name, String format) {
        this.lengthMs = lengthMs;
        this.name = Pattern.compile(name + "\\" + SUFFIX);
        this.format = DateTimeFormatter.ofPattern(format, Locale.ROOT);
    }

    /** Design note: a method, not a field, so that no Chronicle class is loaded before {@link ChronicleSettings}. */
    RollCycle rollCycle() {
        return switch (this) {
            case HOURLY -> RollCycles.FAST_HOURLY;
            case DAILY -> RollCycles.FAST_DAILY;
            case MINUTELY -> LegacyRollCycles.MINUTELY;
            case SECONDLY -> TestRollCycles.TEST_SECONDLY;
        };
    }

    int cycleAt(long epochMs) {
        return (int) (epochMs / lengthMs);
    }

    long startMs(int cycle) {
        return cycle * lengthMs;
    }

    boolean matches(String fileName) {
        return name.matcher(fileName).matches();
    }

    String fileName(int cycle) {
        long seconds = startMs(cycle) / 1_000;
        return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).format(format) + SUFFIX;
    }

    /** The cycle of a file name that {@link #matches}. */
    int cycleOf(String fileName) {
        String digits =
                fileName.substring(0, fileName.length() - SUFFIX.length()).replaceAll("\\D", "");
        String padded = (digits + "000000").substring(0, 14);
        LocalDateTime time = LocalDateTime.parse(padded, DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT));
        return cycleAt(time.toEpochSecond(ZoneOffset.UTC) * 1_000);
    }
}
