package io.tickring.engine.journaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Await;
import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.ThrowPolicy;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.journaling.JournalRange.Position;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replay of every range equals the same range taken out of all records by a plain loop. */
class JournalFeedTest {
    private static final int TICKS = 5_000;
    private static final int CYCLES = 7;
    private static final int BAD = 666;

    @TempDir
    static Path source;

    private static List<Seen> all;
    private static long wholeDigest;

    /** A record as a value; the symbol only of ticks. */
    record Seen(long sequence, byte type, String symbol, long receiveTimeNs, long first) {
        boolean isTick() {
            return TickDescriptor.isTick(type);
        }
    }

    @BeforeAll
    static void writeJournal() throws IOException, InterruptedException {
        AtomicLong epochMs = new AtomicLong(1_767_225_600_000L);
        SplittableRandom random = new SplittableRandom(3);
        Engine engine = Engine.launch(base().dataDirectory(source)
                .roll(RollInterval.SECONDLY)
                .epochClock(epochMs::get)
                .onThrow(ThrowPolicy.SKIP)
                .handler("bad", JournalFeedTest::throwIfBad));
        try {
            TickPublisher publisher = engine.newPublisher("p");
            for (int i = 0; i < TICKS; i++) {
                if (i % (TICKS / CYCLES) == 0) {
                    await(engine);
                    epochMs.addAndGet(1_000);
                }
                if (random.nextInt(40) == 0) {
                    await(engine);
                }
                int id = publisher.define("S" + random.nextInt(1 + i * 60 / TICKS));
                publisher.awaitClaim(1);
                long receiveTimeNs = 1_000L * i - random.nextInt(5_000);
                if (random.nextBoolean()) {
                    publisher.claim().tick(0).quote(id, 5, receiveTimeNs, i, i + 1, 3, 4);
                } else {
                    publisher.claim().tick(0).trade(id, 5, receiveTimeNs, i + 1, 3, i, TickDescriptor.SIDE_SELL);
                }
                publisher.claim().commit();
                if (random.nextInt(20) == 0) {
                    publisher.awaitClaim(1);
                    publisher.claim().tick(0).quote(id, BAD, receiveTimeNs + random.nextInt(5_000), 1, 2, 3, 4);
                    publisher.claim().commit();
                }
            }
        } finally {
            engine.close();
        }
        assertThat(engine.summary().skipped()).isPositive();
        wholeDigest = engine.summary().digest();
        all = replay(JournalRange.WHOLE).seen;
        assertThat(all).hasSize((int) engine.summary().lastSequence());
    }

    private static void throwIfBad(DirectBuffer records, int offset, long firstSequence, int count) {
        Tick tick = new Tick().wrap(records, offset);
        if (tick.isTick() && tick.exchangeTimeNs() == BAD) {
            throw new IllegalStateException("bad");
        }
    }

