package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a kill or a power cut leaves of a journal that was being made: any pages of its first file, of Chronicle's metadata and of
 * the mark, and no record, for the first one is taken only behind the first mark.
 */
final class UnfinishedJournal {
    private static final int PART_LENGTH = 1 << 20;

    private UnfinishedJournal() {}

    /**
     * Deletes the files of a journal that nothing is promised of, where none of them shows a trace of a record or a gap; answers
     * whether that was so. Then the next journal may begin here.
     */
    static boolean clear(Path folder) throws IOException {
        List<String> names = JournalFiles.names(folder);
        for (String name : names) {
            if (JournalFiles.rollOf(name) == null || hasTraceOfRecords(folder.resolve(name))) {
                return false;
            }
        }
        for (String name : names) {
            Files.delete(folder.resolve(name));
        }
        Files.deleteIfExists(folder.resolve(JournalFiles.METADATA));
        Files.deleteIfExists(folder.resolve(DurableMark.FILE_NAME));
        return true;
    }

    /** Whether anywhere a block may begin that is no dictionary, sound or not. */
    private static boolean hasTraceOfRecords(Path file) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(PART_LENGTH).order(LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            for (long at = 0; at < size; at += PART_LENGTH - BlockDescriptor.HEADER_LENGTH) {
                part.clear();
                while (part.hasRemaining() && channel.read(part, at + part.position()) >= 0) {
                    continue;
                }
                if (hasTraceOfRecords(part.flip())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean hasTraceOfRecords(ByteBuffer part) {
        for (int at = 0; at + BlockDescriptor.HEADER_LENGTH <= part.limit(); at += Piece.ALIGNMENT) {
            if (part.getInt(at) == BlockDescriptor.MAGIC
                    && (part.getShort(at + BlockDescriptor.RECORD_COUNT_OFFSET) != 0
                            || part.getShort(at + BlockDescriptor.KIND_OFFSET) != BlockDescriptor.KIND_RECORDS)) {
                return true;
            }
        }
        return false;
    }
}
