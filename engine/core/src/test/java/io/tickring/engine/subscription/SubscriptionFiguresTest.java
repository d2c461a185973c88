package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SubscriptionFiguresTest {
    private static final long SHOW_NS = 1_000_000;

    private final AtomicLong nowNs = new AtomicLong(5);
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong newestThatComes = new AtomicLong();
    private final List<String> shown = new ArrayList<>();
    private final Subscription subscription = new Subscription(
            "figures",
            new Missing(),
            new Delivery(new SubscriptionContext(), new TickListener() {}, new SymbolLookup(null)),
            (delivered, missed, folded, lag, lagNs) -> shown.add(missed + " missed, lag " + lag + " for " + lagNs),
            nowNs::get,
            over -> {});

    @Test
    void shouldShowWhatIsNewAtOnce() {
        comes(3);
        subscription.poll(10);
        comes(4);
        subscription.poll(10);
        assertThat(shown).containsExactly("3 missed, lag 0 for 0", "4 missed, lag 0 for 0");
        assertThat(subscription.missed()).isEqualTo(4);
    }

    @Test
    void shouldShowTheLagOnceAMillisecondWhereNothingComes() {
        subscription.poll(10);
        newest.set(7);
        subscription.poll(10);
        nowNs.addAndGet(SHOW_NS - 1);
        subscription.poll(10);
        assertThat(shown).containsExactly("0 missed, lag 0 for 0");
        nowNs.addAndGet(1);
        subscription.poll(10);
        subscription.poll(10);
        assertThat(shown).containsExactly("0 missed, lag 0 for 0", "0 missed, lag 7 for 1000000");
    }

    @Test
    void shouldShowTheLagToWhoeverWatches() {
        subscription.poll(10);
        newest.set(2);
        nowNs.addAndGet(9);
        subscription.showLag();
        assertThat(shown).endsWith("0 missed, lag 2 for 9");
    }

    private void comes(long sequence) {
        newest.set(sequence);
        newestThatComes.set(sequence);
    }

    /** Gives nothing but word of what is missed. */
    private final class Missing implements Source {
        private long position;

        @Override
        public int poll(Delivery delivery, int limit) {
            if (newestThatComes.get() > position) {
                delivery.missed(position + 1, newestThatComes.get(), MissedCause.LAPPED);
                position = newestThatComes.get();
            }
            return 0;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long head() {
            return newest.get();
        }
    }
}
