package io.tickring.tools.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there whole or not at all: written under another name, {@code FILE.part}, and renamed by {@link
 * #keep}. Closed without that, also by a signal, it leaves nothing. One thread's.
 */
final class OutputFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final boolean overwrite;
    private final OutputStream stream;
    private final Thread cleaner;
    private volatile boolean done;

    private OutputFile(Path file, Path part, boolean overwrite, OutputStream stream) {
        this.file = file;
        this.part = part;
        this.overwrite = overwrite;
        this.stream = stream;
        this.cleaner = new Thread(this::discard, "discard");
    }

    /** Begins to write what will be {@code file}; an existing one is refused unless {@code overwrite}. */
    static OutputFile create(Path file, boolean overwrite) {
        try {
            return open(file, overwrite);
        } catch (IOException e) {
            throw CommandException.failed(cannotBeWritten(file, e));
        }
    }

    /** As {@link #create}, before any work is done: a place where no file can be is wrong use. */
    static OutputFile reserve(Path file, boolean overwrite) {
        try {
            return open(file, overwrite);
        } catch (IOException e) {
            throw CommandException.wrongUse(cannotBeWritten(file, e));
        }
    }

    private static OutputFile open(Path file, boolean overwrite) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        refuse(file, overwrite);
        refuse(part, overwrite);
        OutputStream stream = overwrite
                ? Files.newOutputStream(part)
                : Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputFile output = new OutputFile(file, part, overwrite, stream);
        Runtime.getRuntime().addShutdownHook(output.cleaner);
        return output;
    }

    private static String cannotBeWritten(Path file, IOException e) {
        return "file=" + file + " cannot be written: " + CommandErrors.oneLine(e);
    }

    /** Refuses a file that is there, unless it may be overwritten. */
    static void refuse(Path file, boolean overwrite) {
        if (Files.isDirectory(file)) {
            throw CommandException.wrongUse("file=" + file + " is a folder");
        }
        if (!overwrite && Files.exists(file)) {
            throw CommandException.wrongUse("file=" + file + " exists: -f overwrites it");
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** The work is done: the file gets its name. */
    void keep() throws IOException {
        stream.close();
        refuse(file, overwrite);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        done = true;
    }

    @Override
    public void close() {
        discard();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs, and finds nothing left to do.
        }
    }

    private void discard() {
        if (!done) {
            done = true;
            try (stream) {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                // What the disk does not let go stays under a name that says what it is.
            }
        }
    }
}
