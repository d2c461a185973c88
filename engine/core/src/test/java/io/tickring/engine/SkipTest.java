package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.JournalSurvey;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an embedder has ticks skipped that its handlers throw at, they are skipped for all and for good. */
@Timeout(120)
class SkipTest {
    private static final int TICKS = 2_000;
    private static final int INSTRUMENTS = 5;
    private static final int EVERY = 7;
    private static final int EVERY_OTHER = 11;

    @TempDir
    private Path folder;

    /** What a handler has seen of each record, and where it throws. */
    private static final class Witness implements TickHandler {
        private final Predicate<Tick> bad;
        private final List<Long> sequences = new ArrayList<>();
        private final Set<Long> ticks = new TreeSet<>();
        private final Set<Long> skipped = new TreeSet<>();
        private final Set<Long> thrown = new TreeSet<>();
        private int largestBatch;

        Witness(Predicate<Tick> bad) {
            this.bad = bad;
        }

        @Override
        public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
            largestBatch = Math.max(largestBatch, count);
            for (int i = 0; i < count; i++) {
                Tick record = new Tick().wrap(records, offset + (i << LENGTH_SHIFT));
                sequences.add(record.sequence());
                if (record.type() == TickDescriptor.SKIP) {
                    skipped.add(record.sequence());
                } else if (bad.test(record)) {
                    thrown.add(record.sequence());
                    throw new IllegalStateException("bad record " + record.sequence());
                } else if (record.isTick()) {
                    ticks.add(record.sequence());
                }
            }
        }
    }

    private static boolean isTickOf(Tick record, int every) {
        return record.isTick() && record.receiveTimeNs() % every == 0;
    }

    @ParameterizedTest
    @CsvSource({
        "SHARED, APPLIED, 0", "SHARED, JOURNALED, 0", "SHARED, APPLIED, 1", "SHARED, JOURNALED, 1",
        "DEDICATED, APPLIED, 0", "DEDICATED, JOURNALED, 0", "DEDICATED, APPLIED, 1", "DEDICATED, JOURNALED, 1"
    })
    void shouldHaveOneDigestWhateverIsSkipped(ThreadingMode threading, Visibility visible, int lingerMs)
            throws IOException, InterruptedException {
        Witness first = new Witness(tick -> isTickOf(tick, EVERY));
        Witness second = new Witness(tick -> isTickOf(tick, EVERY_OTHER));
        Engine engine = Engine.launch(context(folder)
                .threading(threading)
                .visible(visible)
                .linger(Duration.ofMillis(lingerMs))
                .onThrow(ThrowPolicy.SKIP)
                .handler("first", first)
                .handler("second", second));
        try (engine) {
            publish(engine, TICKS);
        }
        RunSummary live = engine.summary();
        int byFirst = TICKS / EVERY;
        int bySecond = TICKS / EVERY_OTHER - TICKS / (EVERY * EVERY_OTHER);
        assertThat(live.state()).isEqualTo(EngineState.STOPPED);
        assertThat(engine.counters().failures.get()).isZero();
        assertThat(live.skipped()).isEqualTo(byFirst + bySecond);
        assertThat(List.of(live.published(), live.applied(), live.journaled()))
                .containsOnly((long) TICKS - byFirst - bySecond);
        assertThat(live.published() + live.definitions() + live.padding() + live.control() + live.skipped())
                .isEqualTo(live.lastSequence());
        assertThat(engine.status().errors())
                .hasSize(2)
                .anyMatch(error ->
                        error.message().startsWith("stage=first skipped sequence=") && error.observations() == byFirst)
                .anyMatch(error -> error.message().startsWith("stage=second skipped sequence=")
                        && error.observations() == bySecond);
        assertThat(first.thrown).hasSize(byFirst);
        assertThat(second.skipped).isEqualTo(first.thrown);
        assertThat(second.thrown).hasSize(bySecond);
        for (Witness witness : List.of(first, second)) {
            assertThat(witness.largestBatch).isEqualTo(1);
            assertThat(witness.sequences)
                    .hasSize((int) live.lastSequence())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        assertOneDigest(live, threading);
    }

    private void assertOneDigest(RunSummary live, ThreadingMode threading) throws IOException, InterruptedException {
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.digest()).isEqualTo(live.digest());
        assertThat(check.ticks()).isEqualTo(live.published());
        assertThat(check.checkpoints()).isEqualTo(live.control()).isPositive();
        assertThat(JournalSurvey.describe(folder, (sequence, last) -> {})
                        .otherRecords()
                        .skipped())
                .isEqualTo(live.skipped());
        for (boolean rebuilding : new boolean[] {false, true}) {
            assertThat(start(context(folder).threading(threading).rebuilding(rebuilding))
                            .digest())
                    .as("restart, rebuilding=%s", rebuilding)
                    .isEqualTo(live.digest());
        }
        Witness witness = new Witness(tick -> isTickOf(tick, EVERY));
        Path copy = folder.resolve("copy");
        RunSummary replayed = replay(
                context(copy).threading(threading).onThrow(ThrowPolicy.SKIP).handler("first", witness));
        assertThat(List.of(replayed.digest(), replayed.skipped(), replayed.published(), replayed.lastSequence()))
                .containsExactly(live.digest(), live.skipped(), live.published(), live.lastSequence());
        assertThat(witness.thrown).isEmpty();
        assertThat(witness.skipped).hasSize((int) live.skipped());
        assertThat(new JournalCheck(copy, (sequence, last) -> {}).run().digest())
                .isEqualTo(live.digest());
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldSkipWhatFollowsARestartToo(ThreadingMode threading) throws IOException {
        long skipped = 0;
        long digest = 0;
        for (int run = 0; run < 3; run++) {
            Engine engine = Engine.launch(context(folder)
                    .threading(threading)
                    .snapshotInterval(100)
                    .onThrow(ThrowPolicy.SKIP)
                    .handler("bad", new Witness(tick -> isTickOf(tick, EVERY))));
            try (engine) {
                publish(engine, TICKS);
            }
            skipped += engine.summary().skipped();
            digest = engine.summary().digest();
        }
        assertThat(skipped).isEqualTo(3 * (TICKS / EVERY));
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.digest()).isEqualTo(digest);
        assertThat(start(context(folder).rebuilding(true)).digest()).isEqualTo(digest);
    }

    /** Of another instrument than is asked for, a skipped tick keeps its sequence alone, as a tick does. */
    @Test
    void shouldSkipInARangeOfASymbolWhatIsOfThatSymbol() throws IOException, InterruptedException {
        Engine engine = Engine.launch(
                context(folder).onThrow(ThrowPolicy.SKIP).handler("bad", new Witness(tick -> isTickOf(tick, EVERY))));
        try (engine) {
            publish(engine, TICKS);
        }
        JournalRange range = new JournalRange(null, null, "S0"::equals, Long.MAX_VALUE);
        RunSummary replayed = replay(new EngineContext().instruments(64), range);
        assertThat(replayed.skipped()).isEqualTo(TICKS / (EVERY * INSTRUMENTS));
        assertThat(replayed.published()).isEqualTo(TICKS / INSTRUMENTS - TICKS / (EVERY * INSTRUMENTS));
        assertThat(replayed.lastSequence()).isEqualTo(engine.summary().lastSequence());
    }

    @Test
    void shouldHaltByDefault() throws InterruptedException {
        Engine engine = Engine.launch(context(folder).handler("bad", new Witness(Tick::isTick)));
        assertHalts(engine, StateReason.HANDLER_FAILED, "stage=bad firstSequence=");
        assertThat(engine.summary().skipped()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldHaltAtARecordThatIsNoTickAndApplyAndJournalWhatWasAccepted(ThreadingMode threading)
            throws InterruptedException {
        Witness bad = new Witness(record -> record.type() == TickDescriptor.DEFINITION && record.instrumentId() == 2);
        Engine engine = Engine.launch(context(folder)
                .threading(threading)
                .onThrow(ThrowPolicy.SKIP)
                .handler("bad", bad)
                .handler("good", new Witness(record -> false)));
        assertHalts(engine, StateReason.HANDLER_FAILED, "stage=bad firstSequence=");
        assertThat(bad.thrown).hasSize(1);
        assertThat(engine.status().errors())
                .singleElement()
                .matches(error -> error.message()
                        .startsWith("stage=bad firstSequence="
                                + bad.thrown.iterator().next() + " count=1:"));
        assertThat(engine.summary().skipped()).isZero();
    }

    static List<Throwable> machineErrors() {
        return List.of(
                new StackOverflowError("deep"),
                new InternalError("inner"),
                new IllegalStateException(new StackOverflowError("deeper")));
    }

    @ParameterizedTest
    @MethodSource("machineErrors")
    void shouldHaltWhereTheMachineItselfIsUnwell(Throwable cause) throws InterruptedException {
        assertHalts(Engine.launch(throwing(cause)), StateReason.HANDLER_FAILED, "stage=bad firstSequence=");
    }

    @Test
    void shouldHaltWithoutMemoryAsEver() throws InterruptedException {
        OutOfMemoryError none = new OutOfMemoryError("of its own");
        assertHalts(Engine.launch(throwing(none)), StateReason.OUT_OF_MEMORY, "stage=bad firstSequence=");
    }

    @Test
    void shouldSkipWhateverElseIsThrown() {
        for (Throwable cause : List.of(new IOException("checked"), new AssertionError("error"))) {
            Engine engine = Engine.launch(throwing(cause));
            try (engine) {
                publish(engine, 3);
            }
            assertThat(engine.stopReason()).isEqualTo(StopReason.REQUESTED);
            assertThat(engine.summary().skipped()).isEqualTo(3);
        }
    }

    /** A message that cannot be made is no reason to lose the tick. */
    @Test
    void shouldHaltWhereTheThrowCannotBeToldOf() throws InterruptedException {
        @SuppressWarnings("serial")
        RuntimeException untold = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no words");
            }
        };
        Engine engine = Engine.launch(throwing(untold));
        assertHalts(engine, StateReason.HANDLER_FAILED, "no words");
        assertThat(engine.summary().skipped()).isZero();
    }

    /** What to skip is decided by the records, of which the checkpoints among them speak. */
    @Test
    void shouldHaltWhereAJournalIsRepublishedAndAnotherTickIsThrownAt() throws IOException, InterruptedException {
        try (Engine engine = Engine.launch(context(folder))) {
            publish(engine, TICKS);
        }
        JournalFeed feed = JournalFeed.open(folder, JournalRange.WHOLE);
        Engine engine = Engine.launch(context(folder.resolve("copy"))
                .republish(feed)
                .onThrow(ThrowPolicy.SKIP)
                .handler("bad", new Witness(Tick::isTick)));
        try (engine) {
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        }
        assertThat(engine.summary().skipped()).isZero();
        assertThat(new JournalCheck(folder.resolve("copy"), (sequence, last) -> {})
                        .run()
                        .error())
                .isNull();
    }

    private void assertHalts(Engine engine, StateReason reason, String text) throws InterruptedException {
        try (engine) {
            publish(engine, TICKS);
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        }
        RunSummary halted = engine.summary();
        assertThat(halted.state()).isEqualTo(EngineState.HALTED);
        assertThat(halted.reason()).isEqualTo(reason);
        assertThat(engine.counters().failures.get()).isEqualTo(1);
        assertThat(engine.status().errors()).anyMatch(error -> error.message().contains(text));
        assertThat(List.of(halted.applied(), halted.journaled())).containsOnly(halted.published());
        assertThat(halted.journaledSequence()).isEqualTo(halted.lastSequence());
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
        assertThat(check.digest()).isEqualTo(halted.digest());
    }

    private EngineContext throwing(Throwable cause) {
        return context(folder).onThrow(ThrowPolicy.SKIP).handler("bad", (records, offset, first, count) -> {
            if (new Tick().wrap(records, offset).isTick()) {
                throwUnseen(cause);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnseen(Throwable cause) throws E {
        throw (E) cause;
    }

    private static EngineContext context(Path data) {
        return new EngineContext()
                .dataDirectory(data)
                .threading(ThreadingMode.SHARED)
                .ringCapacity(64)
                .instruments(64)
                .checkpointInterval(10);
    }

    private static RunSummary start(EngineContext context) {
        Engine engine = Engine.launch(context);
        engine.close();
        return engine.summary();
    }

    private RunSummary replay(EngineContext context) throws IOException, InterruptedException {
        return replay(context, JournalRange.WHOLE);
    }

    private RunSummary replay(EngineContext context, JournalRange range) throws IOException, InterruptedException {
        try (JournalFeed feed = JournalFeed.open(folder, range)) {
            Engine engine = Engine.launch(context.republish(feed));
            try (engine) {
                engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
                assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
            }
            return engine.summary();
        }
    }

    /** Quotes and trades, whose receive times count them from 1 on. */
    private static void publish(Engine engine, int ticks) {
        TickPublisher publisher = engine.newPublisher("p");
        for (int i = 1; i <= ticks; i++) {
            int id = publisher.define("S" + i % INSTRUMENTS);
            if (id < 0 || publisher.awaitClaim(1) < 0) {
                return;
            }
            MutableTick tick = publisher.claim().tick(0);
            if (i % 3 == 0) {
                tick.trade(id, i, i, 1_000L + i, 7, i, TickDescriptor.SIDE_BUY);
            } else {
                tick.quote(id, TickDescriptor.NO_TIME, i, 1_000L + i, 1_001L + i, 1, 1);
            }
            publisher.claim().commit();
        }
    }
}
