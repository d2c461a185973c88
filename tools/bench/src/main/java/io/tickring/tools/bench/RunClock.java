package io.tickring.tools.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the time of a run, and the CPU time of each thread in it. Threads whose work counts must live until the clock has stopped;
 * those of one name are summed.
 */
final class RunClock {
    /** Stands for the CPU time of the process that no thread of Java used. */
    static final String JVM = "JVM";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Map<Long, Long> cpuNsAtStart;
    private final long processNsAtStart;
    private final long diskStallUsAtStart;
    private final long startNs;

    private RunClock() {
        cpuNsAtStart = cpuNs();
        processNsAtStart = PROCESS.getProcessCpuTime();
        diskStallUsAtStart = DiskPressure.stallUs();
        startNs = System.nanoTime();
    }

    static RunClock start() {
        return new RunClock();
    }

    long elapsedNs() {
        return System.nanoTime() - startNs;
    }

    Lap stop() {
        long elapsedNs = elapsedNs();
        long diskStallUs = DiskPressure.stallUs() - diskStallUsAtStart;
        long restNs = PROCESS.getProcessCpuTime() - processNsAtStart;
        Map<String, Long> byName = new TreeMap<>();
        for (Map.Entry<Long, Long> thread : cpuNs().entrySet()) {
            long usedNs = thread.getValue() - cpuNsAtStart.getOrDefault(thread.getKey(), 0L);
            ThreadInfo info = THREADS.getThreadInfo(thread.getKey());
            restNs -= usedNs;
            if (info != null && usedNs > 0) {
                byName.merge(role(info.getThreadName()), usedNs, Long::sum);
            }
        }
        byName.put(JVM, Math.max(0, restNs));
        double stallShare = diskStallUsAtStart < 0 ? Double.NaN : Math.min(1, diskStallUs * 1e3 / elapsedNs);
        return new Lap(elapsedNs, byName, stallShare);
    }

    /** Aeron puts its folder before what its thread is. */
    private static String role(String threadName) {
        return threadName.startsWith("/") ? threadName.substring(threadName.indexOf(' ') + 1) : threadName;
    }

    private static Map<Long, Long> cpuNs() {
        Map<Long, Long> byId = new LinkedHashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            long cpuNs = THREADS.getThreadCpuTime(id);
            if (cpuNs >= 0) {
                byId.put(id, cpuNs);
            }
        }
        return byId;
    }
}
