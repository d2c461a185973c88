package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Await;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However work is shared, in whatever pieces records come, and through a copy: the figures are the same, bit for bit. */
class SharingTest {
    private static final int INSTRUMENTS = 23;
    private static final int TICKS = 20_000;
    private static final int MOST_WORKERS = 8;
    private static final int COPIES = 20;

    private static RandomTicks ticks;
    private static long digest;

    @BeforeAll
    static void computeByOne() {
        ticks = new RandomTicks(77, INSTRUMENTS, TICKS);
        digest = LiveFigures.of(ticks, 1).reader().digest();
    }

    @ParameterizedTest
    @EnumSource(WorkSharing.class)
    void shouldGiveOneDigestAndEqualCorrelationsForAnyNumberOfWorkers(WorkSharing sharing) {
        long[] wanted = correlationBits(analyze(1, WorkSharing.STATIC, ticks.count));
        for (int count = 1; count <= MOST_WORKERS; count++) {
            AnalysisResult result = analyze(count, sharing, 1_000 + 777 * count);
            assertThat(result.digest()).as("%d workers", count).isEqualTo(digest);
            assertThat(correlationBits(result)).as("%d workers", count).isEqualTo(wanted);
            assertThat(result.instruments()).hasSize(INSTRUMENTS);
        }
    }

    private static AnalysisResult analyze(int count, WorkSharing sharing, int batch) {
        try (Workers workers = new Workers(count, sharing)) {
            Analysis analysis =
                    new Analysis(ticks.context, INSTRUMENTS + 5, workers, EnumSet.of(Analysis.History.RETURNS));
            for (int from = 0; from < ticks.count; from += batch) {
                int records = Math.min(batch, ticks.count - from);
                analysis.onBatch(ticks.records, from * TickDescriptor.LENGTH, from + 1, records);
            }
            return analysis.end();
        }
    }

