package io.tickring.engine.status;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine and the JVM that this process runs on, each in one line for people: without them no figure means anything. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Cores that this process may use, processor, system: {@code 2 cores of AMD EPYC, Linux 6.18 amd64}. */
    public static String hardware() {
        int cores = Runtime.getRuntime().availableProcessors();
        return cores + (cores == 1 ? " core" : " cores") + processor() + ", " + property("os.name") + " "
                + property("os.version") + " " + property("os.arch");
    }

    /** Its name, version, collectors and the most that its heap may take. */
    public static String jvm() {
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" + "));
        return property("java.vm.name") + " " + property("java.vm.version") + ", " + collectors + ", heap at most "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
    }

    /** A folder, the file system that it lies on, and the room there; or why the system does not tell. */
    public static String folder(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return folder + " on " + store.type() + " (" + store.name() + "), " + (store.getUsableSpace() >> 30)
                    + " GiB free";
        } catch (IOException e) {
            return folder + " on an unknown file system (" + e.getMessage() + ")";
        }
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
