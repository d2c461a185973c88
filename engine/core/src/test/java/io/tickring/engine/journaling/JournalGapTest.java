package io.tickring.engine.journaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalTailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream of which the journal does not have a part: whoever reads it has the state of the whole stream again behind the gap.
 * The stream: 1 defines A, 2 to 9 are its quotes, 10 is a checkpoint; 11 defines B, 12 to 19 are its trades, both missing; 20 to 28
 * are quotes of A and trades of B, 29 is a checkpoint of all before.
 */
class JournalGapTest {
    private static final int INSTRUMENTS = 8;
    private static final int LAST = 29;

    @TempDir
    Path folder;

    private final PriceTableWriter table = new PriceTableWriter(PriceTableFile.inMemory(INSTRUMENTS), INSTRUMENTS);
    private final PriceTableHandler live = handler(table);
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
    private final DefinitionLog definitions = new DefinitionLog();
    private long endDigest;

    @BeforeEach
    void writeJournal() {
        try (JournalAppender journal = JournalAppender.open(
                new JournalContext().directory(folder).dictionary(definitions).codec(new CompactCodec()))) {
            for (long sequence = 1; sequence <= LAST; sequence++) {
                apply(sequence);
                if (sequence == 19) {
                    JournalGap gap = new JournalGap(11, 19, GapCause.DISK_LOW);
                    GapState state = new GapState();
                    state.set(gap, 20, definitions, table);
                    state.appendTo(journal, gap);
                } else if (sequence < 11 || sequence > 19) {
                    boolean defines = record.getByte(TickDescriptor.TYPE_OFFSET) == TickDescriptor.DEFINITION;
                    journal.append(record, 0, sequence, 1, 100, defines);
                }
            }
        }
        endDigest = table.digest();
    }

    private void apply(long sequence) {
        MutableTick tick = new MutableTick().wrap(record, 0);
        record.putLong(0, sequence, ByteOrder.LITTLE_ENDIAN);
        if (sequence == 1 || sequence == 11) {
            tick.definition(sequence == 1 ? 0 : 1, sequence == 1 ? "A" : "B");
        } else if (sequence == 10 || sequence == LAST) {
            tick.checkpoint(sequence - 1, table.digest());
        } else if (sequence < 10 || sequence % 2 == 0 && sequence >= 20) {
            tick.quote(0, 5, 1_000 + sequence, sequence, sequence + 1, 3, 4);
        } else {
            tick.trade(1, 5, 1_000 + sequence, sequence, 7, sequence, TickDescriptor.SIDE_SELL);
        }
        live.onBatch(record, 0, sequence, 1);
        definitions.addFrom(record, 0, 1);
    }

    @Test
    void shouldVerifyWithTheStateThatTheGapHolds() {
        JournalCheck.Result result = check(folder);
        assertThat(result.error()).isNull();
        assertThat(result.gaps()).containsExactly(new JournalGap(11, 19, GapCause.DISK_LOW));
        assertThat(result.digest()).isEqualTo(endDigest);
        assertThat(result.checkpoints()).isEqualTo(2);
        assertThat(List.of(result.firstSequence(), result.lastSequence(), result.ticks()))
                .containsExactly(1L, 29L, 17L);
    }

    @Test
    void shouldLeaveOutCheckpointsThatSpeakOfAnotherState() {
        append(new JournalGap(30, 34, GapCause.RECOVERED), 40);
        append(checkpoint(35, 37, 999));
        JournalCheck.Result result = check(folder);
        assertThat(result.error()).isNull();
        assertThat(result.gaps()).hasSize(2);
        append(checkpoint(36, 40, 999));
        append(checkpoint(37, 37, 999));
        append(checkpoint(38, 37, 999));
        append(checkpoint(39, 37, 999));
        append(checkpoint(40, 37, 999));
        assertThat(check(folder).error()).contains("sequence=40: the table's digest is");
    }

    @Test
    void shouldRestartWithTheStateThatTheGapHolds() {
        try (Engine engine = Engine.launch(context().dataDirectory(folder))) {
            assertThat(engine.firstSequence()).isEqualTo(30);
            assertThat(engine.summary().digest()).isEqualTo(endDigest);
            assertThat(engine.newPublisher("p").define("B")).isEqualTo(1);
            assertThat(engine.newPublisher("q").define("C")).isEqualTo(2);
        }
        JournalCheck.Result result = check(folder);
        assertThat(result.error()).isNull();
        assertThat(result.checkpoints()).isEqualTo(3);
    }

    @Test
    void shouldNameAGapWithoutItsState() {
        try (JournalAppender journal = open()) {
            journal.appendGap(30, 40, new UnsafeBuffer(new byte[64]), 0, 64);
        }
        assertThat(check(folder).error()).contains("sequence=30: the gap does not hold the state behind it");
        assertThatThrownBy(() -> Engine.launch(context().dataDirectory(folder)))
                .hasMessageContaining("sequence=30: the gap does not hold");
    }

