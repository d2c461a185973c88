package io.tickring.engine.ring;

/** What stands behind a throw. */
public final class Causes {
    /** A chain may be a circle. */
    private static final int MAX_DEPTH = 16;

    private Causes() {}

    /** Whether {@code thrown}, or what caused it, is of {@code type}. Allocates nothing. */
    public static boolean include(Throwable thrown, Class<? extends Throwable> type) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
