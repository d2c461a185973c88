package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers in the engine's process are given, and what becomes of those that misbehave. */
class SubscriptionTest {
    @TempDir
    private Path folder;

    /** Notes what it is given. */
    private static final class Notes implements TickListener {
        private final List<Long> sequences = new ArrayList<>();
        private final List<String> symbols = new ArrayList<>();
        private final Map<Integer, Long> newest = new HashMap<>();
        private long snapshotSequence;
        private long updates;

        @Override
        public void onTick(Tick tick) {
            sequences.add(tick.sequence());
        }

        @Override
        public void onInstrument(int instrumentId, String symbol) {
            symbols.add(symbol);
        }

        @Override
        public void onRow(PriceRow row, long folded) {
            newest.put(row.instrumentId(), row.bid());
            updates += 1 + folded;
        }

        @Override
        public void onSnapshot(PriceTableReader table, long sequence) {
            snapshotSequence = sequence;
        }
    }

    @Test
    void shouldGiveTheNewestStateAndSayHowManyUpdatesItFolds() {
        try (Engine engine = Engine.launch(new EngineContext().instruments(256))) {
            Notes notes = new Notes();
            Subscription latest = engine.subscribe(new SubscriptionContext().mode(SubscriptionMode.LATEST), notes);
            assertThat(latest.poll(100)).isZero();
            TickPublisher publisher = engine.newPublisher("p");
            quote(publisher, "A", 1);
            quote(publisher, "B", 2);
            awaitApplied(engine, 4);
            assertThat(latest.poll(1)).isEqualTo(1);
            assertThat(latest.poll(100)).isEqualTo(1);
            assertThat(latest.poll(100)).isZero();
            for (int i = 10; i < 20; i++) {
                quote(publisher, "A", i);
            }
            awaitApplied(engine, 14);
            assertThat(latest.poll(100)).isEqualTo(1);

            assertThat(notes.newest).isEqualTo(Map.of(0, 19L, 1, 2L));
            assertThat(notes.updates).isEqualTo(12);
            assertThat(latest.folded()).isEqualTo(9);
            assertThat(latest.lagRecords()).isZero();
            assertThat(engine.status().counters())
                    .containsEntry("subscriptions", 1L)
                    .containsEntry("subscription subscription-1: delivered", 3L)
                    .containsEntry("subscription subscription-1: folded", 9L)
                    .containsEntry("subscription subscription-1: lag", 0L);
            latest.close();
            assertThat(engine.status().counters())
                    .containsEntry("subscriptions", 0L)
                    .doesNotContainKey("subscription subscription-1: delivered");
        }
    }

    @Test
    void shouldGiveNothingOnlyWhereNothingHasChanged() {
        try (Engine engine = Engine.launch(new EngineContext().instruments(256))) {
            Notes notes = new Notes();
            Subscription latest = engine.subscribe(new SubscriptionContext().mode(SubscriptionMode.LATEST), notes);
            TickPublisher publisher = engine.newPublisher("p");
            quote(publisher, "A", 1);
            quote(publisher, "B", 2);
            awaitApplied(engine, 4);
            assertThat(latest.poll(100)).isEqualTo(2);
            quote(publisher, "A", 3);
            awaitApplied(engine, 5);
            assertThat(latest.poll(1)).isEqualTo(1);
            quote(publisher, "A", 4);
            awaitApplied(engine, 6);

            assertThat(latest.poll(1)).isEqualTo(1);
            assertThat(notes.newest).isEqualTo(Map.of(0, 4L, 1, 2L));
        }
    }

