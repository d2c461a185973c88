package io.tickring.engine;

/** How the stages share threads: as the machine allows, one thread and core each, or all on one thread. */
public enum ThreadingMode {
    AUTO,
    DEDICATED,
    SHARED
}
