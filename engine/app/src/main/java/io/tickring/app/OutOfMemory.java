package io.tickring.app;

import io.tickring.engine.Engine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * The end of a process that has no memory left, whatever thread finds it: one line, then a halt, since nothing can be trusted to
 * end in order any more. What it needs is made beforehand.
 */
final class OutOfMemory {
    private static final byte[] LINE =
            "tickring: failed: out of memory, give it more with java -Xmx\n".getBytes(StandardCharsets.US_ASCII);
    private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);

    private static volatile Engine running;

    private OutOfMemory() {}

    /** Whose status file is to say it. */
    static void endsWith(Engine engine) {
        running = engine;
    }

    /** A thread that is not the engine's has no memory left: the state, the line, the end. */
    static void end() {
        try {
            if (running != null) {
                running.endWithoutMemory();
            }
        } finally {
            halt();
        }
    }

    /** From now on a thread that nobody else looks after ends the process when it runs out of memory. */
    static void watchAllThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError) {
                end();
            }
            System.err.println("Exception in thread \"" + thread.getName() + "\" " + failure);
        });
    }

    /** Ends the process now; who comes second waits for that. */
    static synchronized void halt() {
        try {
            ERR.write(LINE);
        } catch (IOException nobodyListens) {
            // The exit code says it too.
        } finally {
            Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
        }
    }
}
