package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the disk does to a run: how long tasks waited for it, as Linux counts it, and how much of it a folder takes. */
final class DiskPressure {
    private static final Path PRESSURE = Path.of("/proc/pressure/io");
    private static final String TOTAL = "total=";
    private static final long KIB = 1_024;
    private static final long UNKNOWN = -1;

    private DiskPressure() {}

    /** The time in µs since the system's start in which some task of it waited for a disk; -1 where it does not tell. */
    static long stallUs() {
        try {
            return parse(Files.readAllLines(PRESSURE));
        } catch (IOException notTold) {
            return UNKNOWN;
        }
    }

    static long parse(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("some ") && line.contains(TOTAL))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(TOTAL) + TOTAL.length())))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** What the file system has allocated for a folder's files, holes left out: as {@code du} tells. */
    static long allocatedBytes(Path folder) throws IOException {
        Process du = new ProcessBuilder("du", "-sk", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(du.getInputStream().readAllBytes());
        try {
            if (!du.waitFor(1, TimeUnit.MINUTES) || du.exitValue() != 0) {
                throw new IOException("folder=" + folder + ": du failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("folder=" + folder + ": interrupted", e);
        }
        return Long.parseLong(line.substring(0, line.indexOf('\t'))) * KIB;
    }
}
