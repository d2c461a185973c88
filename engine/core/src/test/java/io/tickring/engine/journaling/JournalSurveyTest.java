package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Await;
import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.journaling.JournalDescription.Instrument;
import io.tickring.engine.journaling.JournalDescription.OtherRecords;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted in the journals of real engines, against what was published. */
class JournalSurveyTest {
    private static final int TICKS = 2_000;
    private static final int STEPS = 3;

    @TempDir
    Path folder;

    private final AtomicLong epochMs = new AtomicLong(1_767_225_600_000L);
    private final Map<String, List<Published>> published = new TreeMap<>();

    /** A tick as a value. */
    private record Published(boolean isQuote, long exchangeTimeNs, long receiveTimeNs) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldCountExactlyWhatWasPublishedOverRunsAndFiles(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<RunSummary> runs = new ArrayList<>();
        int incarnations = random.nextInt(1, 4);
        for (int i = 0; i < incarnations; i++) {
            runs.add(publish(random));
            epochMs.addAndGet(random.nextInt(3) * 1_000L);
        }
        JournalDescription found = describe(folder);
        assertThat(found.error()).isNull();
        assertThat(found.incarnations()).isEqualTo(incarnations);
        assertThat(found.cycles()).isEqualTo(files(folder).size()).isGreaterThanOrEqualTo(STEPS);
        assertThat(found.diskBytes()).isBetween(found.blockBytes(), lengths(folder));
        assertThat(found.blockBytes())
                .isEqualTo(runs.stream().mapToLong(RunSummary::journalBytes).sum());
        assertThat(found.firstSequence()).isEqualTo(1);
        assertThat(found.lastSequence()).isEqualTo(runs.get(incarnations - 1).lastSequence());
        assertThat(found.otherRecords())
                .isEqualTo(new OtherRecords(
                        runs.stream().mapToLong(RunSummary::definitions).sum(),
                        0,
                        runs.stream().mapToLong(RunSummary::control).sum(),
                        runs.stream().mapToLong(RunSummary::padding).sum(),
                        0,
                        0,
                        0));
        assertThat(found.otherRecords().padding()).isPositive();
        assertThat(found.otherRecords().checkpoints()).isPositive();
        assertThat(found.ticks().total() + found.otherRecords().total()).isEqualTo(found.lastSequence());
        assertThat(found.undefinedTicks().total()).isZero();
        assertThat(found.ticks())
                .isEqualTo(activity(
                        published.values().stream().flatMap(List::stream).toList()));
        assertThat(found.instruments()).isEqualTo(instruments());
        assertThat(found.bytesPerTick())
                .isEqualTo((double) found.blockBytes() / found.ticks().total());
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(List.of(check.blocks(), check.ticks(), check.lastSequence()))
                .containsExactly(found.blocks(), found.ticks().total(), found.lastSequence());
    }

    @Test
    void shouldBeginWhereARepublishedJournalBegins() throws IOException, InterruptedException {
        publish(new SplittableRandom(7));
        JournalDescription source = describe(folder);
        long from = source.lastSequence() / 2;
        JournalFeed feed = JournalFeed.open(
                folder, new JournalRange(JournalRange.Position.sequence(from), null, null, Long.MAX_VALUE));
        Path second = folder.resolve("second");
        Engine engine = Engine.launch(base().dataDirectory(second).republish(feed));
        try {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        JournalDescription found = describe(second);
        assertThat(found.error()).isNull();
        assertThat(found.journalId()).isNotEqualTo(source.journalId()).isNotZero();
        assertThat(List.of(found.firstSequence(), found.lastSequence()))
                .containsExactly(from, engine.summary().lastSequence());
        assertThat(found.ticks().total()).isEqualTo(engine.summary().published());
        assertThat(found.undefinedTicks().total()).isZero();
        assertThat(found.instruments().stream()
                        .mapToLong(instrument -> instrument.ticks().total())
                        .sum())
                .isEqualTo(found.ticks().total());
        assertThat(published.keySet())
                .containsAll(
                        found.instruments().stream().map(Instrument::symbol).toList());
    }

    @Test
    void shouldEndBesideAnEngineThatWritesOn() throws InterruptedException {
        Engine engine = Engine.launch(base().dataDirectory(folder));
        Thread writer = new Thread(() -> publishUntilClosed(engine.newPublisher("p")), "p");
        try {
            writer.start();
            for (int i = 0; i < 5; i++) {
                long already = engine.counters().journaledSequence.get();
                Await.until("more", () -> engine.counters().journaledSequence.get() > already);
                long before = engine.counters().journaledSequence.get();
                JournalDescription found = describe(folder);
                // A block is in the journal a moment before its counter says so.
                Await.until(
                        "what was found",
                        () -> engine.counters().journaledSequence.get() >= found.lastSequence()
                                || engine.stopReason() != null);
                long after = engine.counters().journaledSequence.get();
                assertThat(found.error()).isNull();
                assertThat(found.lastSequence()).isBetween(before, after);
                assertThat(found.ticks().total() + found.otherRecords().total()).isEqualTo(found.lastSequence());
            }
            assertThat(engine.stopReason()).isNull();
        } finally {
            engine.close();
            writer.join();
        }
        assertThat(engine.status().errors()).isEmpty();
        assertThat(describe(folder).lastSequence()).isEqualTo(engine.summary().lastSequence());
    }

    @Test
    void shouldFindNothingInAJournalWithoutATick() {
        Engine.launch(base().dataDirectory(folder)).close();
        JournalDescription found = describe(folder);
        TickActivity none = new TickActivity(0, 0, NO_TIME, NO_TIME, NO_TIME, NO_TIME);
        assertThat(found.isSound()).isTrue();
        assertThat(found.journalId()).isNotZero();
        assertThat(found.ticks()).isEqualTo(none);
        assertThat(found.undefinedTicks()).isEqualTo(none);
        assertThat(found.instruments()).isEmpty();
        assertThat(found.lastSequence()).isEqualTo(found.otherRecords().total());
        assertThat(found.blocks()).isPositive();
        assertThat(found.bytesPerTick()).isNaN();
    }

    @Test
    void shouldRefuseAFolderWithoutAJournalAndLeaveItAsItIs() throws IOException {
        assertThatThrownBy(() -> describe(folder))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.NO_JOURNAL));
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void shouldTellItsProgressUpToTheEnd() {
        publish(new SplittableRandom(8));
        List<Long> done = new ArrayList<>();
        JournalDescription found = JournalSurvey.describe(folder, (sequence, last) -> {
            assertThat(sequence).isLessThanOrEqualTo(last);
            done.add(sequence);
        });
        assertThat(done).isSorted().hasSize((int) found.blocks()).endsWith(found.lastSequence());
    }

