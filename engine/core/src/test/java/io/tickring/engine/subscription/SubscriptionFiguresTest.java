package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SubscriptionFiguresTest {
    private static final long SHOW_NS = 1_000_000;
    private static final int POLLS_PER_READING = 4;

    private final AtomicLong nowNs = new AtomicLong(5);
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong newestThatComes = new AtomicLong();
    private final List<String> shown = new ArrayList<>();
    private final Subscription subscription = new Subscription(
            "figures",
            new Missing(),
            new Delivery(new SubscriptionContext(), new TickListener() {}, new SymbolLookup(null)),
            new Shown(),
            nowNs::get,
            over -> {});

    @Test
    void shouldShowWhatIsNewAtOnce() {
        comes(3);
        subscription.poll(10);
        comes(4);
        subscription.poll(10);
        assertThat(shown).containsExactly("3 missed", "lag 0 for 0", "4 missed");
        assertThat(subscription.missed()).isEqualTo(4);
    }

    @Test
    void shouldShowTheLagOnceAMillisecond() {
        subscription.poll(10);
        newest.set(7);
        subscription.poll(10);
        nowNs.addAndGet(SHOW_NS - 1);
        poll(POLLS_PER_READING);
        assertThat(shown).containsExactly("lag 0 for 0");
        nowNs.addAndGet(1);
        poll(2 * POLLS_PER_READING);
        assertThat(shown).containsExactly("lag 0 for 0", "lag 7 for 1000000");
    }

    @Test
    void shouldShowTheLagWithEachPollOfOneThatRests() {
        subscription.poll(10);
        for (int lag = 1; lag <= 3; lag++) {
            nowNs.addAndGet(SHOW_NS);
            newest.set(lag);
            subscription.poll(10);
        }
        assertThat(shown).containsExactly("lag 0 for 0", "lag 1 for 1000000", "lag 2 for 2000000", "lag 3 for 3000000");
    }

    @Test
    void shouldShowThatItHasCaughtUpBetweenTwoRests() {
        for (int burst = 1; burst <= 5; burst++) {
            nowNs.addAndGet(10 * SHOW_NS);
            newest.set(burst);
            subscription.poll(10);
            newestThatComes.set(burst);
            poll(2);
            assertThat(shown).endsWith("lag 0 for 0");
        }
    }

    @Test
    void shouldShowTheLagToWhoeverWatches() {
        subscription.poll(10);
        newest.set(2);
        nowNs.addAndGet(9);
        subscription.showLag();
        assertThat(shown).endsWith("lag 2 for 9");
    }

    @Test
    void shouldTellHowLongItHasNotPolled() {
        subscription.poll(10);
        assertThat(subscription.unpolledNs(nowNs.get() + 70)).isZero();
        assertThat(subscription.unpolledNs(nowNs.get() + 100)).isEqualTo(30);
        subscription.poll(10);
        assertThat(subscription.unpolledNs(nowNs.get() + 120)).isZero();
    }

    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            subscription.poll(10);
        }
    }

    private void comes(long sequence) {
        newest.set(sequence);
        newestThatComes.set(sequence);
    }

    private final class Shown implements SubscriptionCounters {
        @Override
        public void show(long delivered, long missed, long folded) {
            shown.add(missed + " missed");
        }

        @Override
        public void showLag(long lagRecords, long lagNs) {
            shown.add("lag " + lagRecords + " for " + lagNs);
        }
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
