package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Whether the files that an appender writes to are still where they were: a mapped file takes writes long after it was removed, and all
 * of them are lost at the end. The appender's thread tells of files, any one thread at a time looks.
 */
final class JournalPresence {
    private final Path folder;
    private final Object folderKey;
    private volatile Path newest;
    private Path seen;
    private Object seenKey;
    private long seenSize;

    JournalPresence(Path folder) throws IOException {
        this.folder = folder;
        this.folderKey = attributes(folder).fileKey();
    }

    /** The appender begins to write to {@code file}. */
    void onFile(Path file) {
        newest = file;
    }

    /** @throws JournalException GONE naming the path and what happened to it */
    void require() {
        try {
            if (!folderKey.equals(attributes(folder).fileKey())) {
                throw gone(folder, "another folder is in its place");
            }
            if (!Files.isWritable(folder)) {
                throw gone(folder, "it can no longer be written");
            }
            requireFile();
        } catch (NoSuchFileException e) {
            throw gone(Path.of(e.getFile()), "it was removed");
        } catch (IOException e) {
            throw gone(folder, e.toString());
        }
    }

    private void requireFile() throws IOException {
        Path file = newest;
        if (file == null) {
            return;
        }
        BasicFileAttributes now = attributes(file);
        if (file.equals(seen) && !now.fileKey().equals(seenKey)) {
            throw gone(file, "another file is in its place");
        }
        if (file.equals(seen) && now.size() < seenSize) {
            throw gone(file, "it was cut from " + seenSize + " to " + now.size() + " bytes");
        }
        seen = file;
        seenKey = now.fileKey();
        seenSize = now.size();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private static JournalException gone(Path path, String what) {
        return new JournalException(
                Reason.GONE,
                "the journal is no longer where it was: path=" + path + " cause=" + what
                        + "; put it back from a copy, or choose another folder, and start again");
    }
}
