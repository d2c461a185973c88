package io.tickring.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard error is connected to. */
public final class StandardError {
    private static final Path LINK = Path.of("/proc/self/fd/2");

    private StandardError() {}

    /** Whether somebody watches: Java itself tells it of standard input and output alone. */
    public static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(LINK).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null;
        }
    }
}
