package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalRange.Position;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What came before a subscriber, and is not its to look at, is no lag. */
@Timeout(60)
class SubscriptionLagTest {
    private static final TickListener DEAF = new TickListener() {};
    private static final int BEFORE = 1_000;

    @TempDir
    private Path folder;

    private Engine engine;
    private TickPublisher publisher;
    private int id;
    private long published;

    @BeforeEach
    void publishBefore() {
        engine = Engine.launch(
                new EngineContext().dataDirectory(folder).instruments(16).broadcastBytes(1 << 20));
        publisher = engine.newPublisher("p");
        id = publisher.define("A");
        published = 1;
        publish(BEFORE);
        Await.until("all stages", () -> engine.ringDepth() == 0);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldCountFromTheBeginningInTheEnginesProcess() {
        List<Subscription> all = List.of(
                engine.subscribe(new SubscriptionContext(), DEAF),
                engine.subscribe(lossless(), DEAF),
                engine.subscribe(lossless().from(Position.sequence(BEFORE + 2)), DEAF));
        requireLagFromNowOn(all);
    }

    @Test
    void shouldCountFromTheBeginningOutside() throws IOException {
        List<Subscription> all = List.of(
                FolderSubscription.open(folder, folder, new SubscriptionContext(), DEAF),
                FolderSubscription.open(folder, folder, lossless(), DEAF),
                FolderSubscription.open(folder, folder, lossless().from(Position.sequence(BEFORE + 2)), DEAF));
        requireLagFromNowOn(all);
        all.forEach(Subscription::close);
    }

    @Test
    void shouldCountNothingBeforeABeginningThatIsStillToCome() throws IOException {
        List<Subscription> all = List.of(
                engine.subscribe(lossless().from(Position.sequence(Long.MAX_VALUE)), DEAF),
                engine.subscribe(lossless().from(Position.time(Long.MAX_VALUE)), DEAF),
                FolderSubscription.open(folder, folder, lossless().from(Position.time(Long.MAX_VALUE)), DEAF));
        publish(3);
        for (Subscription each : all) {
            Await.until("no lag", () -> {
                assertThat(each.poll(10)).isZero();
                return each.lagRecords() == 0;
            });
            assertThat(each.position()).isEqualTo(-1);
            each.close();
        }
    }

    @Test
    void shouldCountAllFromTheStart() {
        Subscription all = engine.subscribe(lossless().fromStart(), DEAF);
        assertThat(all.lagRecords()).isEqualTo(BEFORE + 1);
        all.close();
    }

    private void requireLagFromNowOn(List<Subscription> all) {
        assertThat(all).allSatisfy(each -> assertThat(each.lagRecords()).isZero());
        publish(7);
        assertThat(all).allSatisfy(each -> assertThat(each.lagRecords()).isEqualTo(7));
        for (Subscription each : all) {
            Await.until("no lag of " + each.name(), () -> {
                assertThat(each.poll(100))
                        .as("%s %s", each.name(), each.endReason())
                        .isNotEqualTo(Subscription.ENDED);
                return each.lagRecords() == 0;
            });
        }
    }

    private static SubscriptionContext lossless() {
        return new SubscriptionContext().mode(SubscriptionMode.LOSSLESS);
    }

    private void publish(int ticks) {
        Quotes.publish(publisher, id, ticks);
        published += ticks;
        Await.until("sequence " + published, () -> engine.prices().appliedSequence() == published);
    }
}
