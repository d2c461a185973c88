package io.tickring.engine.journaling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** What disks do to files, and how to tell. */
final class Damage {
    private static final int FILLED = 1 << 20;

    private Damage() {}

    /** Checksums of all files of a folder, by their names in it. */
    static Map<String, Long> checksums(Path folder) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                CRC32C sum = new CRC32C();
                try (InputStream in = Files.newInputStream(file)) {
                    // Behind that there is nothing in these files.
                    sum.update(in.readNBytes(FILLED));
                }
                sums.put(folder.relativize(file).toString(), sum.getValue());
            }
        }
        return sums;
    }

    static void flip(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), position);
        }
    }

    static void zero(Path file, long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(length), position);
        }
    }
}