    private static long[] correlationBits(AnalysisResult result) {
        int size = result.correlation().size();
        long[] bits = new long[size * size];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(result.correlation().of(i / size, i % size));
        }
        return bits;
    }

    @Test
    void shouldGiveOneDigestForAnyNumberOfStagesThatRunAtOnce() throws InterruptedException {
        for (int workers = 1; workers <= MOST_WORKERS; workers++) {
            FiguresFile file = LiveFigures.empty(ticks.context, workers, INSTRUMENTS);
            runAtOnce(file, 1, ticks.count);
            assertThat(file.reader().digest()).as("%d workers", workers).isEqualTo(digest);
            assertThat(file.reader().appliedSequence()).isEqualTo(ticks.count);
        }
    }

    private static void runAtOnce(FiguresFile file, long first, long last) throws InterruptedException {
        for (Thread thread : start(file, first, last)) {
            thread.join();
        }
    }

    private static List<Thread> start(FiguresFile file, long first, long last) {
        List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < file.workers(); worker++) {
            FiguresHandler handler = file.handler(worker);
            Thread thread = new Thread(() -> LiveFigures.apply(handler, ticks, first, last), "worker-" + worker);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    @Test
    void shouldChangeNothingWhenAStretchIsAppliedTwice() {
        FiguresFile file = LiveFigures.empty(ticks.context, 1, INSTRUMENTS);
        FiguresHandler handler = file.handler(0);
        for (int to = 1_000; to <= ticks.count + 999; to += 1_000) {
            LiveFigures.apply(handler, ticks, Math.max(1, to - 3_500), Math.min(to, ticks.count));
        }
        assertThat(file.reader().digest()).isEqualTo(digest);
        LiveFigures.apply(handler, ticks, 1, ticks.count);
        assertThat(file.reader().digest()).isEqualTo(digest);
    }

    @Test
    void shouldGoOnFromACopyThatIsTakenWhileWorkersWrite() throws InterruptedException {
        boolean[] isEarly = new boolean[1];
        for (int run = 0; run < COPIES; run++) {
            int workers = 1 + run % 4;
            FiguresFile file = LiveFigures.empty(ticks.context, workers, INSTRUMENTS);
            List<Thread> threads = start(file, 1, ticks.count);
            long due = (long) ticks.count * run / COPIES;
            Await.until("sequence " + due, () -> file.reader().appliedSequence() >= due);
            long applied = file.reader().appliedSequence();
            int instruments = file.reader().instruments();
            int length = file.copyLength(instruments);
            ExpandableDirectByteBuffer copy = new ExpandableDirectByteBuffer(length);
            assertThat(file.copy(copy, instruments)).isLessThanOrEqualTo(ticks.count);
            isEarly[0] |= applied < ticks.count;
            for (Thread thread : threads) {
                thread.join();
            }
            FiguresFile restored = LiveFigures.empty(ticks.context, 1 + (run + 1) % 4, INSTRUMENTS);
            assertThat(restored.fault(copy, length, ticks.count)).isNull();
            restored.restore(copy);
            LiveFigures.apply(restored.recovering(), ticks, applied + 1, ticks.count);
            assertThat(restored.reader().digest()).isEqualTo(digest);
        }
        assertThat(isEarly[0]).isTrue();
    }

    @Test
    void shouldRefuseACopyOfOtherBarsOrOfAnotherLengthOrOfWhatTheJournalLacks() {
        FiguresFile file = LiveFigures.of(ticks, 1);
        int length = file.copyLength(INSTRUMENTS);
        UnsafeBuffer copy = new UnsafeBuffer(new byte[length + 64]);
        assertThat(file.copy(copy, INSTRUMENTS)).isPositive();
        assertThat(file.fault(copy, length, ticks.count)).isNull();
        assertThat(file.fault(copy, length - 64, ticks.count)).isEqualTo("the length of its bars");
        assertThat(file.fault(copy, length + 64, ticks.count)).isEqualTo("the length of its bars");
        long newest = file.copy(copy, INSTRUMENTS);
        assertThat(file.fault(copy, length, newest)).isNull();
        assertThat(file.fault(copy, length, newest - 1))
                .isEqualTo("its bars lie behind sequence " + (newest - 1) + ", the journal's last");
        assertThat(file.fault(copy, 100, ticks.count)).isEqualTo("its bars are others");
        FiguresFile other = LiveFigures.empty(new AnalyticsContext(), 1, INSTRUMENTS);
        assertThat(other.fault(copy, length, ticks.count)).isEqualTo("its bars are others");
    }

    /** More than one window of an analysis, and definitions between. */
    @Test
    void shouldWorkOnMoreThanItGathers() {
        RandomTicks many = new RandomTicks(5, 4, 300_000);
        try (Workers workers = new Workers(3, WorkSharing.DYNAMIC)) {
            Analysis analysis = new Analysis(many.context, 4, workers, EnumSet.of(Analysis.History.RETURNS));
            analysis.onBatch(many.records, 0, 1, many.count);
            assertThat(analysis.end().digest())
                    .isEqualTo(LiveFigures.of(many, 2).reader().digest());
        }
    }

    @Test
    void shouldCountTicksForWhichThereIsNoRoomAndKeepTheOthersRight() {
        try (Workers workers = new Workers(1, WorkSharing.STATIC)) {
            int room = 5;
            Analysis analysis = new Analysis(ticks.context, room, workers, EnumSet.of(Analysis.History.RETURNS));
            analysis.onBatch(ticks.records, 0, 1, ticks.count);
            AnalysisResult result = analysis.end();
            FiguresFile live = LiveFigures.empty(ticks.context, 2, room);
            LiveFigures.apply(live.handler(0), ticks, 1, ticks.count);
            LiveFigures.apply(live.handler(1), ticks, 1, ticks.count);
            assertThat(result.digest()).isEqualTo(live.reader().digest());
            long known = result.instruments().stream()
                    .mapToLong(each -> each.figures().quotes() + each.figures().trades())
                    .sum();
            // All but the padding in front are ticks or definitions.
            assertThat(result.unknownInstruments()).isEqualTo(ticks.count - 1 - known - room);
        }
    }

    @Test
    void shouldFindNothingInNothing() {
        try (Workers workers = new Workers(2, WorkSharing.STEALING)) {
            AnalysisResult result =
                    new Analysis(new AnalyticsContext(), 8, workers, EnumSet.allOf(Analysis.History.class)).end();
            assertThat(result.instruments()).isEmpty();
            assertThat(result.correlation().size()).isZero();
        }
    }
}
