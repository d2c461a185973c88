package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.JournalRange.Position;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a subscriber may ask for, and what it is told of what it may not. */
@Timeout(60)
class SubscriptionSettingsTest {
    private static final TickListener DEAF = new TickListener() {};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = SubscriptionMode.class,
            names = {"EVERY", "LOSSLESS"})
    void shouldGiveTheTypesThatWereAskedFor(SubscriptionMode mode) {
        try (Engine engine = launch()) {
            List<Long> quotes = new ArrayList<>();
            List<Long> trades = new ArrayList<>();
            Subscription onlyQuotes =
                    engine.subscribe(new SubscriptionContext().mode(mode).trades(false), noting(quotes));
            Subscription onlyTrades =
                    engine.subscribe(new SubscriptionContext().mode(mode).quotes(false), noting(trades));
            onlyQuotes.poll(10);
            onlyTrades.poll(10);
            publishBoth(engine);
            Await.until("both", () -> {
                onlyQuotes.poll(10);
                onlyTrades.poll(10);
                return onlyQuotes.position() == 4 && onlyTrades.position() == 4;
            });
            assertThat(quotes).containsExactly(2L, 4L);
            assertThat(trades).containsExactly(3L);
            assertThat(onlyTrades.delivered()).isEqualTo(1);
            assertThat(onlyTrades.missed()).isZero();
        }
    }

    @Test
    void shouldSayWhatIsMissing() {
        SubscriptionContext context = new SubscriptionContext();
        try (Engine engine = launch()) {
            assertIllegal(() -> engine.subscribe(context, null), "listener=null: it must be given");
            assertIllegal(() -> engine.subscribe(null, DEAF), "context=null: it must be given");
            assertIllegal(() -> FolderSubscription.open(folder, folder, null, DEAF), "context=null: it must be given");
            assertIllegal(
                    () -> engine.requests().snapshot((Duration) null),
                    "timeout=null must be above zero and at most 1 day");
        }
        assertIllegal(
                () -> context.from(null), "from=null: give a sequence or a time, or ask for fromStart or fromNow");
    }

    @Test
    void shouldSayWhatCannotBe() throws IOException {
        try (Engine engine = launch()) {
            assertIllegal(
                    () -> engine.subscribe(
                            new SubscriptionContext()
                                    .mode(SubscriptionMode.LATEST)
                                    .quotes(false),
                            DEAF),
                    "mode=LATEST quotes=false trades=true: its rows hold both; ask for EVERY or LOSSLESS to leave one out");
            assertIllegal(
                    () -> engine.subscribe(
                            new SubscriptionContext()
                                    .mode(SubscriptionMode.LOSSLESS)
                                    .from(Position.sequence(-5)),
                            DEAF),
                    "from=-5: a sequence is at least 1");
            Subscription every = engine.subscribe(new SubscriptionContext(), DEAF);
            assertIllegal(() -> every.poll(0), "limit=0 must be at least 1");
            assertThat(every.poll(1)).isZero();
        }
    }

    private Engine launch() {
        return Engine.launch(
                new EngineContext().dataDirectory(folder).instruments(16).broadcastBytes(1 << 20));
    }

    private static void publishBoth(Engine engine) {
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        for (int i = 0; i < 3; i++) {
            assertThat(publisher.awaitClaim(1)).isPositive();
            if (i == 1) {
                publisher.claim().tick(0).trade(id, TickDescriptor.NO_TIME, i, 1, 1, i, TickDescriptor.SIDE_BUY);
            } else {
                publisher.claim().tick(0).quote(id, TickDescriptor.NO_TIME, i, 1, 2, 1, 1);
            }
            publisher.claim().commit();
        }
    }

    private static TickListener noting(List<Long> sequences) {
        return new TickListener() {
            @Override
            public void onTick(Tick tick) {
                sequences.add(tick.sequence());
            }
        };
    }

    private static void assertIllegal(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
