package io.tickring.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where JNA and jffi unpack their native code: {@code native-PID} in the data folder, not in the home or temporary
 * folder. To be made before the first class of Chronicle or of the affinity library loads; closing removes it, and
 * the folders made for it that stayed empty.
 */
public final class NativeFolder implements AutoCloseable {
    private static final String PREFIX = "native-";

    private final Path folder;
    private final Deque<Path> made;

    private NativeFolder(Path folder, Deque<Path> made) {
        this.folder = folder;
        this.made = made;
    }

    /** @throws WrongUseException if {@code data} cannot be written. */
    public static NativeFolder in(Path data) {
        Path folder = data.toAbsolutePath()
                .normalize()
                .resolve(PREFIX + ProcessHandle.current().pid());
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.addLast(each);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            removeEmpty(missing);
            throw new WrongUseException("data=" + data + " cannot be written: " + cause(data, e), e);
        }
        unpackInto(folder);
        return new NativeFolder(folder, missing);
    }

    /**
     * Removes what processes left that were killed while they unpacked. The data folder's lock is held by this
     * process.
     */
    public void removeLeftBehind() {
        File[] all = folder.getParent().toFile().listFiles((parent, name) -> name.matches(PREFIX + "[0-9]{1,18}"));
        for (File each : all == null ? new File[0] : all) {
            long pid = Long.parseLong(each.getName().substring(PREFIX.length()));
            if (ProcessHandle.of(pid).isEmpty()) {
                remove(each);
            }
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        remove(folder.toFile());
        removeEmpty(made);
    }

    /** From now on JNA and jffi unpack into {@code folder}, where nobody has told them otherwise. */
    public static void unpackInto(Path folder) {
        setUnlessSet("jna.tmpdir", folder);
        setUnlessSet("jffi.extract.dir", folder);
    }

    /** Deletes a folder and the files in it, as far as that can be done. */
    public static void remove(File folder) {
        File[] files = folder.listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        folder.delete();
    }

    private static void setUnlessSet(String property, Path value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value.toString());
        }
    }

    /** Deepest first; one that holds something stays, and so do those above it. */
    private static void removeEmpty(Deque<Path> folders) {
        for (Path each : folders) {
            each.toFile().delete();
        }
    }

    private static String cause(Path data, IOException e) {
        if (Files.exists(data) && !Files.isDirectory(data)) {
            return "it is a file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "no folder can be made there" : reason;
    }
}
