package io.tickring.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One owner per data folder, over processes and containers: the kernel's lock on the file {@code DIR/LOCK}, freed by the
 * kernel however the owner ends. The file says who holds it: pid, host, start time. Any thread may call.
 *
 * <p>Design note: closing any channel on a file drops every POSIX lock that this process has on it, so a folder that
 * this JVM holds is refused before its file is opened.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String FILE_NAME = "LOCK";
    private static final int MAX_LENGTH = 512;
    private static final Set<Path> HELD = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;
    private final List<Path> created;

    private DirectoryLock(Path directory, FileChannel channel, List<Path> created) {
        this.directory = directory;
        this.channel = channel;
        this.created = created;
    }

    /**
     * Makes the folder when it is missing and takes its lock, without waiting.
     *
     * @throws JournalException LOCKED naming the holder, or UNWRITABLE naming path and cause; nothing is left behind.
     */
    public static DirectoryLock acquire(Path directory) {
        return acquire(directory, true);
    }

    /** As {@link #acquire}, for a look that leaves no trace once it is given back by {@link #discard}. */
    static DirectoryLock acquireForALook(Path directory) {
        return acquire(directory, false);
    }

    private static DirectoryLock acquire(Path directory, boolean namesHolder) {
        List<Path> created = new ArrayList<>();
        try {
            createDirectories(directory.toAbsolutePath().normalize(), created);
            Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new FileAlreadyExistsException(real.toString());
            }
            return lock(real, created, namesHolder);
        } catch (IOException e) {
            deleteAll(created);
            throw unwritable(directory, e);
        }
    }

    private static DirectoryLock lock(Path real, List<Path> created, boolean namesHolder) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(real)) {
                throw locked(real, "pid=" + ProcessHandle.current().pid() + " host=" + host() + " (this process)");
            }
            Path file = real.resolve(FILE_NAME);
            boolean isNew = Files.notExists(file);
            FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
            try {
                if (isNew) {
                    created.add(file);
                }
                if (channel.tryLock() == null) {
                    throw locked(real, holder(channel));
                }
                if (namesHolder) {
                    writeHolder(channel);
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            HELD.add(real);
            return new DirectoryLock(real, channel, created);
        }
    }

    /** The folder that is held, as an absolute path without links. */
    public Path directory() {
        return directory;
    }

    /** Makes the folder, and those above it that this lock made, survive a power cut; not beyond the file system that it is on. */
    void forceEntries() throws IOException {
        Set<Path> parents = new LinkedHashSet<>();
        parents.add(directory.getParent());
        created.forEach(path -> parents.add(path.getParent()));
        for (Path parent : parents) {
            if (parent != null
                    && Files.isReadable(parent)
                    && Files.getFileStore(parent).equals(Files.getFileStore(directory))) {
                JournalForcer.force(parent);
            }
        }
    }

    /** Gives the folder back; the file stays. Does nothing the second time. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (!channel.isOpen()) {
                return;
            }
            HELD.remove(directory);
            try {
                channel.close();
            } catch (IOException e) {
                throw unwritable(directory, e);
            }
        }
    }

    /** Closes, and deletes the file and the folders that this lock made: for an owner that could not start. */
    void discard() {
        if (channel.isOpen()) {
            deleteAll(created);
        }
        close();
    }

    static JournalException unwritable(Path path, Throwable cause) {
        return new JournalException(
                Reason.UNWRITABLE,
                DiskCause.isNoRoom(path, cause)
                        ? DiskCause.makeRoom(path)
                        : "the data folder cannot be written: directory=" + path + " cause=" + DiskCause.text(cause)
                                + "; choose another folder or change its permissions",
                cause);
    }

    private static void createDirectories(Path directory, List<Path> created) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path p = directory; p != null && Files.notExists(p); p = p.getParent()) {
            missing.add(0, p);
        }
        for (Path p : missing) {
            Files.createDirectory(p);
            created.add(p);
        }
    }

    private static void deleteAll(List<Path> created) {
        for (int i = created.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(created.get(i));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static JournalException locked(Path directory, String holder) {
        return new JournalException(
                Reason.LOCKED,
                "the data folder is in use: directory=" + directory + " " + holder
                        + "; stop that process or choose another folder");
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH);
        channel.read(bytes, 0);
        String[] words =
                new String(bytes.array(), 0, bytes.position(), US_ASCII).trim().split("\\s+");
        return words.length < 3 ? "pid=unknown" : "pid=" + words[0] + " host=" + words[1] + " since=" + words[2];
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElseGet(Instant::now);
        byte[] line = (self.pid() + " " + host() + " " + start + "\n").getBytes(US_ASCII);
        channel.write(ByteBuffer.wrap(line), 0);
        channel.truncate(line.length);
    }

    /** Design note: no look-up by {@code InetAddress}, which may ask the network. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
        } catch (IOException e) {
            String name = System.getenv("HOSTNAME");
            return name == null ? "unknown" : name;
        }
    }
}
