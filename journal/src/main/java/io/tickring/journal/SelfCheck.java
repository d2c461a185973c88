package io.tickring.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.posix.PosixAPI;

/**
 * What an appender stands on, looked at once when a journal is opened. What it cannot do without is refused with one line; what it can
 * do without is told.
 */
final class SelfCheck {
    private final List<String> passed = new ArrayList<>(List.of("lock", "module opens", "queue writable"));
    private final List<String> notices = new ArrayList<>();

    private SelfCheck() {}

    /**
     * Looks at everything that the lock and the opened queue have not shown already.
     *
     * @param aheadMs how far the journal's newest file begins after the clock's time, 0 or less when it does not
     * @throws JournalException UNWRITABLE when the folder cannot be forced
     */
    static SelfCheck run(Path folder, long aheadMs) {
        SelfCheck check = new SelfCheck();
        check.requireFolderForce(folder);
        check.lookAtNativeLayer();
        check.lookAtClock(aheadMs);
        return check;
    }

    /** What was found well, in a few words each. */
    List<String> passed() {
        return passed;
    }

    /** What is not as it should be and is done without, one line each. */
    List<String> notices() {
        return notices;
    }

    private void requireFolderForce(Path folder) {
        long startNs = System.nanoTime();
        try {
            JournalForcer.force(folder);
        } catch (IOException e) {
            throw new JournalException(
                    JournalException.Reason.UNWRITABLE,
                    "the folder cannot be forced to the disk: folder=" + folder + " cause=" + e
                            + "; choose one on a file system that can",
                    e);
        }
        passed.add("folder forced in " + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNs) + " µs");
    }

    /** Files are forced by the JVM, and not by this layer, which may silently do nothing. */
    private void lookAtNativeLayer() {
        if (PosixAPI.posix().getClass().getSimpleName().contains("NoOp")) {
            notices.add("Chronicle's native layer is not there (was native access denied?): the journal forces files"
                    + " without it");
        } else {
            passed.add("native layer");
        }
    }

    private void lookAtClock(long aheadMs) {
        if (aheadMs > 0) {
            notices.add(
                    "the clock is " + aheadMs + " ms before the journal's newest file: its files go by the journal's"
                            + " time until the clock has caught up");
        } else {
            passed.add("clock");
        }
    }
}
