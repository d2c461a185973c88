package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.feed.SimFeed;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit of ticks ends the run, whatever its other feeds wait for. */
@Timeout(60)
class TickLimitTest {
    /** A feed that never returns from its read, as one of a standard input that is open and silent, and then fails. */
    private record SilentFeed(CountDownLatch begun, CountDownLatch release, CountDownLatch closed) implements Feed {
        SilentFeed() {
            this(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public String kind() {
            return "silent";
        }

        @Override
        public long firstReceiveTimeNs() {
            return TickDescriptor.NO_TIME;
        }

        @Override
        public void run(FeedOutput output) throws IOException {
            output.waitsForInput(true);
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new IOException("the input is gone");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void shouldEndTheRunThoughAFeedIsStuckInItsRead() throws Exception {
        SilentFeed silent = new SilentFeed();
        Engine engine = Engine.launch(new EngineContext().ticks(20_000).instruments(64));
        try (engine) {
            engine.start(List.of(
                    new Engine.NamedFeed("silent", "", silent),
                    new Engine.NamedFeed("sim", "", new SimFeed(8, 100_000, 1))));
            silent.begun().await();
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
            long startNs = System.nanoTime();
            engine.close();
            assertThat(System.nanoTime() - startNs)
                    .as("one that waits for its input is not waited for")
                    .isLessThan(TimeUnit.SECONDS.toNanos(2));
        } finally {
            silent.release().countDown();
        }
        assertThat(engine.summary().published()).isEqualTo(20_000);
        assertThat(engine.summary().applied()).isEqualTo(20_000);
        silent.closed().await();
        Thread feed = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("silent"))
                .findAny()
                .orElse(null);
        if (feed != null) {
            feed.join();
        }
        assertThat(engine.summary().state())
                .as("how its read ends is nobody's concern")
                .isEqualTo(EngineState.STOPPED);
    }

    @Test
    void shouldStartNoFeedOfAnEngineThatWasClosedMeanwhile() throws Exception {
        SilentFeed silent = new SilentFeed();
        Engine engine = Engine.launch(new EngineContext().instruments(64));
        Feed closing = new Feed() {
            @Override
            public String kind() {
                return "closing";
            }

            @Override
            public long firstReceiveTimeNs() {
                return TickDescriptor.NO_TIME;
            }

            @Override
            public void define(FeedOutput output) {
                engine.close();
            }

            @Override
            public void run(FeedOutput output) {
                throw new AssertionError("was run");
            }

            @Override
            public void close() {}
        };
        engine.start(List.of(new Engine.NamedFeed("closing", "", closing), new Engine.NamedFeed("silent", "", silent)));
        assertThat(silent.closed().getCount()).isZero();
        assertThat(silent.begun().getCount()).isEqualTo(1);
        assertThat(engine.summary().state()).isEqualTo(EngineState.STOPPED);
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
