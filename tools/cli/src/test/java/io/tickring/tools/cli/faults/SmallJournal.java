package io.tickring.tools.cli.faults;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.tools.cli.Market;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochClock;

/**
 * The data folder of an engine that was stopped in its tracks: some files of a second each, blocks of one tick and of many, all
 * durable but for the newest. Made once, copied and damaged often.
 */
final class SmallJournal {
    static final Duration NEVER = Duration.ofHours(1);

    private static final long OPENING_MS = 1_723_161_255_000L;
    private static final int TICKS_PER_CYCLE = 70;
    private static final int RUN = 8;

    private final Path data;
    private final long durable;
    private final long last;

    private SmallJournal(Path data, long durable, long last) {
        this.data = data;
        this.durable = durable;
        this.last = last;
    }

    /** Where it lies. */
    Path data() {
        return data;
    }

    long durable() {
        return durable;
    }

    /** The newest sequence. */
    long last() {
        return last;
    }

    /** Writes {@code cycles} files; all but the second half of the last one is durable. */
    static SmallJournal write(Path folder, int cycles) throws IOException, InterruptedException {
        Path running = folder.resolve("running");
        Path data = folder.resolve("stopped");
        long[] timeMs = {OPENING_MS};
        try (Engine engine = Engine.launch(
                context(running, () -> timeMs[0]).roll(RollInterval.SECONDLY).durability(Durability.interval(NEVER)))) {
            TickPublisher publisher = engine.newPublisher("test");
            int btc = publisher.define("BTC");
            for (int cycle = 0; cycle < cycles; cycle++, timeMs[0] += 1_000) {
                publisher.define("CYCLE" + cycle);
                publish(engine, publisher, btc, TICKS_PER_CYCLE / 2);
                if (cycle == cycles - 1) {
                    engine.awaitDurable(journaled(engine), 10, TimeUnit.SECONDS);
                }
                publish(engine, publisher, btc, TICKS_PER_CYCLE / 2);
            }
            copy(running, data);
            return new SmallJournal(data, engine.summary().durableSequence(), journaled(engine));
        }
    }

    /** As {@link #write}, behind a file of an earlier run that ended in order and left a snapshot. */
    static SmallJournal writeBehindSnapshot(Path folder, int cycles) throws IOException, InterruptedException {
        long earlierMs = OPENING_MS - 1_000;
        try (Engine engine = Engine.launch(
                context(folder.resolve("running"), () -> earlierMs).roll(RollInterval.SECONDLY))) {
            TickPublisher publisher = engine.newPublisher("test");
            publish(engine, publisher, publisher.define("BTC"), TICKS_PER_CYCLE);
        }
        return write(folder, cycles);
    }

    /** An engine that continues such a folder, at the time when it ended. */
    EngineContext continuing(Path copy) {
        return context(copy, () -> OPENING_MS + 60_000);
    }

    private static EngineContext context(Path data, EpochClock clock) {
        return new EngineContext()
                .dataDirectory(data)
                .epochClock(clock)
                .ringCapacity(64)
                .instruments(16);
    }

    private static long journaled(Engine engine) {
        return engine.summary().journaledSequence();
    }

    private static void publish(Engine engine, TickPublisher publisher, int id, int ticks) {
        for (int i = 0; i < ticks; ) {
            int run = i % 3 == 0 ? Math.min(RUN, ticks - i) : 1;
            if (publisher.awaitClaim(run) < 0) {
                throw new IllegalStateException("the ring takes no tick");
            }
            for (int k = 0; k < run; k++, i++) {
                long bid = 1_000_000L + i;
                publisher.claim().tick(k).quote(id, NO_TIME, Market.OPENING_NS + i, bid, bid + 1, 1, 1);
            }
            publisher.claim().commit();
            while (engine.ringDepth() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Every file of the folder, those of its folders too. */
    static List<Path> files(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Copies a data folder; what is 0 at the end of a file stays a hole. */
    static void copy(Path from, Path to) throws IOException {
        delete(to);
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ);
                    RandomAccessFile copy = new RandomAccessFile(target.toFile(), "rw")) {
                ByteBuffer bytes = ByteBuffer.allocate((int) filled(file, source));
                source.read(bytes, 0);
                copy.write(bytes.array());
                copy.setLength(source.size());
            }
        }
    }

    /** The folders that this makes are filled at the beginning of their files alone. */
    private static long filled(Path file, FileChannel source) throws IOException {
        return source.size() < 1 << 20 ? source.size() : JournalImage.filled(file);
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
