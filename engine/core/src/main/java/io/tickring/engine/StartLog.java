package io.tickring.engine;

import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The runs on a data folder that ended by a fault of their own before they had journaled anything, a line each in {@code starts}:
 * {@code 2026-11-24T17:16:39.123Z HANDLER_FAILED}. Kills and power cuts leave none. A line that cannot be read counts for nothing.
 * Under the folder's lock.
 */
final class StartLog {
    static final String FILE_NAME = "starts";

    private static final int MOST_LINES = 100;

    private final Path file;

    /** @param data the data folder, or null for an engine that has none and logs nothing */
    StartLog(Path data) {
        this.file = data == null ? null : data.resolve(FILE_NAME);
    }

    /** Throws when there are too many, in one line that names the file and the remedy; never where {@code limit} is null. */
    void refuseLoop(CrashLoop limit, long nowMs) {
        if (file == null || limit == null) {
            return;
        }
        long count = lines().stream()
                .filter(line -> isWithin(line, limit.within(), nowMs))
                .count();
        if (count >= limit.most()) {
            throw new CrashLoopException("crash loop: " + count + " runs within " + text(limit.within())
                    + " ended by a fault of their own with nothing journaled, file=" + file
                    + " names them; find the cause, then delete that file, or start with --crash-loop off");
        }
    }

    /** Takes over the end of a run that had no memory left to log it: its status file says so. What cannot be read is no end. */
    void addFrom(Path live) {
        try {
            StatusReader last = StatusReader.map(live);
            boolean isOutOfMemory = last.state() == EngineState.HALTED
                    && StateReason.OUT_OF_MEMORY.name().equals(last.reason());
            if (isOutOfMemory && last.counters().getOrDefault(EngineCounters.JOURNALED, 0L) == 0) {
                add(StateReason.OUT_OF_MEMORY, last.heartbeatEpochMs());
            }
        } catch (IOException | RuntimeException noneOrDamaged) {
            // Nothing is known of the run before, and nothing counts.
        }
    }

    /** Adds an end; the same one counts once. */
    void add(StateReason reason, long endMs) throws IOException {
        if (file == null) {
            return;
        }
        TreeSet<String> lines = new TreeSet<>(lines());
        lines.add(Instant.ofEpochMilli(endMs) + " " + reason);
        while (lines.size() > MOST_LINES) {
            lines.pollFirst();
        }
        Path building = file.resolveSibling(FILE_NAME + ".new");
        Files.write(building, lines);
        Files.move(building, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Adds the end of a run by a fault of its own with nothing journaled. */
    void addIfFailed(EngineParts parts, EngineContext context) {
        StateReason reason = parts.health.isHalted() ? parts.health.reason() : null;
        long reached =
                parts.journal == null ? parts.ring.lastClaimedSequence() : parts.counters.journaledSequence.get();
        if (reason != null && reason.isOwnFault() && reached < parts.firstSequence && context.crashLoop() != null) {
            try {
                add(reason, context.epochClock().time());
            } catch (IOException e) {
                parts.status.onError(e);
            }
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException noneOrDamaged) {
            return List.of();
        }
    }

    private static boolean isWithin(String line, Duration time, long nowMs) {
        try {
            long agoMs = nowMs - Instant.parse(line.split(" ", 2)[0]).toEpochMilli();
            return agoMs >= 0 && agoMs < time.toMillis();
        } catch (DateTimeParseException | ArithmeticException damaged) {
            return false;
        }
    }

    private static String text(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
