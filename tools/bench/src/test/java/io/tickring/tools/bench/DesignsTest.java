package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caches of the last price, and what is said of them side by side. */
class DesignsTest {
    private static final int SET_CAPACITY = 2_048;
    private static final int COMPANIES = 4;
    private static final int CACHES = 4;

    private final TickSet set = TickSet.bound(1, SET_CAPACITY);

    @TempDir
    private Path folder;

    @Test
    void shouldHaveAPriceUntilItsTimeToLiveIsOver() {
        AtomicLong clock = new AtomicLong(1);
        List<RowDesign> caches = RowDesign.caches(TimeToLive.ofSeconds(5, clock::get));
        for (RowDesign design : caches.subList(1, caches.size())) {
            clock.set(1);
            RowDesign.Rows rows = design.fresh().get();
            RowDesign.RowReading reading = rows.reading();
            int id = set.tick(0).instrumentId();
            rows.write(set, 0, 1);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(5));
            assertThat(reading.read(id)).as(design.name()).isTrue();
            clock.incrementAndGet();
            assertThat(reading.read(id)).as(design.name()).isFalse();
            rows.write(set, 0, 1);
            assertThat(reading.read(id)).as(design.name()).isTrue();
            assertThat(reading.isBound()).isTrue();
        }
    }

    @Test
    void shouldHaveARowOfTheTableWhileItIsLive() {
        PeerTable table = PeerTable.inMemory();
        table.define();
        RowDesign.RowReading onlyLive = OffHeapRows.reading(table.reader(), true);
        RowDesign.RowReading any = OffHeapRows.reading(table.reader(), false);
        int id = set.tick(0).instrumentId();
        table.apply(set.records(), set.sequence(0));
        assertThat(onlyLive.read(id)).isTrue();
        UnsafeBuffer stale = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        new MutableTick().wrap(stale, 0).stale(id, TickSet.FIRST_TICK_SEQUENCE, PriceState.STALE, 1, 1);
        table.apply(stale, 0);
        assertThat(onlyLive.read(id)).isFalse();
        assertThat(any.read(id)).isTrue();
    }

    @Test
    void shouldTakeTheTimesOfReads() {
        Workload workload = Workload.of(set, Long.MAX_VALUE).sustained(0.2, Long.MAX_VALUE);
        for (RowDesign design : RowDesign.caches(TimeToLive.ofSeconds(60, System::nanoTime))) {
            RowReads peer = new RowReads(design, RowReads.Company.ONE, workload, true);
            PeerRun.ReadTimes times = peer.run(folder).reads().times();
            assertThat(times.p50Ns()).as(design.name()).isPositive();
            assertThat(times.p99Ns()).isGreaterThanOrEqualTo(times.p50Ns());
            assertThat(times.p999Ns()).isGreaterThanOrEqualTo(times.p99Ns());
            assertThat(times.clockNs()).isLessThanOrEqualTo(times.p99Ns());
            assertThat(peer.remark()).as("none is too old").isEmpty();
        }
        PeerRun untimed = new RowReads(RowDesign.all().get(0), RowReads.Company.ONE, workload).run(folder);
        assertThat(untimed.reads().times()).isEqualTo(PeerRun.ReadTimes.NONE);
    }

    @Test
    void shouldSetEachCacheAgainstTheTableInTheSameCompany() {
        double[][] rates = new double[CACHES * COMPANIES][];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = Named.rates(8, 8);
        }
        rates[COMPANIES] = Named.rates(4, 4);
        rates[COMPANIES + 1] = Named.rates(2, 2);
        List<PeerResult> peers = new ArrayList<>(Named.result(rates).peers());
        peers.set(1, reading(peers.get(1), 8_000_000, 40));
        peers.set(COMPANIES + 1, reading(peers.get(COMPANIES + 1), 2_000_000, 70));
        List<String> lines = Designs.summary(peers);
        assertThat(lines).hasSize(1 + rates.length);
        assertThat(lines.get(1)).matches("A +8\\.00 +1\\.00x +1\\.00x");
        assertThat(lines.get(1 + COMPANIES + 1))
                .matches("F +2\\.00 +0\\.50x +4\\.00x +4\\.00 +16\\.00x +70 +140 +210 +20");
    }

    @Test
    void shouldNameEachDesignInOneRun() throws IOException {
        BenchContext context =
                new BenchContext().ticks(5_000).seconds(0.2).rounds(1).setCapacity(SET_CAPACITY);
        List<Bench> benches = Designs.benches(context);
        assertThat(benches).extracting(Bench::name).containsExactly("designs-cache", "designs-pipeline");
        assertThat(benches.get(0).peers())
                .hasSize(CACHES * COMPANIES)
                .extracting(Peer::name)
                .contains(
                        "off-heap table: alone",
                        "ReentrantReadWriteLock cache: 1 reader",
                        "StampedLock cache: 2 readers",
                        "ConcurrentHashMap cache: 1 M reads/s");
        assertThat(benches.get(1).peers()).extracting(Peer::name).contains("Tickring", "actor, ArrayBlockingQueue");
        assertThat(benches).allSatisfy(bench -> assertThat(bench.marks()).isEmpty());
        StringWriter out = new StringWriter();
        new Report(new PrintWriter(out))
                .bench(new Rounds(folder, new PrintWriter(new StringWriter())).run(benches.get(0)));
        assertThat(out.toString()).contains("p50 ns", "p99 ns", "of alone", "designs, cache of the last price");
    }

    /** The same writers beside readers of so many rows, in as much time. */
    private static PeerResult reading(PeerResult peer, long reads, double p50Ns) {
        List<PeerRun> runs = peer.runs().stream()
                .map(run -> new PeerRun(
                        run.ticks(),
                        run.lap(),
                        1,
                        0,
                        0,
                        Double.POSITIVE_INFINITY,
                        false,
                        new PeerRun.Reads(
                                reads,
                                Double.POSITIVE_INFINITY,
                                new PeerRun.ReadTimes(p50Ns, 2 * p50Ns, 3 * p50Ns, 20))))
                .toList();
        return new PeerResult(peer.name(), runs, peer.ratio(), 2, "");
    }
}
