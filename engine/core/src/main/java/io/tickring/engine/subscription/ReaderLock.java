package io.tickring.engine.subscription;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A reader's name, held by one reader of all processes: the lock of a hidden file beside its own. The system lets go of it when the
 * process dies.
 *
 * <p>Design note: a process loses its lock of a file as soon as it closes any channel on it. So nobody else ever opens this file, and
 * what this process holds is known here and not asked of the system.
 */
final class ReaderLock {
    private static final String HIDDEN = ".";
    private static final String ENDING = ".lock";
    /** One block of the disk, so that a lock file that is there needs no more room. */
    private static final int LONGEST = 4096;

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ReaderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Null where the name is held. */
    static ReaderLock tryTake(Path folder, String name) throws IOException {
        Path file = folder.toRealPath().resolve(HIDDEN + name + ENDING);
        if (!HELD.add(file)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = take(file);
            return channel == null ? null : new ReaderLock(file, channel);
        } finally {
            if (channel == null) {
                HELD.remove(file);
            }
        }
    }

    /** Whose lock file this is; null for another file. */
    static String nameOf(Path file) {
        String text = file.getFileName().toString();
        return text.startsWith(HIDDEN) && text.endsWith(ENDING) && text.length() > HIDDEN.length() + ENDING.length()
                ? text.substring(HIDDEN.length(), text.length() - ENDING.length())
                : null;
    }

    /** Lets go of the name, once. {@code removes}: the lock file goes too. */
    void release(boolean removes) throws IOException {
        try (channel) {
            if (removes) {
                Files.deleteIfExists(file);
            }
        } finally {
            HELD.remove(file);
        }
    }

    private static FileChannel take(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            boolean taken = false;
            try {
                if (!isLocked(channel)) {
                    return null;
                }
                taken = isStill(file, channel);
                if (taken) {
                    return channel;
                }
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    /**
     * Whether the file that was locked is the one that bears the name: who held it may have removed it between the opening and the
     * lock. Told by a length by chance, for to open it once more would lose the lock.
     */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        int length = ThreadLocalRandom.current().nextInt(1, LONGEST + 1);
        channel.write(ByteBuffer.allocate(1), length - 1);
        channel.truncate(length);
        try {
            return Files.size(file) == length;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
