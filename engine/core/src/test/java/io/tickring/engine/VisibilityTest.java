package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.StateReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where only what is journaled may be seen, the table is never ahead of the journal. */
@Timeout(60)
class VisibilityTest {
    private static final int TICKS = 200_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldShowNothingThatIsNotJournaled(ThreadingMode threading) {
        Engine engine = Engine.launch(context().threading(threading));
        try (engine) {
            Thread producer = new Thread(() -> publish(engine, TICKS), "producer");
            producer.start();
            PriceTableReader prices = engine.prices();
            long looks = 0;
            while (producer.isAlive()) {
                long applied = prices.appliedSequence();
                long row = rowSequence(prices);
                long journaled = engine.counters().journaledSequence.get();
                assertThat(applied).isLessThanOrEqualTo(journaled);
                assertThat(row).isLessThanOrEqualTo(journaled);
                looks++;
            }
            assertThat(looks).isPositive();
        }
        assertThat(engine.summary().applied())
                .isEqualTo(TICKS)
                .isEqualTo(engine.summary().journaled());
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldShowNothingMoreWhenTheJournalFails(ThreadingMode threading) throws IOException, InterruptedException {
        Path journal = folder.resolve("journal");
        Path moved = folder.resolve("moved");
        Engine engine = Engine.launch(context().threading(threading).roll(RollInterval.SECONDLY));
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        Await.until("begun", () -> engine.counters().journaledSequence.get() == 1);
        Files.move(journal, moved);
        Files.writeString(journal, "no folder");
        for (long bid = 1; publisher.awaitClaim(1) > 0; bid++) {
            publisher.claim().tick(0).quote(id, NO_TIME, 1, bid, bid + 1, 1, 1);
            publisher.claim().commit();
        }
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        engine.close();
        assertThat(engine.summary().reason()).isIn(StateReason.JOURNAL_FAILED, StateReason.FSYNC);
        assertThat(engine.prices().appliedSequence())
                .isLessThanOrEqualTo(engine.summary().journaledSequence());
    }

    @Test
    void shouldNeedAJournal() {
        assertThatThrownBy(() -> Engine.launch(context().journaling(false)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("visible=journaled needs a journal");
    }

    private static long rowSequence(PriceTableReader prices) {
        PriceRow row = new PriceRow();
        return prices.instruments() > 0 && prices.read(0, row) ? row.sequence() : 0;
    }

    private static void publish(Engine engine, int ticks) {
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        for (int bid = 1; bid <= ticks; bid++) {
            if (publisher.awaitClaim(1) > 0) {
                publisher.claim().tick(0).quote(id, NO_TIME, 1, bid, bid + 1, 1, 1);
                publisher.claim().commit();
            }
        }
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .visible(Visibility.JOURNALED)
                .ringCapacity(256)
                .instruments(16);
    }

    private void assertSound() {
        assertThat(new JournalCheck(folder, (sequence, last) -> {}).run().error())
                .isNull();
    }
}
