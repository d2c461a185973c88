package io.tickring.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Await;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.price.TableDigest;
import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.ring.TickStage;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Snapshots while producers run at full speed: each has the digest that the price stage itself took at its sequence. The stage takes one
 * at every multiple of an interval; with 1, at every sequence.
 */
class SnapshotTest {
    private static final int INSTRUMENTS = 48;
    private static final int MOST_RECORDS = 1 << 24;

    private final StatusWriter status = StatusWriter.inMemory(SystemEpochClock.INSTANCE);
    private final AtomicCounter dropped = status.newCounter("dropped");
    private final EngineCounters counters = new EngineCounters(status);
    private final List<Thread> threads = new ArrayList<>();
    private final UnsafeBuffer table = PriceTableFile.inMemory(INSTRUMENTS);
    private TickRing ring;
    private TickProcessor processor;
    private Requests requests;
    private volatile boolean done;

    @AfterEach
    void end() throws InterruptedException {
        requests.close();
        done = true;
        ring.close();
        processor.halt();
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 256, 1, 1000", "2, 4096, 1, 250", "3, 65536, 1, 30", "4, 4096, 64, 60"})
    void shouldHaveTheDigestOfTheEngineAtItsSequence(int seed, int capacity, int interval, int wanted) {
        long[] digests = start(capacity, interval);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3; i++) {
            startProducer("p" + i, random.split());
        }
        List<TableSnapshot> compared = new ArrayList<>();
        TreeSet<Long> sequences = new TreeSet<>();
        while (sequences.size() < wanted && ring.lastClaimedSequence() < MOST_RECORDS) {
            long before = ring.lastClaimedSequence();
            TableSnapshot snapshot = requests.snapshot().join();
            assertThat(snapshot.sequence()).as("what was published before").isGreaterThanOrEqualTo(before);
            assertThat(snapshot.table().appliedSequence()).isEqualTo(snapshot.sequence());
            if (snapshot.sequence() % interval == 0) {
                compared.add(snapshot);
                sequences.add(snapshot.sequence());
            }
        }
        done = true;
        Await.until("the handler has all", () -> processor.doneSequence() == ring.lastClaimedSequence());
        for (TableSnapshot each : compared) {
            assertThat(each.digest()).as("at %d", each.sequence()).isEqualTo(digests[(int) each.sequence()]);
        }
        assertThat(sequences).as("taken while all ran").hasSizeGreaterThanOrEqualTo(wanted);
        assertThat(sequences.last() - sequences.first()).isGreaterThan(10L * wanted);
    }

    @ParameterizedTest
    @CsvSource({"5, 1024"})
    void shouldShareOneCopyAmongAllThatWait(int seed, int capacity) {
        long[] digests = start(capacity, 1);
        startProducer("p", new SplittableRandom(seed));
        List<CompletableFuture<TableSnapshot>> snapshots = new ArrayList<>();
        List<CompletableFuture<Statistics>> statistics = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            snapshots.add(requests.snapshot());
            statistics.add(requests.statistics());
        }
        TreeSet<Long> sequences = new TreeSet<>();
        snapshots.forEach(each -> sequences.add(each.join().sequence()));
        for (int i = 0; i < 500; i++) {
            Statistics seen = statistics.get(i).join();
            TableSnapshot snapshot = snapshots.get(i).join();
            if (seen.sequence() == snapshot.sequence()) {
                assertSums(seen, snapshot.table());
            }
            assertThat(seen.acceptedSequence()).isGreaterThanOrEqualTo(seen.sequence());
        }
        assertThat(sequences).hasSizeLessThan(250);
        done = true;
        Await.until("the handler has all", () -> processor.doneSequence() == ring.lastClaimedSequence());
        snapshots.forEach(each -> assertThat(each.join().digest())
                .isEqualTo(digests[(int) each.join().sequence()]));
    }

    private static void assertSums(Statistics seen, PriceTableReader table) {
        long quotes = 0;
        long trades = 0;
        long timeBack = 0;
        long repeatedIds = 0;
        long idGaps = 0;
        long crossed = 0;
        long locked = 0;
        PriceRow row = new PriceRow();
        for (int id = 0; id < table.instruments(); id++) {
            assertThat(table.read(id, row)).isTrue();
            quotes += row.quotes();
            trades += row.trades();
            timeBack += row.receiveTimeBack();
            repeatedIds += row.repeatedIds();
            idGaps += row.idGaps();
            crossed += row.crossed();
            locked += row.locked();
        }
        assertThat(List.of(seen.quotes(), seen.trades(), seen.timeBack(), seen.repeatedIds()))
                .containsExactly(quotes, trades, timeBack, repeatedIds);
        assertThat(List.of(seen.idGaps(), seen.crossed(), seen.locked())).containsExactly(idGaps, crossed, locked);
        assertThat(seen.stale()).isEqualTo(table.staleInstruments());
        assertThat(seen.instruments()).isEqualTo(table.instruments());
    }

    /** Answers where the stage notes its digests, by sequence. */
    private long[] start(int capacity, int interval) {
        long[] digests = new long[MOST_RECORDS + 4 * capacity];
        digests[0] = TableDigest.ofRows(table, 0, 0);
        ring = new TickRing(capacity, WaitMode.YIELD, 1, new InstrumentRegistry(INSTRUMENTS));
        PriceTableHandler handler = new PriceTableHandler(
                new PriceTableWriter(table, INSTRUMENTS),
                interval,
                (sequence, digest) -> digests[(int) sequence] = digest,
                counters.applied,
                counters.unknownInstruments);
        processor = ring.newProcessor(List.of(new TickStage("price", handler, null, (stage, at, n, cause) -> {
            throw new AssertionError(cause);
        })));
        requests = new Requests(
                new RequestSources(
                        ring,
                        processor,
                        PriceTableReader.over(table),
                        counters,
                        false,
                        () -> ring.newPublisher("requests", OverflowPolicy.WAIT, dropped),
                        SystemNanoClock.INSTANCE),
                cause -> {
                    throw new AssertionError(cause);
                });
        start("handler", processor);
        return digests;
    }

    private void startProducer(String name, SplittableRandom random) {
        TickPublisher publisher = ring.newPublisher(name, OverflowPolicy.WAIT, dropped);
        start(name, () -> {
            while (!done && ring.lastClaimedSequence() < MOST_RECORDS) {
                int id = publisher.define("S" + random.nextInt(1 + random.nextInt(INSTRUMENTS)));
                int count = 1 + random.nextInt(ring.capacity() / 8);
                if (publisher.awaitClaim(count) > 0) {
                    for (int i = 0; i < count; i++) {
                        write(publisher, i, random.nextInt(1 + id), random);
                    }
                    publisher.claim().commit();
                }
            }
        });
    }

    private static void write(TickPublisher publisher, int index, int id, SplittableRandom random) {
        long time = random.nextInt(1 << 20);
        long price = 1 + random.nextInt(1_000);
        if (random.nextBoolean()) {
            publisher.claim().tick(index).quote(id, time, time, price, price + 1, 5, 6);
        } else {
            publisher.claim().tick(index).trade(id, time, time, price, 7, random.nextInt(99), TickDescriptor.SIDE_BUY);
        }
    }

    private void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }
}