    static Stream<JournalRange> ranges() {
        List<JournalRange> ranges = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        Predicate<String> some = symbol -> symbol.endsWith("3");
        for (int i = 0; i < 30; i++) {
            Position from = position(random);
            Position to = position(random);
            ranges.add(new JournalRange(from, null, null, Long.MAX_VALUE));
            ranges.add(new JournalRange(null, to, null, Long.MAX_VALUE));
            ranges.add(new JournalRange(from, to, some, Long.MAX_VALUE));
            ranges.add(new JournalRange(from, null, null, random.nextInt(1, 2_000)));
            ranges.add(new JournalRange(from, null, some, random.nextInt(1, 50)));
        }
        ranges.add(new JournalRange(Position.sequence(1), Position.sequence(1), null, Long.MAX_VALUE));
        ranges.add(new JournalRange(Position.sequence(0), null, null, Long.MAX_VALUE));
        ranges.add(new JournalRange(Position.sequence(1_000_000), null, null, Long.MAX_VALUE));
        ranges.add(new JournalRange(Position.time(Long.MAX_VALUE), null, null, Long.MAX_VALUE));
        ranges.add(new JournalRange(null, Position.time(-1_000_000), null, Long.MAX_VALUE));
        return ranges.stream();
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void shouldGiveExactlyTheTicksOfTheRange(JournalRange range) throws IOException, InterruptedException {
        assertThat(replay(range).seen.stream().filter(Seen::isTick).toList()).isEqualTo(plainly(range));
    }

    @Test
    void shouldKnowTheSymbolsThatWereDefinedBeforeTheRange() throws IOException, InterruptedException {
        Replay last = replay(new JournalRange(Position.sequence(all.size() - 20), null, null, Long.MAX_VALUE));
        assertThat(last.summary.definitions()).isLessThan(5);
        assertThat(last.seen)
                .isNotEmpty()
                .allMatch(seen -> !seen.isTick() || seen.symbol().startsWith("S"));
        assertThat(last.summary.digest()).isNotEqualTo(wholeDigest);
    }

    @Test
    void shouldRebuildTheSameTable() throws IOException, InterruptedException {
        RunSummary whole = replay(JournalRange.WHOLE).summary;
        assertThat(whole.digest()).isEqualTo(wholeDigest);
        assertThat(whole.latencies().get("price").getTotalCount()).isEqualTo(TICKS);
    }

    @Test
    void shouldSequenceAnewUnderSuffixedSymbolsWhenItIsNotAlone(@TempDir Path folder)
            throws IOException, InterruptedException {
        Engine engine = Engine.launch(base().dataDirectory(folder));
        try {
            engine.start(List.of(
                    new Engine.NamedFeed("a", ".a", JournalFeed.open(source, JournalRange.WHOLE)),
                    new Engine.NamedFeed("b", "", JournalFeed.open(source, JournalRange.WHOLE))));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        assertThat(engine.summary().published()).isEqualTo(2L * TICKS);
        PriceTableReader whole = replay(JournalRange.WHOLE).prices;
        PriceTableReader prices = engine.prices();
        assertThat(prices.instruments()).isEqualTo(2 * whole.instruments());
        PriceRow expected = new PriceRow();
        PriceRow actual = new PriceRow();
        for (int id = 0; id < whole.instruments(); id++) {
            whole.read(id, expected);
            for (String suffix : List.of("", ".a")) {
                prices.read(prices.find(expected.symbol() + suffix), actual);
                assertThat(List.of(
                                actual.bid(),
                                actual.quotes(),
                                actual.trades(),
                                actual.volume(),
                                actual.receiveTimeNs()))
                        .containsExactly(
                                expected.bid(),
                                expected.quotes(),
                                expected.trades(),
                                expected.volume(),
                                expected.receiveTimeNs());
            }
        }
    }

    @Test
    void shouldCountTicksForWhoseSymbolsThereIsNoRoom() throws IOException, InterruptedException {
        Engine engine = Engine.launch(base().instruments(10));
        try {
            engine.start(List.of(new Engine.NamedFeed("a", ".a", JournalFeed.open(source, JournalRange.WHOLE))));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        RunSummary summary = engine.summary();
        assertThat(summary.rejected().keySet()).containsExactly(RejectReason.INSTRUMENT_TABLE_FULL);
        assertThat(summary.published() + summary.feeds().get(0).rejectedLines()).isEqualTo(TICKS);
    }

    @Test
    void shouldKnowItsFirstTimeBehindABlockOfDefinitionsAlone(@TempDir Path folder) throws IOException {
        try (Engine engine = Engine.launch(base().dataDirectory(folder))) {
            TickPublisher publisher = engine.newPublisher("p");
            int id = publisher.define("A");
            Await.until(
                    "the definition in a block of its own",
                    () -> engine.counters().journalBlocks.get() == 1);
            publisher.awaitClaim(1);
            publisher.claim().tick(0).quote(id, TickDescriptor.NO_TIME, 77, 1, 2, 3, 4);
            publisher.claim().commit();
        }
        try (JournalFeed feed = JournalFeed.open(folder, JournalRange.WHOLE)) {
            assertThat(feed.firstReceiveTimeNs()).isEqualTo(77);
            assertThat(feed.firstSequence()).isEqualTo(1);
        }
    }

    @Test
    void shouldEndAtExactlyTheLimitOfTicks() throws IOException, InterruptedException {
        JournalFeed feed = JournalFeed.open(source, JournalRange.WHOLE);
        Engine engine = Engine.launch(base().republish(feed).ticks(1_234));
        try {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        assertThat(engine.summary().published()).isEqualTo(1_234);
    }

    @Test
    void shouldKeepTheSymbolsFromBeforeARepublishedRangeOverARestart(@TempDir Path second)
            throws IOException, InterruptedException {
        long from = all.get(all.size() / 2).sequence();
        JournalFeed feed = JournalFeed.open(
                source, new JournalRange(JournalRange.Position.sequence(from), null, null, Long.MAX_VALUE));
        Engine engine = Engine.launch(base().dataDirectory(second).republish(feed));
        try {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        List<String> symbols = symbols(engine.prices());
        try (Engine again = Engine.launch(base().dataDirectory(second))) {
            assertThat(symbols(again.prices())).isNotEmpty().isEqualTo(symbols);
            assertThat(again.summary().digest()).isEqualTo(engine.summary().digest());
            assertThat(again.newPublisher("p").define(symbols.get(0))).isZero();
        }
        assertThat(new JournalCheck(second, (sequence, last) -> {}).run().blocks())
                .isPositive();
    }

    private static List<String> symbols(PriceTableReader prices) {
        return IntStream.range(0, prices.instruments()).mapToObj(prices::symbol).toList();
    }

    private record Replay(List<Seen> seen, RunSummary summary, PriceTableReader prices) {}

    private static Replay replay(JournalRange range) throws IOException, InterruptedException {
        JournalFeed feed = JournalFeed.open(source, range);
        List<Seen> seen = new ArrayList<>();
        TableHolder table = new TableHolder();
        Engine engine = Engine.launch(base().republish(feed).handler("collect", collector(seen, table)));
        table.prices = engine.prices();
        try {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        assertThat(engine.status().errors()).isEmpty();
        return new Replay(seen, engine.summary(), engine.prices());
    }

    /** Where the collector finds symbols; set before the first record. */
    private static final class TableHolder {
        private volatile PriceTableReader prices;
    }

    private static TickHandler collector(List<Seen> seen, TableHolder table) {
        Tick tick = new Tick();
        return (records, offset, first, count) -> {
            for (int i = 0; i < count; i++) {
                tick.wrap(records, offset + i * TickDescriptor.LENGTH);
                String symbol = tick.isTick() ? table.prices.symbol(tick.instrumentId()) : "";
                if (tick.type() != TickDescriptor.CHECKPOINT) {
                    seen.add(new Seen(tick.sequence(), tick.type(), symbol, tick.receiveTimeNs(), tick.bid()));
                } else {
                    seen.add(new Seen(tick.sequence(), tick.type(), symbol, 0, 0));
                }
            }
        };
    }

    private static List<Seen> plainly(JournalRange range) {
        List<Seen> taken = new ArrayList<>();
        boolean begun = range.from() == null;
        for (Seen record : all) {
            if (!begun) {
                begun = range.from().isTime()
                        ? record.isTick()
                                && record.receiveTimeNs() >= range.from().value()
                        : record.sequence() >= range.from().value();
            }
            if (range.to() != null) {
                boolean behind = range.to().isTime()
                        ? record.isTick() && record.receiveTimeNs() > range.to().value()
                        : record.sequence() > range.to().value();
                if (behind && (begun || !range.to().isTime())) {
                    break;
                }
            }
            if (begun
                    && record.isTick()
                    && taken.size() < range.limit()
                    && (range.symbols() == null || range.symbols().test(record.symbol()))) {
                taken.add(record);
            }
        }
        return taken;
    }

    private static Position position(SplittableRandom random) {
        return random.nextBoolean()
                ? Position.sequence(random.nextLong(1, TICKS + 100))
                : Position.time(random.nextLong(-2_000, TICKS * 1_000L));
    }

    private static EngineContext base() {
        return new EngineContext()
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.YIELD)
                .ringCapacity(512)
                .instruments(256);
    }

    private static void await(Engine engine) {
        while (engine.ringDepth() > 0) {
            Thread.onSpinWait();
        }
    }
}
