package io.tickring.tools.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where JNA and jffi unpack their native code while a tool reads a journal: a private folder in the temporary folder
 * that goes with the process. A tool writes nothing into an engine's folder, which may be read-only, or into the home
 * folder.
 */
final class NativeScratch {
    private NativeScratch() {}

    /**
     * To be called before the first class of Chronicle loads. Without a temporary folder the libraries do as they like.
     */
    static void prepare() {
        try {
            Path folder = Files.createTempDirectory("tickring-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder.toFile()), "native-scratch"));
            setUnlessSet("jna.tmpdir", folder);
            setUnlessSet("jffi.extract.dir", folder);
        } catch (IOException | SecurityException e) {
            // Nothing that a tool promises depends on native code.
        }
    }

    private static void setUnlessSet(String property, Path folder) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, folder.toString());
        }
    }

    private static void remove(File folder) {
        File[] files = folder.listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        folder.delete();
    }
}
