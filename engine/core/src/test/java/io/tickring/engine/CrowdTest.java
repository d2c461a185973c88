package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.WhenBehind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many subscribers of every kind at a moderate rate: of those that read none misses anything, whatever two among them do. */
@Timeout(120)
class CrowdTest {
    private static final long RUN_NS = TimeUnit.SECONDS.toNanos(3);

    @TempDir
    private Path folder;

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final List<Tally> every = new ArrayList<>();
    private final List<Tally> latest = new ArrayList<>();
    private final List<Tally> lossless = new ArrayList<>();

    @AfterEach
    void release() {
        stuck.countDown();
    }

    @Test
    void shouldGiveAllToEachThatReads() throws IOException {
        Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(folder)
                .instruments(1_024)
                .broadcastBytes(1 << 24)
                .idleLimit(Duration.ofSeconds(1)));
        Tally stands = new Tally().onTick(this::stick);
        Tally throwing = new Tally().onTick(() -> {
            throw new IllegalStateException("of its own");
        });
        Process others;
        try (engine) {
            join(engine);
            stands.start(engine.subscribe(inProcess(WhenBehind.DISCONNECT).name("stands"), stands));
            throwing.start(engine.subscribe(inProcess(WhenBehind.DISCONNECT).name("throws"), throwing));
            others = CrowdProcess.start(folder, 6);
            try (Market market = Market.open(engine, 1, 0, 1_000_000)) {
                long endNs = System.nanoTime() + RUN_NS;
                Await.until(market.name(), () -> System.nanoTime() - endNs > 0);
            }
            assertThat(throwing.awaitEnd().subscription().endReason()).isEqualTo(EndReason.LISTENER_THREW);
            Await.until(
                    "one that stands is let go",
                    () -> engine.status().counters().get("subscriptions let go") == 1);
            assertThat(engine.status().counters())
                    .containsEntry("subscriptions failed", 1L)
                    .containsEntry("subscriptions", 56L);
        }
        compare(engine.summary());
        stuck.countDown();
        assertThat(stands.awaitEnd().subscription().endReason()).isEqualTo(EndReason.IDLE);
        compareOthers(others, engine.summary());
    }

    private void join(Engine engine) {
        for (int i = 0; i < 20; i++) {
            every.add(new Tally());
            every.get(i).start(engine.subscribe(new SubscriptionContext(), every.get(i)));
        }
        for (int i = 0; i < 30; i++) {
            latest.add(new Tally());
            latest.get(i)
                    .start(engine.subscribe(new SubscriptionContext().mode(SubscriptionMode.LATEST), latest.get(i)));
        }
        for (int i = 0; i < 6; i++) {
            WhenBehind policy = i % 2 == 0 ? WhenBehind.CONFLATE : WhenBehind.DISCONNECT;
            lossless.add(new Tally());
            lossless.get(i).start(engine.subscribe(inProcess(policy), lossless.get(i)));
        }
        Await.until("the snapshots", () -> lossless.stream().allMatch(tally -> tally.snapshotSequence == 0));
        Await.until(
                "the first looks",
                () -> latest.stream().allMatch(tally -> tally.subscription().position() >= 0));
    }

    private void compare(RunSummary run) {
        List<Tally> all = new ArrayList<>(every);
        all.addAll(latest);
        all.addAll(lossless);
        assertThat(run.published()).isGreaterThan(1_000);
        assertThat(all).allSatisfy(tally -> {
            tally.awaitEnd();
            assertThat(tally.fault).isNull();
            assertThat(tally.missed).isZero();
            assertThat(tally.ticks + tally.rows).isEqualTo(run.published());
            assertThat(tally.subscription().endReason()).isEqualTo(EndReason.ENGINE_CLOSED);
        });
        assertThat(lossless).allSatisfy(tally -> assertThat(tally.rows).isZero());
        System.out.println("a crowd of " + all.size() + ": " + run.published() + " ticks each");
    }

    /** Each began when the journal did. */
    private static void compareOthers(Process others, RunSummary run) throws IOException {
        try (BufferedReader lines = others.inputReader()) {
            CrowdProcess.end(others);
            assertThat(lines.lines().toList()).hasSize(6).containsOnly(run.published() + " missed 0 fault null");
        } finally {
            others.destroyForcibly();
        }
    }

    private static SubscriptionContext inProcess(WhenBehind policy) {
        return new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).whenBehind(policy);
    }

    private void stick() {
        try {
            stuck.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
