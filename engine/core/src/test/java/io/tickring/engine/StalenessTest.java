package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.JournalSurvey;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.PriceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices grow old by the engine's clock in a live run, and by the records alone in every other. */
class StalenessTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final TimeToLive TEN_SECONDS =
            TimeToLive.of(Duration.ofSeconds(10)).with("FAST*", Duration.ofSeconds(1), Duration.ofSeconds(3));

    @TempDir
    Path folder;

    private long nowNs = 5 * SECOND_NS;

    /** What a row says of age and quality. */
    private record Quality(
            String symbol,
            long sequence,
            PriceState state,
            long crossed,
            long locked,
            long timeBack,
            long repeatedIds,
            long idGaps) {}

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .epochClock(() -> START_MS)
                .nanoClock(() -> nowNs)
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.BUSY_SPIN)
                .ringCapacity(64)
                .instruments(64)
                .checkpointInterval(50)
                .timeToLive(TEN_SECONDS);
    }

    private static SteppedEngine start(EngineContext context) throws IOException {
        return new SteppedEngine(context, () -> {});
    }

    private static void quote(TickPublisher publisher, String symbol) {
        int id = publisher.define(symbol);
        assertThat(publisher.tryClaim(1)).isPositive();
        publisher.claim().tick(0).quote(id, 1, 2, 10, 11, 1, 1);
        publisher.claim().commit();
    }

    private static void applyAll(SteppedEngine engine) {
        for (int i = 0; i < 64; i++) {
            engine.step(0, 64);
        }
    }

    /** Time passes, round by round, and what is published is applied. */
    private void pass(SteppedEngine engine, long ns) {
        passWithoutHandlers(engine, ns, () -> applyAll(engine));
    }

    private void passWithoutHandlers(SteppedEngine engine, long ns, Runnable afterEachRound) {
        for (long end = nowNs + ns; nowNs < end; ) {
            nowNs = Math.min(end, nowNs + ROUND_NS);
            engine.supervise();
            afterEachRound.run();
        }
    }

    private static List<Quality> qualities(PriceTableReader prices) {
        List<Quality> all = new ArrayList<>();
        PriceRow row = new PriceRow();
        for (int id = 0; id < prices.instruments(); id++) {
            assertThat(prices.read(id, row)).isTrue();
            all.add(new Quality(
                    row.symbol(),
                    row.sequence(),
                    row.state(),
                    row.crossed(),
                    row.locked(),
                    row.receiveTimeBack(),
                    row.repeatedIds(),
                    row.idGaps()));
        }
        return all;
    }

    private static List<PriceState> states(SteppedEngine engine) {
        return qualities(engine.prices()).stream().map(Quality::state).toList();
    }

    @Test
    void shouldGrowOldStepByStepAndLiveAgainWithATick() throws IOException {
        SteppedEngine engine = start(context());
        TickPublisher publisher = engine.newPublisher("p");
        quote(publisher, "SLOW");
        quote(publisher, "FAST");
        publisher.define("NEVER-TRADED");
        applyAll(engine);
        pass(engine, SECOND_NS / 2);
        assertThat(states(engine)).containsOnly(PriceState.LIVE);
        pass(engine, SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.LIVE, PriceState.STALE, PriceState.LIVE);
        assertThat(engine.counters().staleInstruments.get()).isEqualTo(1);
        pass(engine, 2 * SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.LIVE, PriceState.EXPIRED, PriceState.LIVE);
        pass(engine, 7 * SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.STALE, PriceState.EXPIRED, PriceState.LIVE);
        quote(publisher, "FAST");
        applyAll(engine);
        assertThat(states(engine)).containsExactly(PriceState.STALE, PriceState.LIVE, PriceState.LIVE);
        pass(engine, 2 * SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.STALE, PriceState.STALE, PriceState.LIVE);
        pass(engine, 99 * SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.EXPIRED, PriceState.EXPIRED, PriceState.LIVE);
        pass(engine, 99 * SECOND_NS);
        engine.stop();
        assertThat(engine.counters().staleInstruments.get()).isEqualTo(2);
        assertThat(JournalSurvey.describe(folder, (sequence, last) -> {})
                        .otherRecords()
                        .stale())
                .as("one for each step, however often the rows are looked at")
                .isEqualTo(6);
    }

    @Test
    void shouldSayOnceWhatTheTableDoesNotHaveYet() throws IOException {
        SteppedEngine engine = start(context());
        quote(engine.newPublisher("p"), "FAST");
        applyAll(engine);
        long before = engine.lastClaimedSequence();
        passWithoutHandlers(engine, 2 * SECOND_NS, () -> {});
        assertThat(engine.lastClaimedSequence()).isEqualTo(before + 1);
        engine.stop();
    }

    @Test
    void shouldJudgeARowThatMovesOnMeanwhileForNothing() throws IOException {
        SteppedEngine engine = start(context());
        TickPublisher publisher = engine.newPublisher("p");
        quote(publisher, "FAST");
        applyAll(engine);
        quote(publisher, "FAST");
        passWithoutHandlers(engine, 2 * SECOND_NS, () -> {});
        assertThat(engine.lastClaimedSequence())
                .as("quote, quote, judgement of the first")
                .isEqualTo(4);
        applyAll(engine);
        assertThat(states(engine)).containsExactly(PriceState.LIVE);
        engine.stop();
    }

    @Test
    void shouldTryAgainWhenTheRingIsFull() throws IOException {
        SteppedEngine engine = start(context().ringCapacity(8));
        TickPublisher publisher = engine.newPublisher("p");
        for (int i = 0; i < 20; i++) {
            quote(publisher, "FAST" + i);
            applyAll(engine);
        }
        passWithoutHandlers(engine, 2 * SECOND_NS, () -> {});
        pass(engine, SECOND_NS / 2);
        assertThat(states(engine)).hasSize(20).containsOnly(PriceState.STALE);
        engine.stop();
    }

    /** What is written before the supervisor comes round again has the time from before the standstill. */
    @Test
    void shouldNotTakeATickForOldThatWasWrittenAfterAStandstill() throws IOException {
        SteppedEngine engine = start(context());
        TickPublisher publisher = engine.newPublisher("p");
        quote(publisher, "FAST1");
        quote(publisher, "FAST2");
        applyAll(engine);
        pass(engine, SECOND_NS / 5);
        nowNs += 100 * SECOND_NS;
        quote(publisher, "FAST1");
        applyAll(engine);
        pass(engine, SECOND_NS / 2);
        assertThat(states(engine)).containsExactly(PriceState.LIVE, PriceState.EXPIRED);
        pass(engine, SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.STALE, PriceState.EXPIRED);
        engine.stop();
    }

    @Test
    void shouldKeepItsStateOverARestartAndCountAgesFromThere() throws IOException {
        for (boolean fromSnapshot : new boolean[] {true, false}) {
            Path data = folder.resolve(String.valueOf(fromSnapshot));
            EngineContext context = context().dataDirectory(data).snapshotInterval(fromSnapshot ? 1_000 : 0);
            SteppedEngine engine = start(context);
            TickPublisher publisher = engine.newPublisher("p");
            quote(publisher, "FAST");
            quote(publisher, "SLOW");
            applyAll(engine);
            pass(engine, 2 * SECOND_NS);
            engine.stop();
            nowNs += 1_000 * SECOND_NS;
            SteppedEngine again = start(context);
            assertThat(again.snapshotSequence() > 0).isEqualTo(fromSnapshot);
            assertThat(states(again)).containsExactly(PriceState.STALE, PriceState.LIVE);
            assertThat(again.counters().staleInstruments.get()).isEqualTo(1);
            pass(again, SECOND_NS);
            assertThat(states(again)).containsExactly(PriceState.STALE, PriceState.LIVE);
            pass(again, 3 * SECOND_NS);
            assertThat(states(again)).containsExactly(PriceState.EXPIRED, PriceState.LIVE);
            pass(again, 10 * SECOND_NS);
            assertThat(states(again)).containsExactly(PriceState.EXPIRED, PriceState.STALE);
            again.stop();
        }
    }

    @Test
    void shouldJudgeNothingWithoutATimeToLive() throws IOException {
        SteppedEngine engine = start(context().timeToLive(TimeToLive.FOREVER));
        quote(engine.newPublisher("p"), "FAST");
        applyAll(engine);
        pass(engine, 100 * SECOND_NS);
        assertThat(states(engine)).containsExactly(PriceState.LIVE);
        assertThat(engine.lastClaimedSequence()).isEqualTo(2);
        engine.stop();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void shouldBeInOneStateLiveReplayedAndRestarted(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Set<PriceState> seen = EnumSet.noneOf(PriceState.class);
        List<Quality> live = List.of();
        long digest = 0;
        for (int run = 0; run < 3; run++) {
            SteppedEngine engine = start(context().snapshotInterval(random.nextInt(2) * 100));
            assertThat(qualities(engine.prices())).isEqualTo(live);
            TickPublisher publisher = engine.newPublisher("p");
            for (int step = 0; step < 400; step++) {
                step(engine, publisher, random);
                qualities(engine.prices()).forEach(row -> seen.add(row.state()));
            }
            engine.stop();
            assertThat(engine.failure()).isNull();
            live = qualities(engine.prices());
            digest = engine.table().digest();
            assertThat(engine.counters().staleInstruments.get()).isEqualTo(countStale(live));
        }
        assertThat(seen).containsExactlyInAnyOrder(PriceState.values());
        assertThat(live).anyMatch(row -> row.crossed() > 0).anyMatch(row -> row.locked() > 0);
        assertThat(live).anyMatch(row -> row.timeBack() > 0).anyMatch(row -> row.repeatedIds() > 0);
        assertThat(live).anyMatch(row -> row.idGaps() > 0);
        assertThat(replayed(digest)).isEqualTo(live);
        assertThat(new JournalCheck(folder, (sequence, last) -> {}).run().error())
                .isNull();
        SteppedEngine rebuilt = start(context().rebuilding(true));
        assertThat(qualities(rebuilt.prices())).isEqualTo(live);
        rebuilt.stop();
    }

    private void step(SteppedEngine engine, TickPublisher publisher, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> passWithoutHandlers(engine, random.nextLong(4 * SECOND_NS), () -> {});
            case 1, 2 -> {
                nowNs += SECOND_NS / 10;
                engine.supervise();
            }
            case 3, 4 -> engine.step(0, random.nextInt(1, 64));
            default -> {
                while (engine.room() < 8) {
                    engine.step(0, 64);
                }
                publish(publisher, random);
            }
        }
    }

    private static void publish(TickPublisher publisher, SplittableRandom random) {
        int number = random.nextInt(random.nextInt(1, 13));
        int id = publisher.define(number % 2 == 0 ? "FAST" + number : "S" + number);
        assertThat(publisher.tryClaim(1)).isPositive();
        long timeNs = random.nextLong(1, 1_000);
        if (random.nextBoolean()) {
            publisher.claim().tick(0).quote(id, 1, timeNs, random.nextInt(1, 4), random.nextInt(1, 4), 1, 1);
        } else {
            publisher.claim().tick(0).trade(id, 1, timeNs, 5, 6, random.nextInt(50), (byte) 1);
        }
        publisher.claim().commit();
    }

    private static long countStale(List<Quality> rows) {
        return rows.stream().filter(row -> row.state() != PriceState.LIVE).count();
    }

    private static RunSummary summaryOfClosed(Engine engine) {
        engine.close();
        return engine.summary();
    }

    private List<Quality> replayed(long digest) throws IOException, InterruptedException {
        JournalFeed feed = JournalFeed.open(folder, JournalRange.WHOLE);
        EngineContext context = new EngineContext()
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.SLEEP)
                .instruments(64)
                .timeToLive(TimeToLive.of(Duration.ofNanos(1)))
                .republish(feed);
        try (Engine engine = Engine.launch(context)) {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
            assertThat(summaryOfClosed(engine).digest()).isEqualTo(digest);
            List<Quality> found = qualities(engine.prices());
            assertThat(engine.counters().staleInstruments.get()).isEqualTo(countStale(found));
            return found;
        }
    }
}
