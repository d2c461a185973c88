package io.tickring.tools.bench;

import io.tickring.engine.status.Machine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The conditions of a run, in a few lines: the machine, the JVM, the folder, and whether others were busy. */
final class Conditions {
    private static final double BUSY_SHARE = 0.25;

    private Conditions() {}

    /** @param folder where the journals of the run will lie */
    static List<String> describe(Path folder) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        List<String> lines = new ArrayList<>();
        lines.add("machine  " + Machine.hardware());
        lines.add("JVM      " + Machine.jvm());
        lines.add("folder   " + Machine.folder(folder));
        if (load > Runtime.getRuntime().availableProcessors() * BUSY_SHARE) {
            lines.add(String.format(
                    Locale.ROOT, "WARNING  the machine was busy before the start (load %.2f): trust no figure", load));
        }
        return lines;
    }
}
