package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.Durability;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DurabilityTest {
    @TempDir
    private Path folder;

    static List<Durability> all() {
        return List.of(Durability.PROCESS, Durability.interval(Duration.ofMillis(10)), Durability.BLOCK);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSayWhatIsJournaledAndWhatIsDurable(Durability durability) throws InterruptedException {
        long last;
        try (Engine engine = Engine.launch(context(durability))) {
            assertThat(sequences(engine)).containsExactly(0L, 0L);
            last = publish(engine, 1_000);
            assertThat(engine.awaitJournaled(last, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.counters().journaledSequence.get()).isEqualTo(last);
            assertThat(engine.awaitDurable(last, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.counters().durableSequence.get()).isEqualTo(last);
            assertThat(engine.awaitDurable(last + 1, 1, TimeUnit.MILLISECONDS)).isFalse();
        }
        try (Engine again = Engine.launch(context(durability))) {
            assertThat(sequences(again)).hasSize(2).allMatch(sequence -> sequence >= last);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndWithAllOfItDurable(Durability durability) {
        Engine engine = Engine.launch(context(durability));
        publish(engine, 10);
        engine.close();
        RunSummary summary = engine.summary();
        assertThat(summary.durableSequence())
                .isEqualTo(summary.journaledSequence())
                .isEqualTo(summary.lastSequence());
    }

    @Test
    void shouldForceWhatAnEarlierRunLeftWhereEachBlockIsForced() {
        try (JournalAppender killed = JournalAppender.open(new JournalContext().directory(folder))) {
            killed.append(new UnsafeBuffer(new byte[TickDescriptor.LENGTH]), 0, 1, 1, 1, false);
        }
        try (Engine engine = Engine.launch(context(Durability.BLOCK))) {
            assertThat(sequences(engine)).containsExactly(1L, 1L);
        }
    }

    @Test
    void shouldHaltWhenTheDiskCannotBeForced() throws IOException, InterruptedException {
        // The supervisor's second never comes: the force finds it, and not the look at the files.
        Engine engine = Engine.launch(context(Durability.interval(Duration.ofMillis(1)))
                .roll(RollInterval.SECONDLY)
                .nanoClock(() -> 0));
        long last = publish(engine, 1);
        assertThat(engine.awaitDurable(last, 10, TimeUnit.SECONDS)).isTrue();
        // Files of later cycles vanish before they are forced.
        Thread remover = new Thread(() -> removeNewFiles(engine), "remover");
        remover.start();
        TickPublisher publisher = engine.newPublisher("later");
        int id = publisher.define("B");
        while (engine.awaitEnd(1, TimeUnit.MILLISECONDS) == null && publisher.awaitClaim(1) > 0) {
            publisher.claim().tick(0).quote(id, 1, 1, 1, 2, 3, 4);
            publisher.claim().commit();
        }
        engine.close();
        remover.join();
        assertThat(engine.stopReason()).isEqualTo(StopReason.FAILED);
        assertThat(engine.status().errors())
                .anyMatch(error -> error.message().contains("stage=force")
                        && error.message().contains("durableSequence="));
        assertThat(engine.summary().durableSequence())
                .isLessThan(engine.summary().journaledSequence());
    }

    private void removeNewFiles(Engine engine) {
        Path first = cycles().get(0);
        while (engine.stopReason() == null) {
            cycles().stream().filter(file -> !file.equals(first)).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private List<Path> cycles() {
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> sequences(Engine engine) {
        return List.of(
                engine.counters().journaledSequence.get(),
                engine.counters().durableSequence.get());
    }

    /** Answers the sequence of the last tick. */
    private static long publish(Engine engine, int ticks) {
        TickPublisher publisher = engine.newPublisher("test");
        int id = publisher.define("A");
        long sequence = 0;
        for (int i = 0; i < ticks; i++) {
            sequence = publisher.awaitClaim(1);
            publisher.claim().tick(0).quote(id, 1, 1, 1, 2, 3, 4);
            publisher.claim().commit();
        }
        return sequence;
    }

    private EngineContext context(Durability durability) {
        return new EngineContext().dataDirectory(folder).instruments(16).durability(durability);
    }
}
