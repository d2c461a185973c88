package io.tickring.engine.subscription;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What killed readers left in {@code readers}: files that keep no place and whose name nobody holds, and locks without a file. */
final class ReaderLeftovers {
    private ReaderLeftovers() {}

    /** Removes what may be removed; a file that cannot be stays, for it hinders nobody. */
    static void remove(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String locked = ReaderLock.nameOf(file);
                String name = locked == null ? file.getFileName().toString() : locked;
                if (isLeftover(folder.resolve(name), locked != null)) {
                    names.add(name);
                }
            }
        }
        for (String name : names) {
            try {
                remove(folder, name);
            } catch (IOException anothersFile) {
                continue;
            }
        }
    }

    private static void remove(Path folder, String name) throws IOException {
        ReaderLock lock = ReaderLock.tryTake(folder, name);
        if (lock == null) {
            return;
        }
        boolean goes = false;
        try {
            Path file = folder.resolve(name);
            // Looked at again: now nobody changes it.
            goes = isLeftover(file, true);
            if (goes) {
                Files.deleteIfExists(file);
            }
        } finally {
            lock.release(goes);
        }
    }

    private static boolean isLeftover(Path file, boolean orGone) {
        if (Files.notExists(file)) {
            return orGone;
        }
        ReaderState reader = ReaderState.read(file);
        return reader != null && !reader.keeps();
    }
}
