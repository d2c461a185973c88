package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers outside the process that stop reading are named, once for each silence. */
class ReaderWatchTest {
    private static final long LIMIT_MS = 10_000;

    @TempDir
    private Path folder;

    private long nowMs = System.currentTimeMillis();
    /** Ends below zero: the monotonic clock may wrap. */
    private long nowNs = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    @Test
    void shouldNameTheReaderThatStopsReadingUntilItReadsAgain() throws IOException {
        StatusWriter status = StatusWriter.inMemory(() -> nowMs);
        ReaderWatch watch = new ReaderWatch(folder, LIMIT_MS, () -> nowMs, status);
        look(watch);
        try (Engine engine =
                        Engine.launch(new EngineContext().dataDirectory(folder).instruments(16));
                Subscription reader = FolderSubscription.open(
                        folder,
                        folder,
                        new SubscriptionContext().mode(SubscriptionMode.LATEST).name("mine"),
                        new TickListener() {})) {
            assertThat(engine.stopReason()).isNull();
            assertThat(reader.poll(1)).isZero();
            look(watch);
            assertThat(status.reader().counters()).containsEntry("readers silent", 0L);
            nowMs += 2 * LIMIT_MS;
            look(watch);
            look(watch);
            assertThat(status.reader().counters()).containsEntry("readers silent", 1L);
            assertThat(status.reader().errors()).singleElement().satisfies(error -> {
                assertThat(error.observations()).isEqualTo(1);
                assertThat(error.message()).startsWith("reader=mine pid=").contains("has read nothing for 10000 ms");
            });
            nowMs -= 2 * LIMIT_MS;
            look(watch);
            assertThat(status.reader().counters()).containsEntry("readers silent", 0L);
        }
    }

    @Test
    void shouldNameTheReaderThatStopsReadingWhileTheEngineRuns() throws IOException {
        Path data = folder.resolve("data");
        Path live = folder.resolve("live");
        EngineContext context = new EngineContext()
                .dataDirectory(data)
                .liveDirectory(live)
                .instruments(16)
                .idleLimit(Duration.ofMillis(300));
        try (Engine engine = Engine.launch(context);
                Subscription reader = FolderSubscription.open(
                        data,
                        live,
                        new SubscriptionContext().mode(SubscriptionMode.LATEST).name("mine"),
                        new TickListener() {})) {
            assertThat(reader.poll(1)).isZero();
            Await.until("its silence", () -> silent(engine) == 1);
            assertThat(engine.status().errors())
                    .extracting(LoggedError::message)
                    .anyMatch(message -> message.startsWith(
                            "reader=mine pid=" + ProcessHandle.current().pid() + " has read nothing for 300 ms"));
            Await.until("its return", () -> reader.poll(1) == 0 && silent(engine) == 0);
            assertThat(engine.stopReason()).isNull();
        }
    }

    private static long silent(Engine engine) {
        return engine.status().counters().get("readers silent");
    }

    private void look(ReaderWatch watch) {
        nowNs += TimeUnit.SECONDS.toNanos(2);
        watch.look(nowNs);
    }
}
