package io.tickring.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a journal as they lie in its folder: which cycles are there and what roll they have. Chronicle itself
 * skips a file that is missing and waits for one that was never finished; this look at the names and the first bytes
 * tells such a folder from a sound one.
 */
final class JournalFiles {
    static final String FOLDER = "journal";
    static final String METADATA = "metadata.cq4t";

    private static final int START_LENGTH = 64;
    /** Behind that a file without a header holds nothing. */
    private static final int HEAD_LENGTH = 4096;

    private static final int PART_LENGTH = 1 << 16;
    private static final byte[] NOTHING = new byte[PART_LENGTH];

    private enum State {
        READY,
        UNFINISHED,
        DAMAGED
    }

    private final Path folder;
    private final JournalRoll roll;
    private final int[] cycles;
    private final Path unfinished;

    private JournalFiles(Path folder, JournalRoll roll, int[] cycles, Path unfinished) {
        this.folder = folder;
        this.roll = roll;
        this.cycles = cycles;
        this.unfinished = unfinished;
    }

    static Path folder(Path directory) {
        return directory.resolve(FOLDER);
    }

    /** Looks at the folder of a journal; finds nothing when it is missing. Creates nothing. */
    static JournalFiles scan(Path folder) {
        List<String> names = names(folder);
        JournalRoll roll = rollOf(names);
        int[] cycles = new int[names.size()];
        Path unfinished = null;
        for (int i = 0; i < cycles.length; i++) {
            cycles[i] = roll.cycleOf(names.get(i));
            State state = stateOf(folder.resolve(names.get(i)));
            if (state == State.UNFINISHED && i == cycles.length - 1) {
                unfinished = folder.resolve(names.get(i));
            } else if (state != State.READY) {
                throw noHeader(names.get(i));
            }
        }
        int ready = unfinished == null ? cycles.length : cycles.length - 1;
        return new JournalFiles(folder, roll, Arrays.copyOf(cycles, ready), unfinished);
    }

    /** @throws JournalException CORRUPT when the file of a cycle has no finished header. */
    static void requireHeader(Path file) {
        if (stateOf(file) != State.READY) {
            throw noHeader(file.getFileName().toString());
        }
    }

    private static JournalException noHeader(String name) {
        return JournalException.corrupt(name, -1, 0, "the file's first bytes are not a header", null);
    }

    /** Deletes a folder with the files in it, and does nothing where there is none. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** A name for {@code file} to be set aside under that no other file has. */
    static Path aside(Path file, String suffix) {
        Path name = file.resolveSibling(file.getFileName() + suffix);
        for (int i = 2; Files.exists(name); i++) {
            name = file.resolveSibling(file.getFileName() + suffix + "-" + i);
        }
        return name;
    }

    /** Puts {@code fresh} in the place of {@code file}, which stays as {@code aside}: at every moment a whole file stands there. */
    static void replace(Path file, Path fresh, Path aside) throws IOException {
        Files.createLink(aside, file);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a folder with nothing in it, in place of one of that name. */
    static void makeEmpty(Path folder) throws IOException {
        delete(folder);
        Files.createDirectory(folder);
    }

    /** The roll that the names tell; null without a file. */
    JournalRoll roll() {
        return roll;
    }

    /** The cycles that have a finished header, ascending. */
    int[] cycles() {
        return cycles;
    }

    boolean isEmpty() {
        return cycles.length == 0;
    }

    /** Deletes what a kill left: a last file without a header, and metadata that was not finished or stands alone. */
    void deleteUnfinished() {
        Path metadata = folder.resolve(METADATA);
        try {
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
            if (Files.exists(metadata) && (isEmpty() || stateOf(metadata) != State.READY)) {
                Files.delete(metadata);
            }
        } catch (IOException e) {
            throw DirectoryLock.unwritable(folder, e);
        }
    }

    /** @throws JournalException UNWRITABLE when a file that appending changes may not be written. */
    void requireWritable() {
        requireWritable(folder);
        requireWritable(folder.resolve(METADATA));
        if (!isEmpty()) {
            requireWritable(folder.resolve(roll.fileName(cycles[cycles.length - 1])));
        }
    }

    /** Whether a finished piece of data begins at {@code position}: its length word is neither 0 nor marked. */
    static boolean isFinishedBlock(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (position < 0 || channel.read(word, position) < Integer.BYTES) {
                return false;
            }
            return word.getInt(0) > 0 && !Piece.isChronicles(word.getInt(0));
        }
    }

    private static void requireWritable(Path path) {
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw DirectoryLock.unwritable(path, new AccessDeniedException(path.toString()));
        }
    }

    /** The names of the files of cycles, in order; none where there is no folder. */
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JournalRoll.SUFFIX))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static JournalException unreadable(Path path, IOException cause) {
        return new JournalException(
                JournalException.Reason.UNREADABLE,
                "the journal cannot be read: path=" + path + " cause=" + DiskCause.text(cause)
                        + "; change its permissions",
                cause);
    }

    /** The roll that the names of all files tell; null without a file. Throws CORRUPT when they do not agree. */
    static JournalRoll rollOf(List<String> names) {
        JournalRoll found = null;
        for (String name : names) {
            JournalRoll roll = rollOf(name);
            if (roll == null || found != null && found != roll) {
                throw JournalException.corrupt(name, -1, 0, "the file's name is not one of this journal's", null);
            }
            found = roll;
        }
        return found;
    }

    /** The roll whose files have such names; null when none has. */
    static JournalRoll rollOf(String name) {
        for (JournalRoll roll : JournalRoll.values()) {
            if (roll.matches(name)) {
                return roll;
            }
        }
        return null;
    }

    /**
     * Design note: a kill leaves the first word 0 with nothing after it, or the bare mark "not complete". No single
     * changed bit turns a finished header into either, and behind a lost page there are blocks, so a damaged file is never taken for
     * one to delete.
     */
    private static State stateOf(Path file) {
        State seen = stateAtALook(file);
        // An appender that begins the file now may have finished the header after it was read, and gone on.
        return seen == State.DAMAGED ? stateAtALook(file) : seen;
    }

    private static State stateAtALook(Path file) {
        byte[] start = new byte[START_LENGTH];
        try (InputStream in = Files.newInputStream(file)) {
            in.readNBytes(start, 0, START_LENGTH);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        ByteBuffer words = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        int header = words.getInt(0);
        if (Piece.isChronicles(header) && !Piece.isUnfinished(header)) {
            return State.READY;
        }
        boolean zero = true;
        for (int i = 0; i < START_LENGTH; i += Integer.BYTES) {
            zero &= words.getInt(i) == 0;
        }
        return (zero || header == Piece.NOT_COMPLETE) && isEmptyBehindItsHead(file) ? State.UNFINISHED : State.DAMAGED;
    }

    private static boolean isEmptyBehindItsHead(Path file) {
        byte[] part = new byte[PART_LENGTH];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(HEAD_LENGTH, Files.size(file)));
            boolean isEmpty = true;
            for (int length = in.read(part); length > 0 && isEmpty; length = in.read(part)) {
                isEmpty = Arrays.mismatch(part, 0, length, NOTHING, 0, length) < 0;
            }
            return isEmpty;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
