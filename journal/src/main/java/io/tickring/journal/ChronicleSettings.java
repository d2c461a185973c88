package io.tickring.journal;

import java.util.Map;

/**
 * What Chronicle Queue must find before its first class is loaded: no telemetry, no banner, no disk thread, no unlocking
 * behind our back. The same values stand in {@code system.properties} for runnable jars; here they reach an embedder too.
 */
final class ChronicleSettings {
    private static final Map<String, String> PROPERTIES = Map.of(
            "chronicle.analytics.disable", "true",
            "chronicle.announcer.disable", "true",
            "chronicle.disk.monitor.disable", "true",
            "chronicle.table.store.timeoutMS", "500",
            "disable.ctl.orphan.tracking", "true",
            "disable.perf.info", "true",
            "queue.force.unlock.mode", "NEVER");

    private ChronicleSettings() {}

    /**
     * Sets the properties that are absent and checks the JVM's module flags.
     *
     * @throws JournalException with reason JVM_FLAGS: without them Chronicle turns silently read-only.
     */
    static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        requireOpen("java.lang.reflect");
        requireOpen("sun.nio.ch");
    }

    private static void requireOpen(String packageName) {
        Module base = Object.class.getModule();
        if (!base.isOpen(packageName, ChronicleSettings.class.getModule())) {
            throw new JournalException(
                    JournalException.Reason.JVM_FLAGS,
                    "the JVM keeps a package closed that the journal needs: package=" + packageName
                            + "; start it with --add-opens java.base/" + packageName + "=ALL-UNNAMED");
        }
    }
}
