package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.subscription.WhenBehind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that may hold the producers, and never reads, does not hold the engine's end. A claim at the close may become padding. */
class HoldingReaderTest {
    private static final int RING = 64;

    @TempDir
    Path folder;

    @Test
    void shouldEndWithItsLastCheckpointWhileAReaderHoldsTheWholeRing() throws InterruptedException {
        Engine engine = Engine.launch(
                new EngineContext().dataDirectory(folder).ringCapacity(RING).instruments(8));
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        engine.subscribe(
                new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).whenBehind(WhenBehind.HOLD),
                new TickListener() {});
        AtomicLong accepted = new AtomicLong();
        Thread producer = new Thread(
                () -> {
                    while (publisher.awaitClaim(1) > 0) {
                        publisher.claim().tick(0).quote(id, NO_TIME, 1, 1, 2, 3, 4);
                        publisher.claim().commit();
                        accepted.incrementAndGet();
                    }
                },
                "producer");
        producer.start();
        Await.until("the reader holds the producer", () -> accepted.get() == RING);
        long startNs = System.nanoTime();
        engine.close();
        assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(5));
        producer.join();
        assertThat(accepted).hasValue(RING);
        assertThat(engine.counters().applied.get()).isEqualTo(RING);
        assertThat(engine.counters().checkpoints.get()).isEqualTo(1);
        long padding = engine.counters().padding.get();
        assertThat(engine.summary().journaledSequence()).isEqualTo(1 + RING + padding + 1);
        assertThat(new JournalCheck(folder, (sequence, last) -> {}).run().error())
                .isNull();
    }
}
