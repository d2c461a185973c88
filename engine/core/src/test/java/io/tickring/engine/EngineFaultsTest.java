package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusReader.ReportedState;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Producers, stages and folders that misbehave. */
class EngineFaultsTest {
    @TempDir
    Path folder;

    @Test
    void shouldPadWithinASecondWhatADeadThreadHeld() throws InterruptedException {
        try (Engine engine = Engine.launch(context())) {
            TickPublisher dying = engine.newPublisher("dying");
            TickPublisher living = engine.newPublisher("living");
            int id = living.define("A");
            Thread thread = new Thread(() -> dying.awaitClaim(5), "dying-thread");
            thread.start();
            thread.join();
            long diedNs = System.nanoTime();
            assertThat(living.publish(quotes(id, 3), 0, 3)).isPositive();
            Await.until("applied", () -> engine.counters().applied.get() == 3);
            assertThat(System.nanoTime() - diedNs).isLessThan(TimeUnit.SECONDS.toNanos(1));
            Await.until("counted", () -> engine.counters().padding.get() == 5);
            Await.until(
                    "named",
                    () -> errors(engine).stream()
                            .anyMatch(text -> text.contains("publisher=dying thread ended holding 5 slots")));
            assertThat(engine.counters().deadClaims.get()).isEqualTo(5);
        }
        assertSound();
    }

    @Test
    void shouldNameTheThreadThatHoldsAClaimInTheStatusFile() throws IOException, InterruptedException {
        try (Engine engine = Engine.launch(context())) {
            CountDownLatch release = new CountDownLatch(1);
            TickPublisher holding = engine.newPublisher("holding");
            Thread thread = new Thread(
                    () -> {
                        holding.awaitClaim(1);
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        holding.claim().commit();
                    },
                    "the-holder");
            thread.start();
            StatusReader status = StatusReader.map(folder);
            Await.until("named", () -> status.counters().get("claims held too long") == 1);
            assertThat(status.errors()).anyMatch(error -> error.text().contains("publisher=holding thread=the-holder"));
            release.countDown();
            thread.join();
            Await.until("let go", () -> status.counters().get("claims held too long") == 0);
        }
        assertSound();
    }

    @Test
    void shouldHaltWhenAFeedFailsAndKeepWhatItGave() throws IOException, InterruptedException {
        Feed broken = new BrokenFeed();
        try (Engine engine = Engine.launch(context())) {
            engine.start(List.of(new Engine.NamedFeed("broken", "", broken)));
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
            RunSummary summary = summaryOfClosed(engine);
            assertThat(errors(engine)).anyMatch(text -> text.contains("the wire is cut"));
            assertThat(engine.status().reported()).isEqualTo(halted(StateReason.FEED_FAILED));
            assertThat(summary.published()).isEqualTo(2);
        }
        assertSound();
    }

