package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.feed.BinanceFeed;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The quotes and trades of Binance recordings, each file's read by an engine of its own, then all in the order of their receive times. */
final class RecordedTicks {
    private static final String SUFFIX = ".gz";
    private static final long TIMEOUT_MINUTES = 5;

    private final List<byte[]> ticks = new ArrayList<>();
    private int instruments;

    private RecordedTicks() {}

    /** @throws IOException if the folder holds no recordings, or one cannot be read */
    static TickSet load(Path folder) throws IOException {
        RecordedTicks recorded = new RecordedTicks();
        for (Path file : files(folder)) {
            recorded.read(file);
        }
        if (recorded.ticks.isEmpty()) {
            throw new IOException("folder=" + folder + " holds no *" + SUFFIX + " with ticks");
        }
        recorded.ticks.sort(Comparator.comparingLong(RecordedTicks::receiveTimeNs));
        return TickSet.of(recorded.ticks);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    private static long receiveTimeNs(byte[] record) {
        return new UnsafeBuffer(record).getLong(TickDescriptor.RECEIVE_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    private void read(Path file) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        Engine engine = Engine.launch(new EngineContext()
                .checkpointInterval(EngineOutcome.NO_CHECKPOINTS)
                .handler("record", (batch, offset, first, count) -> copy(batch, offset, count, records)));
        try (engine) {
            engine.start(List.of(new Engine.NamedFeed("recording", "", BinanceFeed.open(List.of(file.toString())))));
            if (engine.awaitEnd(TIMEOUT_MINUTES, TimeUnit.MINUTES) == null) {
                throw new IOException("file=" + file + " was not read within " + TIMEOUT_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("file=" + file + ": interrupted", e);
        }
        add(records.toByteArray());
        instruments += (int) engine.summary().definitions();
        if (instruments > TickSet.INSTRUMENTS) {
            throw new IOException(
                    "file=" + file + " instruments=" + instruments + ": more than " + TickSet.INSTRUMENTS);
        }
    }

    private static void copy(DirectBuffer batch, int offset, int count, ByteArrayOutputStream to) {
        byte[] bytes = new byte[count << TickDescriptor.LENGTH_SHIFT];
        batch.getBytes(offset, bytes);
        to.writeBytes(bytes);
    }

    /** Keeps quotes and trades; a file's instruments get ids behind those of the files before. */
    private void add(byte[] records) {
        UnsafeBuffer all = new UnsafeBuffer(records);
        Tick tick = new Tick();
        for (int offset = 0; offset < records.length; offset += TickDescriptor.LENGTH) {
            if (tick.wrap(all, offset).isTick()) {
                byte[] record = new byte[TickDescriptor.LENGTH];
                all.getBytes(offset, record);
                new UnsafeBuffer(record)
                        .putInt(
                                TickDescriptor.INSTRUMENT_ID_OFFSET,
                                tick.instrumentId() + instruments,
                                ByteOrder.LITTLE_ENDIAN);
                ticks.add(record);
            }
        }
    }
}
