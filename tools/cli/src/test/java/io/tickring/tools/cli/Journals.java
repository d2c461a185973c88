package io.tickring.tools.cli;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Journals for tests that damage them. */
final class Journals {
    private Journals() {}

    /** {@code ticks} quotes, each in a block of its own; the bid's units are the tick's number. */
    static void writeManyBlocks(Path data, int ticks) {
        try (Engine engine = Engine.launch(
                new EngineContext().dataDirectory(data).ringCapacity(64).instruments(16))) {
            TickPublisher publisher = engine.newPublisher("test");
            int id = publisher.define("BTC");
            for (int i = 0; i < ticks; i++) {
                long bid = bid(i);
                Market.publish(publisher, tick -> tick.quote(id, NO_TIME, Market.OPENING_NS, bid, bid + 1, 1, 1));
                while (engine.ringDepth() > 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** Flips one bit in the record of tick {@code number}. */
    static void flipBit(Path data, int number) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(onlyFile(data).toFile(), "rw")) {
            ByteBuffer bytes = file.getChannel()
                    .map(FileChannel.MapMode.READ_ONLY, 0, Math.min(file.length(), 16 << 20))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int offset = 0; offset < bytes.limit() - Long.BYTES; offset += 4) {
                if (bytes.getLong(offset) == bid(number)) {
                    file.seek(offset);
                    file.write((bytes.get(offset) & 0xFF) ^ 1);
                    return;
                }
            }
        }
        throw new IllegalStateException("tick=" + number + " is not in the journal");
    }

    private static long bid(int number) {
        return 0x1234_5678_0000_0000L + number;
    }

    private static Path onlyFile(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".cq4")).toList();
            return all.get(0);
        }
    }
}
