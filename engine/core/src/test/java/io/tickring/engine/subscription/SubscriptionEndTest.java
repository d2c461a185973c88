package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableReader;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** An end that is asked for while a poll is under way. */
class SubscriptionEndTest {
    private IntSupplier next;

    private final Subscription subscription = new Subscription(
            "test",
            new Source() {
                @Override
                public int poll(Delivery delivery, int limit) {
                    return next.getAsInt();
                }

                @Override
                public long position() {
                    return -1;
                }

                @Override
                public long head() {
                    return 0;
                }
            },
            new Delivery(
                    new SubscriptionContext(),
                    new TickListener() {},
                    new Symbols(PriceTableReader.over(PriceTableFile.inMemory(1)))),
            SubscriptionCounters.UNSEEN,
            System::nanoTime,
            over -> {});

    @Test
    void shouldGiveWhatCameBeforeTheEngineClosedThoughThePollThatWasUnderWayFoundNothing() {
        next = () -> {
            subscription.ask(EndReason.ENGINE_CLOSED);
            return 0;
        };
        assertThat(subscription.poll(10)).isZero();
        next = () -> 7;
        assertThat(subscription.poll(10)).isEqualTo(7);
        next = () -> 0;
        assertThat(subscription.poll(10)).isEqualTo(Subscription.ENDED);
        assertThat(subscription.endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
    }
}
