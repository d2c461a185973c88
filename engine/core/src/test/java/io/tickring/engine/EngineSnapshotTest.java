package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.request.Statistics;
import io.tickring.engine.request.TableSnapshot;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Snapshots of a whole engine while producers run, and over a restart: each is what its records up to that sequence make of an empty table. */
class EngineSnapshotTest {
    private static final int INSTRUMENTS = 64;
    private static final int RUNS = 2;
    private static final int SNAPSHOTS = 60;
    private static final long MOST_RECORDS = 4_000_000;

    @TempDir
    Path folder;

    private final ExpandableDirectByteBuffer records = new ExpandableDirectByteBuffer();
    private final TreeMap<Long, TableSnapshot> snapshots = new TreeMap<>();
    private final TreeMap<Long, Statistics> statistics = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({"SHARED, APPLIED", "DEDICATED, APPLIED", "DEDICATED, JOURNALED"})
    void shouldBeWhatTheRecordsMakeOfAnEmptyTable(ThreadingMode threading, Visibility visible) throws Exception {
        long last = 0;
        for (int run = 0; run < RUNS; run++) {
            Engine engine = Engine.launch(new EngineContext()
                    .dataDirectory(folder)
                    .threading(threading)
                    .visible(visible)
                    .ringCapacity(4096)
                    .checkpointInterval(10_000)
                    .instruments(INSTRUMENTS)
                    .handlerBehindPrices("records", this::keep));
            try (engine) {
                assertThat(engine.requests().snapshot().join().sequence()).isEqualTo(last);
                take(engine, run);
            }
            last = engine.summary().journaledSequence();
        }
        assertThat(snapshots).hasSizeGreaterThan(SNAPSHOTS);
        compare();
    }

    private void keep(DirectBuffer batch, int offset, long firstSequence, int count) {
        records.putBytes(
                Math.toIntExact((firstSequence - 1) * TickDescriptor.LENGTH),
                batch,
                offset,
                count * TickDescriptor.LENGTH);
    }

    private void take(Engine engine, int run) throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            TickPublisher publisher = engine.newPublisher("p" + i);
            SplittableRandom random = new SplittableRandom(10L * run + i);
            Thread producer = new Thread(() -> publish(publisher, random, done), "p" + i);
            producer.start();
            producers.add(producer);
        }
        for (int i = 0; i < SNAPSHOTS; i++) {
            TableSnapshot snapshot = engine.requests().snapshot().join();
            snapshots.put(snapshot.sequence(), snapshot);
            Statistics figures = engine.requests().statistics().join();
            statistics.put(figures.sequence(), figures);
        }
        done.set(true);
        for (Thread producer : producers) {
            producer.join();
        }
    }

    /** With short rests: the records of a run are kept. */
    private static void publish(TickPublisher publisher, SplittableRandom random, AtomicBoolean done) {
        long published = 0;
        while (!done.get() && published < MOST_RECORDS / RUNS / 2) {
            int id = publisher.define("S" + random.nextInt(1 + random.nextInt(INSTRUMENTS)));
            int count = 1 + random.nextInt(64);
            if (publisher.awaitClaim(count) > 0) {
                for (int i = 0; i < count; i++) {
                    long time = random.nextInt(1 << 20);
                    if (random.nextBoolean()) {
                        publisher.claim().tick(i).quote(id, time, time, 1 + i, 2 + i, 5, 6);
                    } else {
                        publisher.claim().tick(i).trade(id, time, time, 1 + i, 7, i, TickDescriptor.SIDE_SELL);
                    }
                }
                publisher.claim().commit();
            }
            published += count;
            LockSupport.parkNanos(1);
        }
    }

    private void compare() {
        PriceTableWriter table = new PriceTableWriter(PriceTableFile.inMemory(INSTRUMENTS), INSTRUMENTS);
        long quotes = 0;
        long last = Math.max(snapshots.lastKey(), statistics.lastKey());
        for (long sequence = 1; sequence <= last; sequence++) {
            int offset = (int) (sequence - 1) * TickDescriptor.LENGTH;
            table.apply(records, offset);
            quotes += records.getByte(offset + TickDescriptor.TYPE_OFFSET) == TickDescriptor.QUOTE ? 1 : 0;
            if (snapshots.containsKey(sequence)) {
                assertThat(snapshots.get(sequence).digest())
                        .as("at %d", sequence)
                        .isEqualTo(table.digest());
            }
            if (statistics.containsKey(sequence)) {
                assertThat(statistics.get(sequence).quotes())
                        .as("at %d", sequence)
                        .isEqualTo(quotes);
                assertThat(statistics.get(sequence).instruments()).isEqualTo(table.instruments());
            }
        }
    }
}
