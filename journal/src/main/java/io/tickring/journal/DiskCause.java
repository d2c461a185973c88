package io.tickring.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What stands behind a failure to open, read or write, in words for a person. */
final class DiskCause {
    static final String NO_ROOM = "no room on the disk";

    private static final List<String> FULL = List.of(NO_ROOM, "No space left on device", "Disk quota exceeded");
    private static final int MAX_CAUSES = 16;
    /** With no more than this left, a fault in a mapped file is a page for which there was no block. */
    private static final long NEARLY_NOTHING_BYTES = 1 << 20;

    private DiskCause() {}

    /** Whether {@code failure} came from a disk without room, the one that {@code folder} is on. */
    static boolean isNoRoom(Path folder, Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (FULL.stream().anyMatch(message::contains)
                    || cause instanceof InternalError && usableBytes(folder) < NEARLY_NOTHING_BYTES) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** In a line that is the same for whatever was to be written there. */
    static String makeRoom(Path folder) {
        return NO_ROOM + ": folder=" + folder + "; make room and start again";
    }

    static String text(Throwable failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return "not a directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return failure instanceof IOException && failure.getClass() == IOException.class && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    private static long usableBytes(Path folder) {
        try {
            return Files.getFileStore(Files.exists(folder) ? folder : folder.getParent())
                    .getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
