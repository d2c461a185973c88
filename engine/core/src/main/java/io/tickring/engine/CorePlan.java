package io.tickring.engine;

import io.tickring.engine.ring.WaitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.openhft.affinity.Affinity;

/**
 * Which threads the engine runs on which of the cores that this process may use (cpuset and quota counted), and how they wait.
 * Never busy-spins more threads than there are cores unless told to.
 */
final class CorePlan {
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final BitSet allowed;
    private final int cores;
    private final int handlerThreads;
    private final ThreadingMode threading;
    private final WaitMode waitMode;
    private final boolean pinned;

    private CorePlan(
            BitSet allowed, int cores, int handlerThreads, ThreadingMode threading, WaitMode waitMode, boolean pinned) {
        this.allowed = allowed;
        this.cores = cores;
        this.handlerThreads = handlerThreads;
        this.threading = threading;
        this.waitMode = waitMode;
        this.pinned = pinned;
    }

    /** @param waitMode null to choose. */
    static CorePlan of(int stages, int feeds, ThreadingMode asked, WaitMode waitMode) {
        BitSet allowed = allowedCores();
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), Math.max(1, allowed.cardinality()));
        return of(allowed, cores, stages, feeds, asked, waitMode);
    }

    static CorePlan of(BitSet allowed, int cores, int stages, int feeds, ThreadingMode asked, WaitMode waitMode) {
        boolean room = cores >= stages + feeds + 1;
        ThreadingMode threading =
                asked != ThreadingMode.AUTO ? asked : room ? ThreadingMode.DEDICATED : ThreadingMode.SHARED;
        boolean dedicated = threading == ThreadingMode.DEDICATED;
        int handlerThreads = dedicated ? stages : 1;
        WaitMode wait = waitMode != null ? waitMode : chooseWait(cores, handlerThreads + feeds, dedicated && room);
        return new CorePlan(
                allowed, cores, handlerThreads, threading, wait, dedicated && room && allowed.cardinality() >= cores);
    }

    private static WaitMode chooseWait(int cores, int busyThreads, boolean ownCores) {
        if (ownCores && busyThreads < cores) {
            return WaitMode.BUSY_SPIN;
        }
        return cores > 1 ? WaitMode.YIELD : WaitMode.SLEEP;
    }

    ThreadingMode threading() {
        return threading;
    }

    WaitMode waitMode() {
        return waitMode;
    }

    /** In words: what was chosen, and why nothing is pinned where nothing is. */
    String describe() {
        String pinning = pinned
                ? "handlers pinned"
                : threading == ThreadingMode.SHARED
                        ? "not pinned (handlers share one thread)"
                        : "not pinned (" + handlerThreads + " handler threads and the feeds on " + cores + " cores)";
        return "cores " + cores + ", threads " + lowerCase(threading) + ", wait " + lowerCase(waitMode) + ", "
                + pinning;
    }

    /** Pins the calling thread to the core that handler {@code number} has to itself. Answers null, or why it could not. */
    String pin(int number) {
        if (!pinned) {
            return null;
        }
        int core = allowed.stream()
                .skip((long) allowed.cardinality() - 1 - number)
                .findFirst()
                .orElse(0);
        BitSet one = new BitSet();
        one.set(core);
        try {
            Affinity.setAffinity(one);
            return null;
        } catch (RuntimeException | LinkageError e) {
            return "core=" + core + " cannot be had: " + e.getMessage() + "; the thread runs unpinned";
        }
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static BitSet allowedCores() {
        try (Stream<String> lines = Files.lines(PROCESS_STATUS)) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> parseList(line.substring(ALLOWED.length()).strip()))
                    .orElseGet(CorePlan::allCores);
        } catch (IOException notLinux) {
            return allCores();
        }
    }

    /** A list of the kernel's, as {@code 0-3,8}. */
    static BitSet parseList(String list) {
        BitSet cores = new BitSet();
        for (String range : List.of(list.split(","))) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = Integer.parseInt(dash < 0 ? range : range.substring(dash + 1));
            cores.set(first, last + 1);
        }
        return cores;
    }

    private static BitSet allCores() {
        BitSet cores = new BitSet();
        cores.set(0, Runtime.getRuntime().availableProcessors());
        return cores;
    }
}