    @Test
    void shouldHaltWhenAFeedFailsToDefineAndNotRunIt() throws IOException, InterruptedException {
        Feed broken = new BrokenFeed() {
            @Override
            public void define(FeedOutput output) {
                output.instrument("A");
                throw new IllegalStateException("the list is torn");
            }
        };
        try (Engine engine = Engine.launch(context())) {
            engine.start(List.of(new Engine.NamedFeed("broken", "", broken)));
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
            RunSummary summary = summaryOfClosed(engine);
            assertThat(errors(engine)).anyMatch(text -> text.contains("the list is torn"));
            assertThat(engine.status().reported()).isEqualTo(halted(StateReason.FEED_FAILED));
            assertThat(summary.definitions()).isEqualTo(1);
            assertThat(summary.published()).isZero();
        }
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldHaltCleanlyWhenAStageThrows(ThreadingMode threading) throws InterruptedException {
        Engine engine =
                Engine.launch(context().threading(threading).handler("broken", (records, offset, first, count) -> {
                    if (first > 100) {
                        throw new IllegalStateException("broken stage");
                    }
                }));
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        long accepted = 0;
        while (publisher.publish(quotes(id, 3), 0, 3) > 0) {
            accepted += 3;
        }
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        engine.close();
        assertThat(errors(engine))
                .filteredOn(text -> text.contains("broken stage"))
                .hasSize(1);
        assertThat(engine.counters().failures.get()).isEqualTo(1);
        assertThat(engine.summary().journaled()).isEqualTo(accepted);
        assertThat(engine.status().reported()).isEqualTo(halted(StateReason.HANDLER_FAILED));
        assertThat(engine.summary().reason()).isEqualTo(StateReason.HANDLER_FAILED);
        assertSound();
    }

    @Test
    void shouldCountWhatItDropsAndLoseNothingElse() {
        try (Engine engine = Engine.launch(context().ringCapacity(8).overflow(OverflowPolicy.DROP))) {
            TickPublisher publisher = engine.newPublisher("p");
            int id = publisher.define("A");
            long accepted = 0;
            long dropped = 0;
            for (int i = 0; i < 20_000; i++) {
                if (publisher.publish(quotes(id, 3), 0, 3) > 0) {
                    accepted += 3;
                } else {
                    dropped += 3;
                }
            }
            assertThat(summaryOfClosed(engine).published()).isEqualTo(accepted);
            assertThat(engine.status().counters().get("publisher p: dropped")).isEqualTo(dropped);
        }
        assertSound();
    }

    @Test
    void shouldRefuseAFolderThatAnotherEngineUses() {
        try (Engine engine = Engine.launch(context())) {
            assertThatThrownBy(() -> Engine.launch(context()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            assertThatThrownBy(() -> Engine.launch(context().journaling(false)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(folder.toString());
            assertThat(engine.counters().failures.get()).isZero();
        }
        Engine.launch(context()).close();
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() throws IOException {
        assertThatThrownBy(() -> Engine.launch(context().ringCapacity(100))).hasMessageContaining("ring=100");
        assertThatThrownBy(() -> Engine.launch(context().instruments(0))).hasMessageContaining("instruments=0");
        assertThatThrownBy(() -> Engine.launch(new EngineContext().liveDirectory(folder)))
                .hasMessageContaining("liveDirectory=");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Engine.launch(context().dataDirectory(file)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldKeepThePricesWithoutAJournalInALiveFolderOfItsOwn(@TempDir Path live) throws IOException {
        try (Engine engine = Engine.launch(context().journaling(false).liveDirectory(live))) {
            TickPublisher publisher = engine.newPublisher("p");
            publisher.publish(quotes(publisher.define("A"), 3), 0, 3);
        }
        assertThat(PriceTableReader.map(live).symbol(0)).isEqualTo("A");
        assertThat(StatusReader.map(live).state()).isEqualTo(EngineState.STOPPED);
        assertThat(StatusReader.map(live).counters()).containsEntry("ticks applied", 3L);
        assertThat(folder.resolve("journal")).doesNotExist();
    }

    @Test
    void shouldShowWhyItRefusedADamagedJournal() throws IOException {
        try (Engine engine = Engine.launch(context())) {
            TickPublisher publisher = engine.newPublisher("p");
            publisher.publish(quotes(publisher.define("A"), 3), 0, 3);
        }
        Path durable = folder.resolve("journal").resolve("durable");
        byte[] mark = Files.readAllBytes(durable);
        for (int i = 0; i < mark.length; i++) {
            mark[i] ^= 1;
        }
        Files.write(durable, mark);
        assertThatThrownBy(() -> Engine.launch(context()))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.isJournalDamaged()).isTrue());
        StatusReader refused = StatusReader.map(folder);
        assertThat(refused.reported()).isEqualTo(halted(StateReason.CORRUPT));
        assertThat(refused.errors())
                .singleElement()
                .matches(error -> error.message().contains("durable"));
    }

    private static ReportedState halted(StateReason reason) {
        return new ReportedState(EngineState.HALTED, reason.name());
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .threading(ThreadingMode.SHARED)
                .waitMode(WaitMode.YIELD)
                .ringCapacity(1024)
                .instruments(64);
    }

    private void assertSound() {
        JournalCheck.Result check = new JournalCheck(folder, (sequence, last) -> {}).run();
        assertThat(check.error()).isNull();
    }

    private static RunSummary summaryOfClosed(Engine engine) {
        engine.close();
        return engine.summary();
    }

    private static List<String> errors(Engine engine) {
        return engine.status().errors().stream()
                .map(StatusReader.LoggedError::text)
                .toList();
    }

    private static UnsafeBuffer quotes(int id, int count) {
        UnsafeBuffer batch = new UnsafeBuffer(new byte[count * TickDescriptor.LENGTH]);
        for (int i = 0; i < count; i++) {
            new MutableTick().wrap(batch, i * TickDescriptor.LENGTH).quote(id, NO_TIME, i, i, i + 1, 1, 1);
        }
        return batch;
    }

    /** Gives two ticks, then its source breaks. */
    private static class BrokenFeed implements Feed {
        @Override
        public String kind() {
            return "broken";
        }

        @Override
        public long firstReceiveTimeNs() {
            return NO_TIME;
        }

        @Override
        public void run(FeedOutput output) throws IOException {
            int id = output.instrument("B");
            output.quote(id, NO_TIME, 1, 1, 2, 3, 4);
            output.quote(id, NO_TIME, 2, 1, 2, 3, 4);
            output.flush();
            throw new IOException("the wire is cut");
        }

        @Override
        public void close() {}
    }
}
