package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.analytics.FiguresFile;
import io.tickring.engine.analytics.FiguresReader;
import io.tickring.engine.analytics.InstrumentFigures;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever starts lie between, an engine's figures are those of all its records, applied one after the other. */
@Timeout(120)
class FiguresRestartTest {
    private static final int INSTRUMENTS = 64;
    private static final int SYMBOLS = 20;
    private static final int REFUSED_SIZE = 13;

    @TempDir
    private Path folder;

    private final ExpandableDirectByteBuffer records = new ExpandableDirectByteBuffer();
    private final SplittableRandom random = new SplittableRandom(3);
    private Engine publishing;
    private TickPublisher publisher;
    private long lastSequence;
    private long timeNs = 1_723_161_255_000_000_000L;

    @ParameterizedTest
    @CsvSource({"SHARED, 1", "DEDICATED, 1", "SHARED, 3", "DEDICATED, 2"})
    void shouldGoOnThroughStartsAsIfThereHadBeenNone(ThreadingMode threading, int workers) throws IOException {
        for (int start = 0; start < 3; start++) {
            try (Engine engine =
                    launch(context(folder, bars(1 + (workers + start) % 3)).threading(threading))) {
                assertThat(engine.startup().records()).isZero();
                assertThat(engine.figures().digest()).isEqualTo(digest(bars(1)));
                publish(engine, 1_500);
            }
        }
        try (Engine again = launch(context(folder, bars(workers)).threading(threading))) {
            assertThat(again.startup().snapshotSequence()).isPositive();
            assertThat(again.figures().digest()).isEqualTo(digest(bars(1)));
        }
        try (Engine rebuilt = launch(context(folder, bars(workers)).rebuilding(true))) {
            assertThat(rebuilt.startup().snapshotSequence()).isZero();
            assertThat(rebuilt.figures().digest()).isEqualTo(digest(bars(1)));
            assertThat(FiguresReader.map(folder).digest()).isEqualTo(digest(bars(1)));
        }
    }

    /** The snapshots are taken while the workers are somewhere else than the price stage; what lies behind them comes from the journal. */
    @ParameterizedTest
    @CsvSource({"SHARED, 2", "DEDICATED, 1", "DEDICATED, 3"})
    void shouldGoOnFromASnapshotOfARunningEngine(ThreadingMode threading, int workers) throws IOException {
        Path killed;
        try (Engine engine =
                launch(context(folder.resolve("live"), bars(workers)).threading(threading))) {
            publish(engine, 9_000);
            Await.until("a snapshot", () -> engine.counters().snapshots.get() > 0);
            publish(engine, 600);
            Await.until("all of it journaled, all checkpoints too", () -> isQuiet(engine));
            killed = copy(folder.resolve("live"));
        }
        try (Engine again = launch(context(killed, bars(1 + workers % 3)).threading(threading))) {
            assertThat(again.startup().snapshotSequence()).isPositive();
            assertThat(again.startup().records()).isPositive();
            assertThat(again.figures().digest()).isEqualTo(digest(bars(1), again.firstSequence() - 1));
        }
    }

    @Test
    void shouldRebuildWhatASnapshotOfOtherBarsDoesNotHold() {
        try (Engine engine = launch(context(folder, null))) {
            assertThat(engine.figures()).isNull();
            publish(engine, 3_000);
        }
        requireRebuilt(bars(1), "it holds no bars");
        AnalyticsContext others = new AnalyticsContext().bars(List.of(Duration.ofMillis(250)));
        requireRebuilt(others, "its bars are others");
        requireRebuilt(others.halfLife(Duration.ofSeconds(3)), "its bars are others");
    }

    private void requireRebuilt(AnalyticsContext bars, String cause) {
        try (Engine engine = launch(context(folder, bars))) {
            assertThat(engine.startup().snapshotSequence()).isZero();
            assertThat(engine.figures().digest()).isEqualTo(digest(bars));
            assertThat(engine.status().errors())
                    .anyMatch(error -> error.message().endsWith("cause=" + cause));
            publish(engine, 10);
        }
    }

    @Test
    void shouldRemoveTheFileOfAnEarlierRunThatKeptFigures() {
        launch(context(folder, bars(1))).close();
        assertThat(folder.resolve("bars")).exists();
        launch(context(folder, null)).close();
        assertThat(folder.resolve("bars")).doesNotExist();
    }

