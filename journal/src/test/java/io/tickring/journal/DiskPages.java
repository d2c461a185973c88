package io.tickring.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a folder at one moment, page by page: what a power cut may leave of them is put together from two of these, the last
 * forced one and the newest.
 */
final class DiskPages {
    static final int PAGE = 4096;
    private static final int READ_LENGTH = 256 * PAGE;

    /** A file's length and the pages of it that are not all zeros. */
    record Content(long length, Map<Long, byte[]> pages) {
        static final Content EMPTY = new Content(0, Map.of());

        Content zeros() {
            return new Content(length, Map.of());
        }

        /** The pages that are not as they were in {@code before}, in order. */
        List<Long> changedSince(Content before) {
            TreeSet<Long> numbers = new TreeSet<>(pages.keySet());
            numbers.addAll(before.pages.keySet());
            numbers.removeIf(number -> Arrays.equals(pages.get(number), before.pages.get(number)));
            return new ArrayList<>(numbers);
        }

        /** What is there if of all {@code changed} pages those got to the disk whose bit is set in {@code written}. */
        Content partOf(Content before, List<Long> changed, int written) {
            Map<Long, byte[]> mixed = new TreeMap<>(before.pages);
            for (int i = 0; i < changed.size(); i++) {
                if ((written & 1 << i) != 0) {
                    mixed.put(changed.get(i), pages.get(changed.get(i)));
                }
            }
            return new Content(length, mixed);
        }

        /** Everything that may be left of this, null for a file that is not there, when the power goes after {@code before} was forced. */
        List<Content> leftovers(Content before) {
            List<Content> all = new ArrayList<>();
            if (before == null) {
                all.add(null);
                all.add(EMPTY);
            }
            Content old = before == null ? EMPTY : before;
            List<Long> changed = changedSince(old);
            for (int written = 0; written < 1 << changed.size(); written++) {
                all.add(partOf(old, changed, written));
            }
            return all;
        }
    }

    private DiskPages() {}

    static Map<String, Content> of(Path folder) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), read(path));
            }
        }
        return files;
    }

    /** Leaves nothing but {@code files} in the folder; one that is null is not there. */
    static void restore(Path folder, Map<String, Content> files) throws IOException {
        JournalFiles.makeEmpty(folder);
        for (Map.Entry<String, Content> file : files.entrySet()) {
            if (file.getValue() != null) {
                write(folder.resolve(file.getKey()), file.getValue());
            }
        }
    }

    private static Content read(Path path) throws IOException {
        Map<Long, byte[]> pages = new TreeMap<>();
        byte[] zeros = new byte[PAGE];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] part = new byte[READ_LENGTH];
            long number = 0;
            for (int length = file.read(part); length > 0; length = file.read(part)) {
                for (int at = 0; at < length; at += PAGE, number++) {
                    byte[] page = Arrays.copyOf(Arrays.copyOfRange(part, at, Math.min(at + PAGE, length)), PAGE);
                    if (!Arrays.equals(page, zeros)) {
                        pages.put(number, page);
                    }
                }
            }
            return new Content(file.length(), pages);
        }
    }

    private static void write(Path path, Content content) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (Map.Entry<Long, byte[]> page : content.pages().entrySet()) {
                file.seek(page.getKey() * PAGE);
                file.write(page.getValue());
            }
            file.setLength(content.length());
        }
    }
}
