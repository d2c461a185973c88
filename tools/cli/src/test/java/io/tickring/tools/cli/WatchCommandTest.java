package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchCommandTest {
    private static final long PRICE = 100_000_000;

    @TempDir
    private Path data;

    @Test
    void shouldWaitForAnEngineThatStartsAndForASymbolThatNobodyKnowsYet()
            throws InterruptedException, ExecutionException, TimeoutException {
        Market.write(data);
        CompletableFuture<Run> watching = new CompletableFuture<>();
        Engine engine = Engine.launch(
                new EngineContext().dataDirectory(data).rebuilding(true).recoveryProgress((sequence, last) -> {
                    if (sequence == last) {
                        watch(watching);
                    }
                }));
        try (engine) {
            TickPublisher publisher = engine.newPublisher("test");
            for (int number = 0; !watching.isDone(); number++) {
                int id = publisher.define("LATER" + number % 2);
                if (publisher.awaitClaim(1) > 0) {
                    publisher.claim().tick(0).quote(id, 1, 1, PRICE, PRICE, PRICE, PRICE);
                    publisher.claim().commit();
                }
                Thread.yield();
            }
        }
        Run run = watching.get(1, TimeUnit.SECONDS);
        assertThat(run.exitCode()).isZero();
        assertThat(run.dataLines()).hasSize(2);
        assertThat(run.dataLines().get(1)).contains(",LATER1,latest,");
        assertThat(run.talkLines())
                .first()
                .asString()
                .isEqualTo(
                        "tickring: the engine (pid " + ProcessHandle.current().pid() + ") is starting; waiting for it");
        assertThat(run.talkLines()).last().asString().startsWith("watched 1 state ");
    }

    /** Returns when the watch has seen that the engine is not there yet. */
    private void watch(CompletableFuture<Run> watching) {
        Thread thread = new Thread(
                () -> watching.complete(
                        Run.tools("watch", "--mode", "latest", "--symbol", "LATER1", "--limit", "1", "--data", data)),
                "watch");
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }
}
