package io.tickring.engine.subscription;

/** When to look again whether another start of the engine has put a file in the place of one that is read. One thread's. */
final class FileLook {
    private static final long PERIOD_NS = 500_000_000;

    private final SparseClock clock = new SparseClock(System::nanoTime);
    private long lookedNs = clock.nanoTime();

    /** Whether it is time for a look, which the caller then takes. */
    boolean isDue() {
        long nowNs = clock.nanoTime();
        boolean isDue = nowNs - lookedNs >= PERIOD_NS;
        lookedNs = isDue ? nowNs : lookedNs;
        return isDue;
    }

    /** The next one is due at once. */
    void hurry() {
        lookedNs -= PERIOD_NS;
    }
}
