package io.tickring.tools.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written when all is measured, whole or not at all; that it can be is found before. */
record ResultFile(Path path) {
    /** What fills it. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Throws if no file can be written there; leaves nothing. */
    void probe() throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        Files.newOutputStream(part()).close();
        Files.delete(part());
    }

    void write(Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(part())) {
            content.write(out);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part());
            throw e;
        }
        Files.move(part(), path, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path part() {
        return path.resolveSibling(path.getFileName() + ".part");
    }
}
