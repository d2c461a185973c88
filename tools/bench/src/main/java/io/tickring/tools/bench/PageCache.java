package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system's cache of files, which root can have emptied: of all files, not of the bench's alone. Files must be forced to the disk before. */
record PageCache(Path control) {
    private static final byte[] PAGES = {'1', '\n'};

    static PageCache ofTheSystem() {
        return new PageCache(Path.of("/proc/sys/vm/drop_caches"));
    }

    /** Answers false where this process may not. */
    boolean drop() {
        if (!Files.isWritable(control)) {
            return false;
        }
        try {
            Files.write(control, PAGES);
            return true;
        } catch (IOException readOnlySystem) {
            return false;
        }
    }
}