    /** One run of an engine: some files, aborted claims, ever new symbols, some without a tick. */
    private RunSummary publish(SplittableRandom random) {
        Engine engine = Engine.launch(
                base().dataDirectory(folder).roll(RollInterval.SECONDLY).epochClock(epochMs::get));
        try {
            TickPublisher publisher = engine.newPublisher("p");
            for (int i = 0; i < TICKS; i++) {
                if (i % (TICKS / STEPS) == 0) {
                    Await.until("drained", () -> engine.ringDepth() == 0);
                    epochMs.addAndGet(1_000);
                }
                if (random.nextInt(50) == 0) {
                    define(publisher, "IDLE" + random.nextInt(5));
                    publisher.awaitClaim(random.nextInt(1, 4));
                    publisher.claim().abort();
                }
                publish(publisher, random);
            }
        } finally {
            engine.close();
        }
        return engine.summary();
    }

    private void publish(TickPublisher publisher, SplittableRandom random) {
        String symbol = "S" + random.nextInt(1 + random.nextInt(40));
        int id = define(publisher, symbol);
        long exchangeTimeNs = random.nextInt(3) == 0 ? NO_TIME : random.nextLong(-1_000, 1_000_000);
        Published tick = new Published(random.nextInt(3) > 0, exchangeTimeNs, random.nextLong(1L << 60));
        publisher.awaitClaim(1);
        if (tick.isQuote) {
            publisher.claim().tick(0).quote(id, exchangeTimeNs, tick.receiveTimeNs, 1, 2, 3, 4);
        } else {
            publisher.claim().tick(0).trade(id, exchangeTimeNs, tick.receiveTimeNs, 1, 2, 3, TickDescriptor.SIDE_BUY);
        }
        publisher.claim().commit();
        published.get(symbol).add(tick);
    }

    private int define(TickPublisher publisher, String symbol) {
        published.computeIfAbsent(symbol, added -> new ArrayList<>());
        return publisher.define(symbol);
    }

    private static void publishUntilClosed(TickPublisher publisher) {
        int id = publisher.define("A");
        for (long i = 0; publisher.awaitClaim(1) > 0; i++) {
            publisher.claim().tick(0).quote(id, NO_TIME, i, 1, 2, 3, 4);
            publisher.claim().commit();
        }
    }

    private List<Instrument> instruments() {
        return published.entrySet().stream()
                .map(entry -> new Instrument(entry.getKey(), activity(entry.getValue())))
                .sorted(Comparator.comparingLong(
                        (Instrument instrument) -> -instrument.ticks().total()))
                .toList();
    }

    private static TickActivity activity(List<Published> ticks) {
        long quotes = ticks.stream().filter(Published::isQuote).count();
        List<Long> received =
                ticks.stream().map(Published::receiveTimeNs).sorted().toList();
        List<Long> exchanged = ticks.stream()
                .map(Published::exchangeTimeNs)
                .filter(time -> time != NO_TIME)
                .sorted()
                .toList();
        return new TickActivity(
                quotes, ticks.size() - quotes, first(received), last(received), first(exchanged), last(exchanged));
    }

    private static long first(List<Long> sorted) {
        return sorted.isEmpty() ? NO_TIME : sorted.get(0);
    }

    private static long last(List<Long> sorted) {
        return sorted.isEmpty() ? NO_TIME : sorted.get(sorted.size() - 1);
    }

    private static JournalDescription describe(Path data) {
        return JournalSurvey.describe(data, (sequence, last) -> {});
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data.resolve("journal"))) {
            return all.filter(file -> file.toString().endsWith(".cq4")).toList();
        }
    }

    private static long lengths(Path data) throws IOException {
        long sum = 0;
        for (Path file : files(data)) {
            sum += Files.size(file);
        }
        return sum;
    }

    private static EngineContext base() {
        return new EngineContext()
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.YIELD)
                .ringCapacity(512)
                .checkpointInterval(300)
                .instruments(256);
    }
}
