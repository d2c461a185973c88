package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a subscription ends with its engine. */
class SubscriptionEndTest {
    private int polls;
    private Subscription subscription;

    @Test
    void shouldGiveWhatCameBetweenALookAndTheEnd() {
        Source source = new Source() {
            @Override
            public int poll(Delivery delivery, int limit) {
                if (++polls == 1) {
                    subscription.ask(EndReason.ENGINE_CLOSED);
                }
                return polls == 2 ? 1 : 0;
            }

            @Override
            public long position() {
                return polls;
            }

            @Override
            public long head() {
                return polls;
            }
        };
        Delivery delivery = new Delivery(new SubscriptionContext(), new TickListener() {}, new SymbolLookup(null));
        subscription =
                new Subscription("s", source, delivery, SubscriptionCounters.UNSEEN, System::nanoTime, over -> {});

        assertThat(subscription.poll(10)).isZero();
        assertThat(subscription.poll(10)).isEqualTo(1);
        assertThat(subscription.poll(10)).isEqualTo(Subscription.ENDED);
        assertThat(subscription.endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
    }
}