    @Test
    void shouldCountGapsAndWhatIsMissing() {
        append(new JournalGap(30, 34, GapCause.DISK_LOW), 35);
        JournalDescription found = JournalSurvey.describe(folder, (sequence, last) -> {});
        assertThat(found.error()).isNull();
        assertThat(List.of(found.gaps(), found.missing(), found.firstSequence(), found.lastSequence()))
                .containsExactly(2L, 14L, 1L, 34L);
        assertThat(found.otherRecords().unknownTypes()).isZero();
        assertThat(found.undefinedTicks().total()).isZero();
        assertThat(found.instruments())
                .extracting(JournalDescription.Instrument::symbol)
                .containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void shouldReplayWithoutAGapInTheSequences() throws IOException, InterruptedException {
        Replayed replayed = replay(JournalRange.WHOLE);
        assertThat(replayed.seen).hasSize(29);
        assertThat(replayed.seen.subList(0, 10)).endsWith("10 checkpoint");
        assertThat(replayed.seen.subList(10, 20))
                .startsWith("11 definition", "12 padding")
                .endsWith("19 padding", "20 quote");
        assertThat(replayed.seen).endsWith("29 padding");
        assertThat(replayed.gaps).containsExactly(new JournalGap(11, 19, GapCause.DISK_LOW));
        assertThat(replayed.errors)
                .singleElement()
                .asString()
                .contains("feed=journal: sequences 11 to 19 are not in the journal: DISK_LOW");
    }

    @Test
    void shouldReplayRangesAroundAGap() throws IOException, InterruptedException {
        assertThat(replay(range(15, null)).seen)
                .startsWith("20 quote", "21 trade")
                .hasSize(10);
        assertThat(replay(range(15, null)).gaps).isEmpty();
        assertThat(replay(range(9, 12L)).seen)
                .containsExactly("9 quote", "10 checkpoint", "11 definition", "12 padding");
        assertThat(replay(range(9, 10L)).seen).containsExactly("9 quote", "10 checkpoint");
        assertThat(replay(range(9, 10L)).gaps).isEmpty();
        assertThat(replay(range(21, 21L)).seen).containsExactly("21 trade");
    }

    @Test
    void shouldSequenceAnewBehindAGap(@TempDir Path other) throws IOException, InterruptedException {
        Engine engine = Engine.launch(context().dataDirectory(other));
        try {
            engine.start(List.of(
                    new Engine.NamedFeed("a", ".a", JournalFeed.open(folder, JournalRange.WHOLE)),
                    new Engine.NamedFeed("b", "", JournalFeed.open(folder, JournalRange.WHOLE))));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        assertThat(engine.prices().find("B.a")).isNotNegative();
        assertThat(engine.status().errors()).hasSize(2);
        assertThat(engine.summary().feeds()).allMatch(feed -> feed.rejected().isEmpty() && feed.trades() == 4);
        assertThat(check(other).error()).isNull();
    }

    /** Its payload has more records than a block may hold: the state begins in a gap block before the last. */
    @Test
    void shouldGoOnBehindAGapOfManyInstruments(@TempDir Path large) throws IOException {
        int instruments = 14_000;
        PriceTableWriter many = new PriceTableWriter(PriceTableFile.inMemory(instruments), instruments);
        PriceTableHandler handler = handler(many);
        DefinitionLog all = new DefinitionLog();
        JournalGap gap = new JournalGap(3, 2 + instruments, GapCause.DISK_LOW);
        try (JournalAppender journal = JournalAppender.open(
                new JournalContext().directory(large).dictionary(all).codec(new CompactCodec()))) {
            for (long sequence = 1; sequence <= gap.to(); sequence++) {
                new MutableTick().wrap(record, 0).definition((int) sequence % instruments, "S" + sequence);
                record.putLong(0, sequence, ByteOrder.LITTLE_ENDIAN);
                handler.onBatch(record, 0, sequence, 1);
                if (sequence < gap.from()) {
                    journal.append(record, 0, sequence, 1, 1, true);
                }
                all.addFrom(record, 0, 1);
            }
            GapState state = new GapState();
            state.set(gap, gap.to() + 1, all, many);
            state.appendTo(journal, gap);
            checkpoint(gap.to() + 1, gap.to(), many.digest());
            journal.append(record, 0, gap.to() + 1, 1, 1, false);
        }
        JournalCheck.Result check = check(large);
        assertThat(check.error()).isNull();
        assertThat(check.gaps()).containsExactly(gap);
        assertThat(List.of(check.digest(), check.blocks())).containsExactly(many.digest(), 6L);
        assertThat(JournalSurvey.describe(large, (sequence, last) -> {}).gaps()).isEqualTo(1);
        assertThat(digestAfterStart(large, instruments)).isEqualTo(many.digest());
        try (JournalFeed feed = JournalFeed.open(large, range(gap.to() + 1, null))) {
            assertThat(feed.firstSequence()).isEqualTo(gap.to() + 1);
            assertThat(feed.definitionsBeforeCount()).isEqualTo(instruments + 2);
        }

        loseTheFirstRecord(large);
        JournalRepair.Result repaired = JournalRepair.run(large, false, (done, of) -> {});
        assertThat(repaired.gaps()).containsExactly(new JournalGap(1, 1, GapCause.RECOVERED), gap);
        check = check(large);
        assertThat(check.error()).isNull();
        assertThat(check.gaps()).isEqualTo(repaired.gaps());
        assertThat(check.digest()).isEqualTo(many.digest());
        assertThat(digestAfterStart(large, instruments)).isEqualTo(many.digest());
    }

    private static long digestAfterStart(Path of, int instruments) {
        try (Engine engine = Engine.launch(context().instruments(instruments).dataDirectory(of))) {
            return engine.summary().digest();
        }
    }

    private static void loseTheFirstRecord(Path of) throws IOException {
        try (JournalTailer tailer = CompactCodec.openTailer(of)) {
            tailer.seekToSequence(1);
            tailer.next();
            Path file = of.resolve("journal").resolve(tailer.fileName());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(40), tailer.blockEndInFile() - 40);
            }
        }
    }

