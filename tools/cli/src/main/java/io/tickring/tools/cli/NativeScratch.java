package io.tickring.tools.cli;

import io.tickring.app.NativeFolder;
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
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> NativeFolder.remove(folder.toFile()), "native-scratch"));
            NativeFolder.unpackInto(folder);
        } catch (IOException | SecurityException e) {
            // Nothing that a tool promises depends on native code.
        }
    }
}
