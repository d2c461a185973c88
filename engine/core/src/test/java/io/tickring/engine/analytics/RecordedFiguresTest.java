package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.StopReason;
import io.tickring.engine.feed.BinanceFeed;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The figures of the real recordings, where they are there, through a whole engine and an analysis, against {@link SlowFigures}. */
@Timeout(120)
class RecordedFiguresTest {
    private static final Path RECORDINGS = Path.of("shared", "data", "binance-20240808");
    private static final List<String> FILES = List.of(
            "spot_btcusdt_20240808.gz",
            "usdm_btcusdt_20240808.gz",
            "usdm_ethusdt_20240808.gz",
            "cm_ethusd_perp_20240808.gz");
    private static final Map<String, Long> TRADES =
            Map.of("BTCUSDT.spot", 9_757L, "BTCUSDT.usdm", 21_313L, "ETHUSDT.usdm", 14_076L, "ETHUSD_PERP.cm", 1_732L);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MIDNIGHT_NS =
            TimeUnit.SECONDS.toNanos(Instant.parse("2024-08-09T00:00:00Z").getEpochSecond());

    private final AnalyticsContext context =
            new AnalyticsContext().bars(List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), DAY));
    private final ExpandableDirectByteBuffer records = new ExpandableDirectByteBuffer();
    private int count;

    @Test
    void shouldBeWhatTheDefinitionsSay() throws IOException, InterruptedException {
        Path folder = folder();
        assumeThat(folder).as("recordings").isNotNull();
        long live = run(folder);
        AnalysisResult result = analyze();
        assertThat(result.digest()).isEqualTo(live);
        Map<Integer, SlowFigures> slow = SlowFigures.of(records, count);
        Map<String, Long> trades = new TreeMap<>();
        Map<String, Long> pastMidnight = new TreeMap<>();
        List<TreeMap<Long, Double>> returns = new ArrayList<>();
        for (AnalysisResult.Instrument each : result.instruments()) {
            InstrumentFigures figures = each.figures();
            SlowFigures slowOne = slow.get(figures.instrumentId());
            Agreement.requireFigures(figures, slowOne, context);
            Agreement.requireHistory(each.bars(), slowOne, context.graceNs());
            returns.add(slowOne.returns(context.gridNs()));
            Agreement.requireReturns(each.returns(), returns.get(returns.size() - 1));
            trades.put(figures.symbol(), figures.trades());
            List<Bar> days = figures.bars(2);
            assertThat(days).hasSizeLessThanOrEqualTo(2);
            pastMidnight.merge(figures.symbol().substring(figures.symbol().indexOf('.')), past(days), Long::sum);
        }
        assertThat(trades).isEqualTo(TRADES);
        assertThat(pastMidnight).containsEntry(".spot", 19L).containsEntry(".usdm", 25L);
        requireCorrelations(result.correlation(), returns);
    }

    private static long past(List<Bar> days) {
        return days.stream()
                .filter(day -> day.startNs() == MIDNIGHT_NS)
                .mapToLong(Bar::trades)
                .sum();
    }

    private static void requireCorrelations(Correlation correlation, List<TreeMap<Long, Double>> returns) {
        assertThat(correlation.size()).isEqualTo(FILES.size());
        for (int a = 0; a < returns.size(); a++) {
            for (int b = 0; b < returns.size(); b++) {
                double wanted = SlowFigures.pearson(returns.get(a), returns.get(b));
                assertThat(wanted).isGreaterThan(0.3);
                Agreement.requireNear("correlation", correlation.of(a, b), wanted);
            }
        }
    }

    private long run(Path folder) throws IOException, InterruptedException {
        List<Engine.NamedFeed> feeds = new ArrayList<>();
        for (String file : FILES) {
            String name = file.substring(0, file.indexOf('_'));
            BinanceFeed feed = BinanceFeed.open(List.of(folder.resolve(file).toString()));
            feeds.add(new Engine.NamedFeed(file.substring(0, file.indexOf("_2")), "." + name, feed));
        }
        Engine engine = Engine.launch(new EngineContext()
                .instruments(16)
                .analytics(context.workers(2))
                .handlerBehindPrices("records", this::keep));
        try (engine) {
            engine.start(feeds);
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        }
        return engine.summary().figuresDigest();
    }

    private void keep(DirectBuffer batch, int offset, long firstSequence, int batchCount) {
        int length = batchCount * TickDescriptor.LENGTH;
        records.putBytes(count * TickDescriptor.LENGTH, batch, offset, length);
        count += batchCount;
    }

    private AnalysisResult analyze() {
        try (Workers workers = new Workers(2, WorkSharing.STEALING)) {
            Analysis analysis = new Analysis(context, 16, workers, EnumSet.allOf(Analysis.History.class));
            analysis.onBatch(records, 0, 1, count);
            return analysis.end();
        }
    }

    /** Upwards from the module to the folder that holds the recordings, or null. */
    private static Path folder() {
        for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.isRegularFile(path.resolve(RECORDINGS).resolve("expected.json"))) {
                return path.resolve(RECORDINGS);
            }
        }
        return null;
    }
}