    private record Replayed(List<String> seen, List<JournalGap> gaps, List<String> errors, RunSummary summary) {}

    private Replayed replay(JournalRange range) throws IOException, InterruptedException {
        List<String> seen = new ArrayList<>();
        Tick tick = new Tick();
        TickHandler watcher = (records, offset, first, count) -> {
            for (int i = 0; i < count; i++) {
                tick.wrap(records, offset + i * TickDescriptor.LENGTH);
                seen.add(first + i + " " + (tick.sequence() == first + i ? name(tick.type()) : "wrong"));
            }
        };
        JournalFeed feed = JournalFeed.open(folder, range);
        Engine engine =
                Engine.launch(context().journaling(false).republish(feed).handler("watch", watcher));
        try {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(60, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            engine.close();
        }
        String last = seen.get(seen.size() - 1);
        boolean isEngines =
                last.endsWith("checkpoint") && !last.equals("10 checkpoint") && !last.equals("29 checkpoint");
        List<String> records = seen.subList(0, seen.size() - (isEngines ? 1 : 0));
        return new Replayed(
                List.copyOf(records),
                feed.gaps(),
                engine.status().errors().stream().map(LoggedError::message).toList(),
                engine.summary());
    }

    private static String name(byte type) {
        return switch (type) {
            case TickDescriptor.QUOTE -> "quote";
            case TickDescriptor.TRADE -> "trade";
            case TickDescriptor.DEFINITION -> "definition";
            case TickDescriptor.CHECKPOINT -> "checkpoint";
            case TickDescriptor.PADDING -> "padding";
            default -> "type " + type;
        };
    }

    private static JournalRange range(long from, Long to) {
        return new JournalRange(
                JournalRange.Position.sequence(from),
                to == null ? null : JournalRange.Position.sequence(to),
                null,
                Long.MAX_VALUE);
    }

    private void append(JournalGap gap, long comparableFrom) {
        try (JournalAppender journal = open()) {
            GapState state = new GapState();
            state.set(gap, comparableFrom, definitions, table);
            state.appendTo(journal, gap);
        }
    }

    private UnsafeBuffer checkpoint(long sequence, long of, long digest) {
        record.putLong(0, sequence, ByteOrder.LITTLE_ENDIAN);
        new MutableTick().wrap(record, 0).checkpoint(of, digest);
        return record;
    }

    private void append(UnsafeBuffer one) {
        try (JournalAppender journal = open()) {
            journal.append(one, 0, journal.nextSequence(), 1, 100, false);
        }
    }

    private JournalAppender open() {
        return JournalAppender.open(
                new JournalContext().directory(folder).dictionary(definitions).codec(new CompactCodec()));
    }

    private static JournalCheck.Result check(Path of) {
        return new JournalCheck(of, (sequence, last) -> {}).run();
    }

    private static EngineContext context() {
        return new EngineContext()
                .ringCapacity(64)
                .instruments(INSTRUMENTS)
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.SLEEP);
    }

    private static PriceTableHandler handler(PriceTableWriter writer) {
        EngineCounters counters = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
        return new PriceTableHandler(
                writer, Long.MAX_VALUE, (sequence, digest) -> {}, counters.applied, counters.unknownInstruments);
    }
}