    @Test
    void shouldGiveTheJournalFromAPlaceOnAndThenWhatComes() {
        try (Engine engine = Engine.launch(context())) {
            TickPublisher publisher = engine.newPublisher("p");
            for (int i = 0; i < 100; i++) {
                quote(publisher, i % 2 == 0 ? "EVEN" : "ODD", i);
            }
            awaitJournaled(engine, 102);
            Notes all = new Notes();
            Notes some = new Notes();
            SubscriptionContext lossless = new SubscriptionContext().mode(SubscriptionMode.LOSSLESS);
            Subscription fromStart = engine.subscribe(lossless.fromStart(), all);
            Subscription fromSequence = engine.subscribe(
                    new SubscriptionContext()
                            .mode(SubscriptionMode.LOSSLESS)
                            .from(JournalRange.Position.sequence(51))
                            .symbols("ODD"::equals),
                    some);
            pollUntil(fromStart, () -> all.sequences.size() == 100);
            quote(publisher, "ODD", 7);
            quote(publisher, "NEW", 8);
            pollUntil(fromStart, () -> all.sequences.size() == 102);
            pollUntil(fromSequence, () -> fromSequence.position() == 105);

            assertThat(all.sequences).isEqualTo(sequencesOfTicks(105, 1, 3, 104));
            assertThat(all.symbols).containsExactly("EVEN", "ODD", "NEW");
            assertThat(some.symbols).containsExactly("ODD");
            assertThat(some.sequences)
                    .isEqualTo(LongStream.rangeClosed(51, 103)
                            .filter(sequence -> sequence % 2 == 0 || sequence == 103)
                            .boxed()
                            .toList())
                    .hasSize(27);
        }
    }

    @Test
    void shouldGiveASnapshotAndThenAllThatComesBehindIt() {
        try (Engine engine = Engine.launch(context())) {
            TickPublisher publisher = engine.newPublisher("p");
            for (int i = 0; i < 100; i++) {
                quote(publisher, "A", i);
            }
            awaitApplied(engine, 101);
            Notes notes = new Notes();
            Subscription subscription =
                    engine.subscribe(new SubscriptionContext().mode(SubscriptionMode.LOSSLESS), notes);
            pollUntil(subscription, () -> notes.snapshotSequence > 0);
            for (int i = 0; i < 50; i++) {
                quote(publisher, "A", i);
            }
            pollUntil(subscription, () -> notes.sequences.size() == 50);

            assertThat(notes.snapshotSequence).isEqualTo(101);
            assertThat(notes.sequences)
                    .isEqualTo(LongStream.rangeClosed(102, 151).boxed().toList());
        }
    }

