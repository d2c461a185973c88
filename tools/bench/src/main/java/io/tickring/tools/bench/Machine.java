package io.tickring.tools.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of a run, in a few lines: without them no figure means anything. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final double BUSY_SHARE = 0.25;

    private Machine() {}

    /** @param folder where the journals of the run will lie */
    static List<String> describe(Path folder) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        FileStore store = Files.getFileStore(folder);
        List<String> lines = new ArrayList<>();
        lines.add("machine  " + cores + " cores" + processor() + ", " + property("os.name") + " "
                + property("os.version") + " " + property("os.arch"));
        lines.add("JVM      " + property("java.vm.name") + " " + property("java.vm.version") + ", " + collectors()
                + ", heap at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        lines.add("folder   " + folder + " on " + store.type() + " (" + store.name() + "), "
                + (store.getUsableSpace() >> 30) + " GiB free");
        if (load > cores * BUSY_SHARE) {
            lines.add(String.format(
                    Locale.ROOT, "WARNING  the machine was busy before the start (load %.2f): trust no figure", load));
        }
        return lines;
    }

    private static String collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" + "));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> " of " + line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }

    private static String property(String name) {
        return System.getProperty(name);
    }
}
