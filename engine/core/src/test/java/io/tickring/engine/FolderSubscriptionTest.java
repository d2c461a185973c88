package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.ReaderState;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that know an engine by its folder alone. */
class FolderSubscriptionTest {
    @TempDir
    private Path folder;

    private final Notes notes = new Notes();

    /** Notes what it is given; a missed range as two negative numbers. */
    private static final class Notes implements TickListener {
        private final List<Long> sequences = new ArrayList<>();
        private final List<String> rows = new ArrayList<>();
        private long snapshotSequence = -1;

        @Override
        public void onTick(Tick tick) {
            sequences.add(tick.sequence());
        }

        @Override
        public void onMissed(long first, long last, MissedCause cause) {
            sequences.add(-first);
            sequences.add(-last);
        }

        @Override
        public void onRow(PriceRow row, long folded) {
            rows.add(row.symbol() + row.bid());
        }

        @Override
        public void onSnapshot(PriceTableReader table, long sequence) {
            snapshotSequence = sequence;
        }
    }

    @Test
    void shouldGoOnOverStartsOfTheEngine() throws IOException {
        Notes latest = new Notes();
        Notes lossless = new Notes();
        Subscription every;
        Subscription newest;
        Subscription journal;
        try (Engine engine = launch()) {
            every = subscribe(new SubscriptionContext(), notes);
            newest = subscribe(new SubscriptionContext().mode(SubscriptionMode.LATEST), latest);
            journal = subscribe(new SubscriptionContext().mode(SubscriptionMode.LOSSLESS), lossless);
            pollUntil(journal, () -> lossless.snapshotSequence >= 0);
            publish(engine, 10);
            pollUntil(every, () -> notes.sequences.size() == 10);
            pollUntil(newest, () -> latest.rows.contains("A10"));
            pollUntil(journal, () -> lossless.sequences.size() == 10);
        }
        try (Engine engine = launch()) {
            publish(engine, 5);
            awaitApplied(engine, 17);
            pollUntil(every, () -> notes.sequences.size() > 10);
            publish(engine, 3);
            pollUntil(every, () -> every.position() == 20);
            pollUntil(newest, () -> latest.rows.contains("A3"));
            pollUntil(journal, () -> lossless.sequences.size() == 18);
        }
        every.close();
        newest.close();
        journal.close();

        assertThat(lossless.snapshotSequence).isZero();
        assertThat(lossless.sequences).doesNotHaveDuplicates().isSorted();
        assertThat(every.missed() + every.delivered() + 2)
                .as("all but the definition and the checkpoint, which were given, are told")
                .isGreaterThanOrEqualTo(20);
        assertThat(Files.list(folder.resolve("readers"))).isEmpty();
    }

    /** What is written between a subscriber's poll and the end of one engine, and before it sees the next, is all still there. */
    @Test
    void shouldMissNothingOfTheBroadcastOverAStart() throws IOException {
        Subscription every;
        try (Engine engine = launch()) {
            every = subscribe(new SubscriptionContext(), notes);
            publish(engine, 10);
            pollUntil(every, () -> notes.sequences.size() == 10);
            publish(engine, 5);
        }
        try (Engine engine = launch()) {
            publish(engine, 5);
            awaitApplied(engine, engine.firstSequence() + 4);
            pollUntil(every, () -> notes.sequences.size() == 20);
        }
        assertThat(every.missed()).isZero();
        every.close();
    }

