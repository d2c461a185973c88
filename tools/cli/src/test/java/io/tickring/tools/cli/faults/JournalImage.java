package io.tickring.tools.cli.faults;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * A data folder's files as they lie on the disk, read without the journal's own code and without any of its checks: a row of
 * pieces, a length word before each.
 */
final class JournalImage {
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int HEADER_LENGTH = 64;
    private static final int GAP = 1 << 20;
    private static final int PAGE = 4096;
    /** A file's header, its index and its first block lie so many pages apart. */
    private static final int HEAD_PAGES = 64;

    /** Where a block's length word lies in its file, and how long the block behind it is. */
    record Block(Path file, long position, int length) {
        long end() {
            return position + Integer.BYTES + length;
        }
    }

    private JournalImage() {}

    /** The files of the journal, oldest first. */
    static List<Path> cycles(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    /** The blocks of all files, in the order in which they lie; whatever is no block ends its file. */
    static List<Block> blocks(Path data) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path file : cycles(data)) {
            try (FileChannel channel = FileChannel.open(file, READ)) {
                scan(file, channel, blocks);
            }
        }
        return blocks;
    }

    /** A hash over the blocks as they lie. */
    static int contentOf(List<Block> blocks) throws IOException {
        int hash = 0;
        for (Block block : blocks) {
            try (FileChannel channel = FileChannel.open(block.file(), READ)) {
                ByteBuffer bytes = ByteBuffer.allocate(block.length());
                channel.read(bytes, block.position() + Integer.BYTES);
                hash = 31 * hash + Arrays.hashCode(bytes.array());
            }
        }
        return hash;
    }

    private static void scan(Path file, FileChannel channel, List<Block> blocks) throws IOException {
        long position = 0;
        for (int word = word(channel, position); (word & NOT_COMPLETE) == 0 && (word & LENGTH_MASK) > 0; ) {
            int length = word & LENGTH_MASK;
            if ((word & META_DATA) == 0 && length >= HEADER_LENGTH) {
                blocks.add(new Block(file, position, length));
            }
            position = (position + Integer.BYTES + length + 3) / 4 * 4;
            word = word(channel, position);
        }
    }

    private static int word(FileChannel channel, long position) throws IOException {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return channel.read(word, position) < Integer.BYTES ? 0 : word.getInt(0);
    }

    static void zero(Path file, long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.write(ByteBuffer.allocate(length), position);
        }
    }

    /** Writes pages of the journal's files to the disk that the system has in memory: some of those at the heads and the ends. */
    static void writeBack(Path data, Random random) throws IOException {
        try (Stream<Path> paths = Files.list(data.resolve("journal"))) {
            for (Path file : paths.sorted().toList()) {
                long pages = Math.min(Files.size(file), filled(file) + PAGE) / PAGE;
                for (long page = 0; page < pages; page++) {
                    boolean isAtAnEnd = page % HEAD_PAGES == 0 || page >= pages - HEAD_PAGES;
                    if (isAtAnEnd && random.nextBoolean()) {
                        writeBack(file, page * PAGE);
                    }
                }
            }
        }
    }

    private static void writeBack(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, position, PAGE);
            mapped.force();
            IoUtil.unmap(mapped);
        }
    }

    static void zeroLastBlocks(Path data, int count) throws IOException {
        List<Block> blocks = blocks(data);
        for (Block last : blocks.subList(blocks.size() - count, blocks.size())) {
            zero(last.file(), last.position(), Integer.BYTES + last.length());
        }
    }

    /** How far a file is filled: a megabyte of zeros is its end. Files are long and sparse. */
    static long filled(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(GAP);
            long filled = 0;
            for (long position = 0; position <= filled + GAP; position += GAP) {
                int count = Math.max(0, channel.read(bytes.clear(), position));
                while (count > 0 && bytes.get(count - 1) == 0) {
                    count--;
                }
                filled = count > 0 ? position + count : filled;
            }
            return filled;
        }
    }
}
