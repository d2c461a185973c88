package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers outside are told of what lies between two starts that they saw. */
@Timeout(60)
class FolderRestartTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final TickListener notes = new TickListener() {
        @Override
        public void onTick(Tick tick) {
            told.add("tick " + tick.sequence());
        }

        @Override
        public void onMissed(long first, long last, MissedCause cause) {
            told.add(cause + " " + first + " " + last);
        }

        @Override
        public void onRow(PriceRow row, long folded) {
            told.add("row " + row.symbol() + row.bid() + " folded " + folded);
        }
    };

    @Test
    void shouldTellOfTheStartsInBetween() throws IOException {
        Subscription every;
        try (Engine engine = launch(true)) {
            every = subscribe(SubscriptionMode.EVERY);
            publish(engine, "A", 3);
            pollUntil(every, () -> told.size() == 3);
        }
        long lastRead = every.position();
        try (Engine engine = launch(true)) {
            publish(engine, "A", 5);
        }
        try (Engine engine = launch(true)) {
            publish(engine, "A", 2);
            pollUntil(every, () -> told.size() == 6);
            long next = engine.firstSequence();
            // The engine that it read wrote one thing more, its last checkpoint, and that was read before it moved on.
            assertThat(told)
                    .containsExactly(
                            "tick 2",
                            "tick 3",
                            "tick 4",
                            MissedCause.RESTARTED + " " + (lastRead + 2) + " " + (next - 1),
                            "tick " + next,
                            "tick " + (next + 1));
        }
        assertThat(every.missed()).isGreaterThanOrEqualTo(5);
        every.close();
    }

    @Test
    void shouldCountOnWhatIsFoldedWhereTheJournalGoesOn() throws IOException {
        Subscription latest;
        try (Engine engine = launch(true)) {
            publish(engine, "A", 1_000);
            latest = subscribe(SubscriptionMode.LATEST);
            pollUntil(latest, () -> told.contains("row A1000 folded 0"));
        }
        try (Engine engine = launch(true)) {
            publish(engine, "A", 15);
            pollUntil(latest, () -> told.contains("row A15 folded 14"));
        }
        latest.close();
    }

    @Test
    void shouldCountAnewWhatIsFoldedWhereNothingWasJournaled() throws IOException {
        Subscription latest;
        try (Engine engine = launch(false)) {
            publish(engine, "A", 10);
            latest = subscribe(SubscriptionMode.LATEST);
            pollUntil(latest, () -> told.contains("row A10 folded 0"));
        }
        try (Engine engine = launch(false)) {
            publish(engine, "B", 25);
            pollUntil(latest, () -> told.contains("row B25 folded 0"));
            publish(engine, "B", 4);
            pollUntil(latest, () -> told.contains("row B4 folded 3"));
        }
        latest.close();
    }

    private Engine launch(boolean journaling) {
        return Engine.launch(new EngineContext()
                .dataDirectory(folder)
                .journaling(journaling)
                .instruments(16)
                .broadcastBytes(1 << 20));
    }

    private Subscription subscribe(SubscriptionMode mode) throws IOException {
        return FolderSubscription.open(folder, folder, new SubscriptionContext().mode(mode), notes);
    }

    private static void publish(Engine engine, String symbol, int ticks) {
        Quotes.publish(engine, symbol, ticks);
        Await.until("all stages", () -> engine.ringDepth() == 0);
    }

    private static void pollUntil(Subscription subscription, BooleanSupplier reached) {
        Await.until("what was published", () -> {
            assertThat(subscription.poll(10)).isNotEqualTo(Subscription.ENDED);
            return reached.getAsBoolean();
        });
    }
}
