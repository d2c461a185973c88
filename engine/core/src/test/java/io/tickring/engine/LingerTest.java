package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.ring.TickPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A journal that waits to fill its blocks. */
@Timeout(60)
class LingerTest {
    private static final int TICKS = 300;
    private static final int MANY_TICKS = 100_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"SHARED,APPLIED", "SHARED,JOURNALED", "DEDICATED,APPLIED", "DEDICATED,JOURNALED"})
    void shouldPutLoneTicksIntoFewBlocks(ThreadingMode threading, Visibility visible) throws InterruptedException {
        try (Engine engine = Engine.launch(
                context(Duration.ofMillis(500)).threading(threading).visible(visible))) {
            publish(engine, TICKS);
            if (visible == Visibility.APPLIED) {
                Await.until("applied", () -> engine.counters().applied.get() == TICKS);
            }
            assertThat(engine.awaitJournaled(TICKS + 1, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.counters().journalBlocks.get()).isLessThan(TICKS / 10);
        }
        assertSound();
    }

    /** Each wait would be a second: with all of them the time would be over long before the end. */
    @Test
    void shouldNotWaitWithAFullBlock() {
        long blocks;
        try (Engine engine = Engine.launch(context(Duration.ofSeconds(1)).ringCapacity(256))) {
            publish(engine, MANY_TICKS);
            blocks = engine.counters().journalBlocks.get();
        }
        assertThat(blocks).as("seconds of waiting avoided").isGreaterThanOrEqualTo(MANY_TICKS / 256);
        assertSound();
    }

    @Test
    void shouldRefuseALingerThatIsTooLong() {
        assertThatThrownBy(() -> Engine.launch(context(Duration.ofMillis(1_001))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("linger=1001000000ns must be from 0 to 1s");
    }

    private static void publish(Engine engine, int ticks) {
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        for (int bid = 1; bid <= ticks; bid++) {
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(id, NO_TIME, 1, bid, bid + 1, 1, 1);
            publisher.claim().commit();
        }
    }

    private EngineContext context(Duration linger) {
        return new EngineContext()
                .dataDirectory(folder)
                .threading(ThreadingMode.SHARED)
                .linger(linger)
                .ringCapacity(4096)
                .instruments(16);
    }

    private void assertSound() {
        assertThat(new JournalCheck(folder, (sequence, last) -> {}).run().error())
                .isNull();
    }
}
