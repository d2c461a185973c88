package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.feed.SimFeed;
import io.tickring.engine.tick.TickDescriptor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit of ticks ends the run, whatever its other feeds wait for. */
@Timeout(60)
class TickLimitTest {
    /** A feed that never returns from its read, as one of a standard input that is open and silent. */
    private record SilentFeed(CountDownLatch begun, CountDownLatch release) implements Feed {
        @Override
        public String kind() {
            return "silent";
        }

        @Override
        public long firstReceiveTimeNs() {
            return TickDescriptor.NO_TIME;
        }

        @Override
        public void run(FeedOutput output) {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldEndTheRunThoughAFeedIsStuckInItsRead() throws Exception {
        SilentFeed silent = new SilentFeed(new CountDownLatch(1), new CountDownLatch(1));
        Engine engine = Engine.launch(new EngineContext().ticks(20_000).instruments(64));
        try (engine) {
            engine.start(List.of(
                    new Engine.NamedFeed("silent", "", silent),
                    new Engine.NamedFeed("sim", "", new SimFeed(8, 100_000, 1))));
            silent.begun().await();
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        } finally {
            silent.release().countDown();
        }
        assertThat(engine.summary().published()).isEqualTo(20_000);
        assertThat(engine.summary().applied()).isEqualTo(20_000);
    }

    @Test
    void shouldDefineTheInstrumentsOfAllFeedsInTheirOrderHoweverSoonTheLimitIsReached() throws Exception {
        Engine engine = Engine.launch(new EngineContext().ticks(1).instruments(64));
        try (engine) {
            engine.start(List.of(
                    new Engine.NamedFeed("first", ".a", new SimFeed(8, SimFeed.MAX_RATE, 1)),
                    new Engine.NamedFeed("second", ".b", new SimFeed(8, SimFeed.MAX_RATE, 1))));
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
            Await.until("all defined", () -> engine.prices().instruments() == 16);
            for (int id = 0; id < 16; id++) {
                assertThat(engine.prices().symbol(id)).isEqualTo("SIM00" + id % 8 + (id < 8 ? ".a" : ".b"));
            }
        }
        assertThat(engine.summary().definitions()).isEqualTo(16);
        assertThat(engine.summary().published()).isEqualTo(1);
    }

    @Test
    void shouldEndTheRunThoughAFeedWaitsForItsTime() throws Exception {
        Engine engine = Engine.launch(new EngineContext().ticks(20_000).instruments(64));
        try (engine) {
            engine.start(List.of(
                    new Engine.NamedFeed("slow", ".slow", new SimFeed(1, SimFeed.MIN_RATE, 1)),
                    new Engine.NamedFeed("sim", "", new SimFeed(8, 100_000, 1))));
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
        }
        assertThat(engine.summary().published()).isEqualTo(20_000);
    }
}