    @Test
    void shouldEndTheOneThatThrowsAndNoOther() {
        try (Engine engine = Engine.launch(context())) {
            Notes notes = new Notes();
            Subscription well = engine.subscribe(
                    new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).fromStart(), notes);
            Subscription throwing = engine.subscribe(
                    new SubscriptionContext()
                            .name("bad")
                            .mode(SubscriptionMode.LOSSLESS)
                            .fromStart(),
                    new TickListener() {
                        @Override
                        public void onTick(Tick tick) {
                            throw new IllegalStateException("of its own");
                        }
                    });
            TickPublisher publisher = engine.newPublisher("p");
            quote(publisher, "A", 1);
            Await.until("its end", () -> throwing.poll(10) == Subscription.ENDED);
            quote(publisher, "A", 2);
            pollUntil(well, () -> notes.sequences.size() == 2);

            assertThat(throwing.endReason()).isEqualTo(EndReason.LISTENER_THREW);
            assertThat(throwing.failure()).hasMessage("of its own");
            assertThat(throwing.poll(10)).isEqualTo(Subscription.ENDED);
            assertThat(engine.status().counters())
                    .containsEntry("subscriptions", 1L)
                    .containsEntry("subscriptions failed", 1L);
            assertThat(engine.status().errors())
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error.message())
                                    .isEqualTo(
                                            "subscription=bad ended: LISTENER_THREW: java.lang.IllegalStateException: of its own"));
            assertThat(engine.stopReason()).isNull();
        }
    }

    @Test
    void shouldLetGoOfTheOneThatStopsReading() {
        try (Engine engine = Engine.launch(context().idleLimit(Duration.ofMillis(300)))) {
            Subscription stuck = engine.subscribe(
                    new SubscriptionContext().name("stuck").mode(SubscriptionMode.LATEST), new Notes());
            Await.until(
                    "its end",
                    () -> engine.status().counters().get("subscriptions let go") == 1
                            && engine.status().counters().get("subscriptions") == 0);

            assertThat(stuck.poll(10)).isEqualTo(Subscription.ENDED);
            assertThat(stuck.endReason()).isEqualTo(EndReason.IDLE);
            assertThat(engine.status().errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.message())
                            .startsWith("subscription=stuck has not polled for ")
                            .endsWith(": let go"));
            assertThat(engine.status().counters()).doesNotContainKey("subscription stuck: delivered");
        }
    }

    @Test
    void shouldGiveWhatIsStillThereWhenTheEngineCloses() throws InterruptedException {
        Engine engine = Engine.launch(context());
        Notes notes = new Notes();
        Subscription subscription = engine.subscribe(
                new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).fromStart(), notes);
        TickPublisher publisher = engine.newPublisher("p");
        for (int i = 0; i < 1000; i++) {
            quote(publisher, "A", i);
        }
        Thread reader = new Thread(() -> {
            while (subscription.poll(10) != Subscription.ENDED) {
                Thread.onSpinWait();
            }
        });
        reader.start();
        engine.close();
        reader.join();

        assertThat(notes.sequences).hasSize(1000);
        assertThat(subscription.endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
        assertThatThrownBy(() -> engine.subscribe(new SubscriptionContext(), notes))
                .isInstanceOf(SubscriptionException.class)
                .hasMessage("subscription=subscription-2: the engine is closed");
    }

    @Test
    void shouldSayWhatIsWrongWithASetting() {
        try (Engine engine = Engine.launch(new EngineContext())) {
            Notes notes = new Notes();
            assertThatThrownBy(() -> engine.subscribe(new SubscriptionContext().name("a b"), notes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name=a b");
            assertThatThrownBy(() -> engine.subscribe(
                            new SubscriptionContext()
                                    .mode(SubscriptionMode.LATEST)
                                    .fromStart(),
                            notes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mode=LATEST from=start: it begins now; ask for LOSSLESS to begin in the past");
            assertThatThrownBy(() -> engine.subscribe(
                            new SubscriptionContext()
                                    .mode(SubscriptionMode.LOSSLESS)
                                    .fromStart(),
                            notes))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessageContaining("nothing is journaled");
            SubscriptionContext twice = new SubscriptionContext().name("twice").mode(SubscriptionMode.LATEST);
            engine.subscribe(twice, notes);
            assertThatThrownBy(() -> engine.subscribe(twice, notes))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessageContaining("subscription=twice");
        }
    }

    private EngineContext context() {
        return new EngineContext().dataDirectory(folder).instruments(256);
    }

    private static List<Long> sequencesOfTicks(long last, long... others) {
        List<Long> sequences =
                new ArrayList<>(LongStream.rangeClosed(1, last).boxed().toList());
        for (long other : others) {
            sequences.remove(other);
        }
        return sequences;
    }

    private static void quote(TickPublisher publisher, String symbol, long bid) {
        int id = publisher.define(symbol);
        assertThat(publisher.awaitClaim(1)).isPositive();
        publisher.claim().tick(0).quote(id, TickDescriptor.NO_TIME, bid, bid, bid + 1, 1, 1);
        publisher.claim().commit();
    }

    private static void awaitApplied(Engine engine, long sequence) {
        Await.until("sequence " + sequence, () -> engine.prices().appliedSequence() >= sequence);
    }

    private static void awaitJournaled(Engine engine, long sequence) {
        Await.until(
                "sequence " + sequence,
                () -> engine.counters().journaledSequence.get() >= sequence);
    }

    private static void pollUntil(Subscription subscription, java.util.function.BooleanSupplier reached) {
        Await.until("what was published", () -> {
            assertThat(subscription.poll(10)).isNotEqualTo(Subscription.ENDED);
            return reached.getAsBoolean();
        });
    }
}
