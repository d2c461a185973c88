package io.tickring.tools.bench;

import io.tickring.engine.status.Machine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The conditions of a run: without them no figure means anything.
 *
 * @param restSeconds how long nothing is done before each run that counts latencies
 * @param load runnable tasks of the machine before the start, on average over a minute; below 0 where the system does not tell
 */
record Conditions(
        String machine,
        String jvm,
        String folder,
        String started,
        int cores,
        double load,
        OsJitter jitter,
        double restSeconds) {
    private static final double BUSY_SHARE = 0.25;
    private static final double LOST_SHARE = 0.05;

    /** @param folder where the journals of the run will lie */
    static Conditions of(Path folder, OsJitter jitter, double restSeconds) {
        return new Conditions(
                Machine.hardware(),
                Machine.jvm(),
                Machine.folder(folder),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                jitter,
                restSeconds);
    }

    /** For people, a line each. */
    List<String> lines() {
        return List.of(
                "machine    " + machine,
                "JVM        " + jvm,
                "folder     " + folder,
                "started    " + started,
                "OS jitter  " + jitter,
                "rest       " + restSeconds + " s before each run that counts latencies");
    }

    /** What makes every figure of the run doubtful, a line each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (load > cores * BUSY_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT, "the machine was busy before the start (load %.2f): trust no figure", load));
        }
        if (jitter.lostShare() > LOST_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the system took %.0f %% from a thread that did nothing: trust no figure",
                    100 * jitter.lostShare()));
        }
        return warnings;
    }
}