    @Test
    void shouldGoOnWhereTheReaderOfThatNameStopped() throws IOException {
        try (Engine engine = launch()) {
            publish(engine, 100);
            SubscriptionContext named =
                    new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).name("mine");
            try (Subscription first = subscribe(named.fromStart(), notes)) {
                pollUntil(first, () -> notes.sequences.size() >= 40, 7);
                first.done();
                assertThat(ReaderState.of(folder)).singleElement().satisfies(state -> {
                    assertThat(state.pid()).isEqualTo(ProcessHandle.current().pid());
                    assertThat(state.isAlive()).isTrue();
                });
                assertThatThrownBy(() -> subscribe(named, notes))
                        .isInstanceOf(SubscriptionException.class)
                        .hasMessageStartingWith("name=mine: another reader of that name is running");
            }
            assertThat(ReaderState.of(folder)).singleElement().satisfies(state -> {
                assertThat(state.name()).isEqualTo("mine");
                assertThat(state.mode()).isEqualTo(SubscriptionMode.LOSSLESS);
                assertThat(state.isAlive()).as("it has closed").isFalse();
                assertThat(state.nextSequence()).isEqualTo(notes.sequences.get(notes.sequences.size() - 1) + 1);
                assertThat(state.delivered()).isEqualTo(notes.sequences.size());
            });
            try (Subscription second = subscribe(named.fromNow(), notes)) {
                pollUntil(second, () -> notes.sequences.size() == 100);
            }
            assertThat(notes.snapshotSequence).isEqualTo(-1);
            assertThat(notes.sequences)
                    .isEqualTo(LongStream.rangeClosed(2, 101).boxed().toList());
        }
    }

    @Test
    void shouldNameInstrumentsAnewWhenAnEngineWithoutAJournalStartsAgain() throws IOException {
        List<String> symbols = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        Subscription every;
        Subscription latest;
        try (Engine engine = launchWithoutJournal()) {
            every = subscribe(new SubscriptionContext(), new TickListener() {
                @Override
                public void onInstrument(int instrumentId, String symbol) {
                    symbols.add(instrumentId + symbol);
                }
            });
            latest = subscribe(new SubscriptionContext().mode(SubscriptionMode.LATEST), new TickListener() {
                @Override
                public void onInstrument(int instrumentId, String symbol) {
                    rows.add(instrumentId + symbol);
                }
            });
            Quotes.publish(engine, "OLD", 3);
            pollUntil(every, () -> every.delivered() == 3);
            pollUntil(latest, () -> latest.delivered() > 0);
        }
        try (Engine engine = launchWithoutJournal()) {
            Quotes.publish(engine, "NEW", 3);
            Quotes.publish(engine, "MORE", 3);
            pollUntil(every, () -> every.delivered() == 9);
            pollUntil(latest, () -> rows.contains("1MORE"));
        }
        every.close();
        latest.close();
        assertThat(symbols).containsExactly("0OLD", "0NEW", "1MORE");
        assertThat(rows).containsExactly("0OLD", "0NEW", "1MORE");
    }

    @Test
    void shouldEndAtOnceWhenItIsClosedWithinACallback() throws IOException {
        try (Engine engine = launch()) {
            publish(engine, 50);
            List<Subscription> own = new ArrayList<>();
            own.add(subscribe(
                    new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).fromStart(), new TickListener() {
                        @Override
                        public void onTick(Tick tick) {
                            notes.onTick(tick);
                            if (notes.sequences.size() == 3) {
                                own.get(0).close();
                            }
                        }
                    }));
            Await.until("its end", () -> own.get(0).poll(100) == Subscription.ENDED);
            assertThat(notes.sequences).hasSize(3);
            assertThat(own.get(0).endReason()).isEqualTo(EndReason.CLOSED);
            assertThat(own.get(0).failure()).isNull();
        }
    }

    @Test
    void shouldGiveAgainWhatWasNotDoneWith() throws IOException {
        try (Engine engine = launch()) {
            publish(engine, 50);
            SubscriptionContext named = mine();
            Subscription throwing = subscribe(named, new TickListener() {
                @Override
                public void onTick(Tick tick) {
                    if (tick.sequence() == 20) {
                        throw new IllegalStateException("full");
                    }
                }
            });
            Await.until("its end", () -> throwing.poll(5) == Subscription.ENDED);
            assertThat(throwing.endReason()).isEqualTo(EndReason.LISTENER_THREW);

            try (Subscription next = subscribe(named, notes)) {
                pollUntil(next, () -> next.position() >= 51);
            }
            assertThat(notes.sequences).startsWith(17L, 18L, 19L, 20L).endsWith(51L);
        }
    }

    @Test
    void shouldNotMoveAPlaceThatIsItsOwnNoMore() throws IOException {
        try (Engine engine = launch()) {
            publish(engine, 50);
            SubscriptionContext named = mine();
            Subscription over = subscribe(named, notes);
            pollUntil(over, () -> notes.sequences.size() == 50, 100);
            over.close();
            over.done();
            Notes again = new Notes();
            try (Subscription next = subscribe(named, again)) {
                pollUntil(next, () -> next.position() == 51, 100);
            }
            assertThat(again.sequences).endsWith(51L);
        }
    }

    @Test
    void shouldRefuseAPlaceInAnotherJournal() throws IOException {
        SubscriptionContext named = mine();
        try (Engine engine = launch()) {
            publish(engine, 50);
            try (Subscription first = subscribe(named, notes)) {
                pollUntil(first, () -> notes.sequences.size() == 50);
                first.done();
            }
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        try (Engine engine =
                Engine.launch(new EngineContext().dataDirectory(other).instruments(16))) {
            publish(engine, 60);
            Files.move(folder.resolve("readers"), other.resolve("readers"));
            assertThat(engine.requests().flush().join().sequence()).isEqualTo(61);
            assertThatThrownBy(() -> FolderSubscription.open(other, other, named, notes))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessage("directory=" + other + " nextSequence=52 firstSequence=1 lastSequence=61: the reader's"
                            + " place is in another journal; remove its file in readers, or choose another name");
        }
    }

    @Test
    void shouldNameTheFileThatIsNotThere() {
        assertThatThrownBy(() -> subscribe(new SubscriptionContext(), notes)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> subscribe(mine(), notes)).hasMessageContaining("there is no journal");
    }

    private Engine launch() {
        return Engine.launch(
                new EngineContext().dataDirectory(folder).instruments(16).broadcastBytes(1 << 20));
    }

    private Engine launchWithoutJournal() {
        return Engine.launch(new EngineContext()
                .dataDirectory(folder)
                .journaling(false)
                .instruments(16)
                .broadcastBytes(1 << 20));
    }

    private Subscription subscribe(SubscriptionContext context, TickListener listener) throws IOException {
        return FolderSubscription.open(folder, folder, context, listener);
    }

    private static SubscriptionContext mine() {
        return new SubscriptionContext()
                .mode(SubscriptionMode.LOSSLESS)
                .name("mine")
                .fromStart();
    }

    private static void publish(Engine engine, int ticks) {
        Quotes.publish(engine, "A", ticks);
    }

    private static void awaitApplied(Engine engine, long sequence) {
        Await.until("sequence " + sequence, () -> engine.prices().appliedSequence() >= sequence);
    }

    private static void pollUntil(Subscription subscription, BooleanSupplier reached) {
        pollUntil(subscription, reached, 10);
    }

    private static void pollUntil(Subscription subscription, BooleanSupplier reached, int limit) {
        Await.until("what was published", () -> {
            if (reached.getAsBoolean()) {
                return true;
            }
            assertThat(subscription.poll(limit))
                    .as("failure %s", subscription.failure())
                    .isNotEqualTo(Subscription.ENDED);
            return reached.getAsBoolean();
        });
    }
}
