package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The figures of random streams, as bad as they come, against {@link SlowFigures}. */
class FiguresPropertyTest {
    private static final int SEEDS = 112;

    @Test
    void shouldBeWhatTheDefinitionsSay() {
        long late = 0;
        long correlations = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            int instruments = 1 + seed % 5;
            RandomTicks ticks = new RandomTicks(seed, instruments, 400 * instruments);
            Map<Integer, SlowFigures> slow = SlowFigures.of(ticks.records, ticks.count);
            assertThat(slow).hasSize(instruments);
            try {
                late += compareLive(ticks, slow);
                correlations += compareAnalysis(ticks, slow);
            } catch (AssertionError e) {
                throw new AssertionError("seed=" + seed + " " + ticks.context, e);
            }
        }
        assertThat(late).isGreaterThan(SEEDS);
        assertThat(correlations).isGreaterThan(SEEDS);
    }

    private static long compareLive(RandomTicks ticks, Map<Integer, SlowFigures> slow) {
        FiguresReader reader = LiveFigures.of(ticks, 1).reader();
        assertThat(reader.instruments()).isEqualTo(ticks.instruments);
        assertThat(reader.appliedSequence()).isEqualTo(ticks.count);
        InstrumentFigures figures = reader.newFigures();
        long late = 0;
        for (int id = 0; id < ticks.instruments; id++) {
            assertThat(reader.find("S" + id)).isEqualTo(id);
            assertThat(reader.read(id, figures)).isTrue();
            Agreement.requireFigures(figures, slow.get(id), ticks.context);
            late += figures.late(0);
        }
        return late;
    }

    private static long compareAnalysis(RandomTicks ticks, Map<Integer, SlowFigures> slow) {
        try (Workers workers = new Workers(1, WorkSharing.STATIC)) {
            Analysis analysis =
                    new Analysis(ticks.context, ticks.instruments, workers, EnumSet.allOf(Analysis.History.class));
            analysis.onBatch(ticks.records, 0, 1, ticks.count);
            AnalysisResult result = analysis.end();
            assertThat(result.unknownInstruments()).isZero();
            long correlations = 0;
            List<TreeMap<Long, Double>> returns = new ArrayList<>();
            for (int a = 0; a < result.instruments().size(); a++) {
                AnalysisResult.Instrument one = result.instruments().get(a);
                SlowFigures slowOne = slow.get(one.figures().instrumentId());
                Agreement.requireFigures(one.figures(), slowOne, ticks.context);
                Agreement.requireHistory(one.bars(), slowOne, ticks.graceNs);
                returns.add(slowOne.returns(ticks.gridNs));
                Agreement.requireReturns(one.returns(), returns.get(a));
                for (int b = 0; b <= a; b++) {
                    double wanted = SlowFigures.pearson(returns.get(a), returns.get(b));
                    Agreement.requireNear("correlation", result.correlation().of(a, b), wanted, 1);
                    correlations += Double.isNaN(wanted) ? 0 : 1;
                }
            }
            return correlations;
        }
    }
}
