package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.StateReason;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handler behind the prices is given what the table shows, and in SHARED mode before it is journaled unless that comes first. */
@Timeout(60)
class BehindPricesTest {
    private static final int TICKS = 20_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"SHARED, APPLIED", "SHARED, JOURNALED", "DEDICATED, APPLIED", "DEDICATED, JOURNALED"})
    void shouldBeGivenWhatTheTableShows(ThreadingMode threading, Visibility visible) {
        AtomicReference<Engine> launched = new AtomicReference<>();
        AtomicLong seen = new AtomicLong();
        AtomicLong unshown = new AtomicLong();
        AtomicLong journaledFirst = new AtomicLong();
        EngineContext context = context()
                .threading(threading)
                .visible(visible)
                .checkpointInterval(1L << 62)
                .handlerBehindPrices("reads", (records, offset, first, count) -> {
                    long last = first + count - 1;
                    seen.addAndGet(count);
                    unshown.addAndGet(launched.get().prices().appliedSequence() < last ? 1 : 0);
                    long journaled = launched.get().counters().journaledSequence.get();
                    journaledFirst.addAndGet(journaled >= last ? count : 0);
                });
        Engine engine = Engine.launch(context);
        launched.set(engine);
        try (engine) {
            publish(engine);
            Await.until("through", () -> engine.ringDepth() == 0);
            assertThat(seen).hasValue(TICKS + 1);
        }
        assertThat(unshown).hasValue(0);
        if (visible == Visibility.JOURNALED) {
            assertThat(journaledFirst).hasValue(seen.get());
        } else if (threading == ThreadingMode.SHARED) {
            assertThat(journaledFirst).hasValue(0);
        }
    }

    @Test
    void shouldHaltTheEngineByAThrow() throws InterruptedException {
        Engine engine = Engine.launch(
                context().onThrow(ThrowPolicy.SKIP).handlerBehindPrices("broken", (records, offset, first, count) -> {
                    throw new IllegalStateException("not mine");
                }));
        engine.newPublisher("p").define("A");
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        engine.close();
        assertThat(engine.summary().reason()).isEqualTo(StateReason.HANDLER_FAILED);
        assertThat(engine.summary().definitions()).isEqualTo(1);
    }

    @Test
    void shouldRefuseANameThatNoThreadCanHave() {
        EngineContext context =
                context().handlerBehindPrices("longer than a thread's", (records, offset, first, count) -> {});
        assertThatThrownBy(() -> Engine.launch(context))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("handler=longer than a thread's must have a name of 1 to 15 characters");
    }

    private static void publish(Engine engine) {
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        for (int bid = 1; bid <= TICKS; bid++) {
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(id, NO_TIME, 1, bid, bid + 1, 1, 1);
            publisher.claim().commit();
        }
    }

    private EngineContext context() {
        return new EngineContext().dataDirectory(folder).ringCapacity(256).instruments(16);
    }
}