    @Test
    void shouldHaveOneDigestLiveAndReplayed() throws IOException, InterruptedException {
        Path live = folder.resolve("live");
        try (Engine engine = launch(context(live, bars(2)))) {
            publish(engine, 4_000);
        }
        JournalFeed feed = JournalFeed.open(live, JournalRange.WHOLE);
        long last = lastSequence;
        Engine replayed =
                Engine.launch(context(folder.resolve("replayed"), bars(3)).republish(feed));
        try (replayed) {
            replayed.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(replayed.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        }
        assertThat(replayed.summary().figuresDigest()).isEqualTo(digest(bars(1), last));
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED", "DEDICATED"})
    void shouldKeepATickThatIsSkippedOutOfAllFigures(ThreadingMode threading) {
        EngineContext skipping = context(folder, bars(2)).threading(threading).onThrow(ThrowPolicy.SKIP);
        Engine engine = Engine.launch(skipping.handler("picky", FiguresRestartTest::refuse));
        try (engine) {
            publish(engine, 2_000);
        }
        assertThat(engine.summary().skipped()).isPositive();
        try (Engine rebuilt = launch(context(folder, bars(1)).rebuilding(true))) {
            assertThat(rebuilt.figures().digest()).isEqualTo(engine.summary().figuresDigest());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED", "DEDICATED"})
    void shouldShowNothingThatIsNotJournaledWhereThatIsAsked(ThreadingMode threading) {
        EngineContext journaled = context(folder, bars(2)).threading(threading).visible(Visibility.JOURNALED);
        try (Engine engine = launch(journaled)) {
            FiguresReader reader = engine.figures();
            for (int i = 0; i < 1_000; i++) {
                publish(engine, 1);
                long published = engine.summary().lastSequence();
                for (long applied = 0; applied < published; ) {
                    applied = reader.appliedSequence();
                    assertThat(applied)
                            .isLessThanOrEqualTo(
                                    engine.counters().journaledSequence.get());
                }
            }
        }
    }

    private static void refuse(DirectBuffer batch, int offset, long firstSequence, int count) {
        for (int i = 0; i < count; i++) {
            int record = offset + i * TickDescriptor.LENGTH;
            if (batch.getByte(record + TickDescriptor.TYPE_OFFSET) == TickDescriptor.QUOTE
                    && batch.getLong(record + TickDescriptor.BID_SIZE_OFFSET) == REFUSED_SIZE) {
                throw new IllegalStateException("a size of " + REFUSED_SIZE);
            }
        }
    }

    @Test
    void shouldBeReadByAnotherProcess() throws IOException, InterruptedException {
        try (Engine engine = launch(context(folder, bars(2)))) {
            publish(engine, 1_000);
            Await.until(
                    "all of it applied",
                    () -> isQuiet(engine) && engine.figures().appliedSequence() == lastSequence);
            Process process = JavaProcess.start(FiguresReaderProcess.class, folder.toString(), "S3");
            InstrumentFigures figures = engine.figures().newFigures();
            assertThat(engine.figures().read(engine.figures().find("S3"), figures))
                    .isTrue();
            assertThat(figures.trades()).isPositive();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(FiguresReaderProcess.text(engine.figures(), figures));
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void shouldRefuseBarsThatDoNotFitBeforeAnythingIsWritten() {
        AnalyticsContext many = new AnalyticsContext()
                .bars(List.of(Duration.ofMillis(10), Duration.ofMillis(11)))
                .grace(Duration.ofSeconds(10));
        assertThatThrownBy(() -> launch(context(folder, many).instruments(1_000_000)))
                .hasMessageContaining("instruments=1000000")
                .hasMessageContaining("say fewer instruments, fewer kinds of bars or less grace");
        assertThatThrownBy(() -> launch(context(folder, bars(33)))).hasMessage("workers=33 must be from 1 to 32");
        assertThat(folder.resolve("bars")).doesNotExist();
    }

    private static AnalyticsContext bars(int workers) {
        return new AnalyticsContext()
                .bars(List.of(Duration.ofMillis(100), Duration.ofSeconds(1)))
                .grace(Duration.ofMillis(500))
                .workers(workers);
    }

    private static EngineContext context(Path data, AnalyticsContext bars) {
        return new EngineContext()
                .dataDirectory(data)
                .liveDirectory(data)
                .instruments(INSTRUMENTS)
                .checkpointInterval(256)
                .snapshotInterval(1_000)
                .analytics(bars);
    }

    private Engine launch(EngineContext context) {
        return Engine.launch(context.handlerBehindPrices("records", this::keep));
    }

    private void keep(DirectBuffer batch, int offset, long firstSequence, int count) {
        int length = count * TickDescriptor.LENGTH;
        records.putBytes(Math.toIntExact((firstSequence - 1) * TickDescriptor.LENGTH), batch, offset, length);
        lastSequence = firstSequence + count - 1;
    }

    private long digest(AnalyticsContext bars) {
        return digest(bars, lastSequence);
    }

    /** Of all records up to {@code last}. */
    private long digest(AnalyticsContext bars, long last) {
        try {
            FiguresFile file = FiguresFile.build(null, bars, INSTRUMENTS);
            file.recovering().onBatch(records, 0, 1, (int) last);
            return file.reader().digest();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isQuiet(Engine engine) {
        long last = engine.counters().journaledSequence.get();
        return engine.ringDepth() == 0
                && engine.counters().checkpoints.get() == last / 256
                && engine.summary().lastSequence() == last;
    }

    private void publish(Engine engine, int ticks) {
        publisher = engine == publishing ? publisher : engine.newPublisher("own");
        publishing = engine;
        for (int i = 0; i < ticks; i++) {
            int id = publisher.define("S" + random.nextInt(1 + random.nextInt(SYMBOLS)));
            timeNs += random.nextInt(40_000_000);
            assertThat(publisher.awaitClaim(1)).isPositive();
            write(publisher.claim().tick(0), id);
            publisher.claim().commit();
        }
    }

    private void write(MutableTick tick, int id) {
        long price = random.nextLong(1_000_000, 1_100_000);
        long exchangeNs = timeNs - random.nextInt(1_000_000_000);
        if (random.nextInt(3) == 0) {
            byte side = random.nextBoolean() ? TickDescriptor.SIDE_BUY : TickDescriptor.SIDE_SELL;
            tick.trade(id, exchangeNs, timeNs, price, random.nextLong(1, 1_000), 1, side);
        } else {
            tick.quote(id, exchangeNs, timeNs, price, price + random.nextInt(9), random.nextInt(20), 7);
        }
    }

    /** As a kill would leave it; once more when a snapshot that is under way has made a file go that was there. */
    private Path copy(Path from) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path to = folder.resolve("killed" + attempt);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
                return to;
            } catch (NoSuchFileException e) {
                assertThat(attempt).isLessThan(100);
            }
        }
    }
}
