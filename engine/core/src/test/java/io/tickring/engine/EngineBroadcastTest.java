package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.broadcast.BroadcastDescriptor;
import io.tickring.engine.broadcast.BroadcastReader;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's broadcast: what is in it, behind what, and what a start makes of an older one. */
@Timeout(60)
class EngineBroadcastTest {
    private static final int TICKS = 5_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldBroadcastEveryRecordInMemory(ThreadingMode threading) {
        Seen seen = new Seen();
        Seen other = new Seen();
        try (Engine engine = Engine.launch(new EngineContext()
                .broadcastBytes(BroadcastDescriptor.MIN_CAPACITY)
                .threading(threading)
                .instruments(16))) {
            BroadcastReader reader = engine.broadcast();
            BroadcastReader second = engine.broadcast();
            publish(engine);
            long last = lastSequenceOfClosed(engine);
            seen.take(reader);
            other.take(second);
            assertThat(seen.sequences).containsExactlyElementsOf(sequences(1, last));
            assertThat(other.sequences).isEqualTo(seen.sequences);
        }
        assertThat(seen.ticks).isEqualTo(TICKS);
        assertThat(seen.missed).isZero();
    }

    @Test
    void shouldReplaceTheFileAtEachStartAndGoOnWithTheNextSequence() throws IOException {
        BroadcastReader old;
        Seen before = new Seen();
        Seen after = new Seen();
        try (Engine engine = Engine.launch(context())) {
            old = BroadcastReader.map(folder);
            publish(engine);
            assertThat(old.isReplaced()).isFalse();
        }
        before.take(old);
        try (Engine engine = Engine.launch(context())) {
            assertThat(old.isReplaced()).isTrue();
            BroadcastReader now = BroadcastReader.map(folder);
            assertThat(now.nextSequence()).isEqualTo(old.nextSequence()).isEqualTo(engine.firstSequence());
            publish(engine);
            lastSequenceOfClosed(engine);
            after.take(now);
        }
        assertThat(before.ticks).isEqualTo(TICKS);
        assertThat(after.ticks).isEqualTo(TICKS);
        assertThat(old.poll()).isFalse();
    }

    @Test
    void shouldLeaveNoFileOfAnEarlierRunWhereItIsOff() {
        Engine.launch(context()).close();
        assertThat(folder.resolve("broadcast")).exists();
        try (Engine engine = Engine.launch(context().broadcastBytes(0))) {
            assertThat(folder.resolve("broadcast")).doesNotExist();
            assertThatThrownBy(engine::broadcast)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("broadcastBytes=0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 1 << 19, (1 << 20) + 1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseAnotherCapacity(int bytes) {
        assertThatThrownBy(() -> Engine.launch(context().broadcastBytes(bytes)))
                .isInstanceOf(EngineException.class)
                .hasMessage("broadcastBytes=" + bytes + " must be a power of two from 1 MiB to 1 GiB, or 0 for off");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldBroadcastNothingThatIsNotJournaled(ThreadingMode threading) {
        Engine engine = Engine.launch(
                context().visible(Visibility.JOURNALED).threading(threading).ringCapacity(256));
        try (engine) {
            BroadcastReader reader = engine.broadcast();
            Thread producer = new Thread(() -> publish(engine), "producer");
            producer.start();
            Seen seen = new Seen();
            while (producer.isAlive()) {
                if (reader.poll()) {
                    long journaled = engine.counters().journaledSequence.get();
                    assertThat(reader.nextSequence() - 1).isLessThanOrEqualTo(journaled);
                    seen.add(reader);
                }
            }
            lastSequenceOfClosed(engine);
            seen.take(reader);
            assertThat(seen.ticks).isEqualTo(TICKS);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldBroadcastNothingMoreWhenTheJournalFails(ThreadingMode threading)
            throws IOException, InterruptedException {
        Path journal = folder.resolve("journal");
        Engine engine = Engine.launch(
                context().visible(Visibility.JOURNALED).threading(threading).roll(RollInterval.SECONDLY));
        BroadcastReader reader = engine.broadcast();
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        Await.until("begun", () -> engine.counters().journaledSequence.get() == 1);
        Files.move(journal, folder.resolve("moved"));
        Files.writeString(journal, "no folder");
        for (long bid = 1; publisher.awaitClaim(1) > 0; bid++) {
            publisher.claim().tick(0).quote(id, NO_TIME, 1, bid, bid + 1, 1, 1);
            publisher.claim().commit();
        }
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        engine.close();
        assertThat(reader.nextSequence() - 1 + reader.lag())
                .isPositive()
                .isLessThanOrEqualTo(engine.summary().journaledSequence());
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void shouldBroadcastASkippedTickAsSkipped(ThreadingMode threading) {
        Tick tick = new Tick();
        Engine engine = Engine.launch(context()
                .threading(threading)
                .onThrow(ThrowPolicy.SKIP)
                .handler("fussy", (records, offset, firstSequence, count) -> {
                    if (tick.wrap(records, offset).type() == TickDescriptor.QUOTE && tick.bid() == 7) {
                        throw new IllegalStateException("seven");
                    }
                }));
        Seen seen = new Seen();
        BroadcastReader reader = engine.broadcast();
        publish(engine);
        engine.close();
        seen.take(reader);
        assertThat(seen.ticks).isEqualTo(TICKS - 1);
        assertThat(seen.skipped).isEqualTo(1);
    }

    @Test
    void shouldBroadcastARepublishedJournalUnderItsOwnSequences(@TempDir Path other) throws Exception {
        try (Engine engine = Engine.launch(context())) {
            publish(engine);
        }
        Seen seen = new Seen();
        JournalFeed source = JournalFeed.open(folder, JournalRange.WHOLE);
        try (Engine engine = Engine.launch(context().dataDirectory(other).republish(source))) {
            BroadcastReader reader = engine.broadcast();
            engine.start(List.of(new Engine.NamedFeed("journal", "", source)));
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
            long last = lastSequenceOfClosed(engine);
            seen.take(reader);
            assertThat(seen.sequences).containsExactlyElementsOf(sequences(1, last));
        }
        assertThat(seen.ticks).isEqualTo(TICKS);
    }

    @Test
    void shouldCountTheStageInThePlan() {
        try (Engine engine = Engine.launch(context().threading(ThreadingMode.DEDICATED))) {
            assertThat(engine.plan()).containsAnyOf("handlers pinned", "4 handler threads");
        }
    }

    private EngineContext context() {
        return new EngineContext()
                .dataDirectory(folder)
                .broadcastBytes(BroadcastDescriptor.MIN_CAPACITY)
                .instruments(16);
    }

    /** Closed before its resource is: what it drained is then to be read. */
    private static long lastSequenceOfClosed(Engine engine) {
        engine.close();
        return engine.summary().lastSequence();
    }

    private static void publish(Engine engine) {
        TickPublisher publisher = engine.newPublisher("p");
        int id = publisher.define("A");
        for (int bid = 1; bid <= TICKS; bid++) {
            publisher.awaitClaim(1);
            publisher.claim().tick(0).quote(id, NO_TIME, 1, bid, bid + 1, 1, 1);
            publisher.claim().commit();
        }
    }

    private static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** What a reader was given. */
    private static final class Seen {
        private final List<Long> sequences = new ArrayList<>();
        private final Tick tick = new Tick();
        private int ticks;
        private int skipped;
        private long missed;

        void take(BroadcastReader reader) {
            while (reader.poll()) {
                add(reader);
            }
        }

        void add(BroadcastReader reader) {
            missed += reader.missed();
            for (int i = 0; i < reader.count(); i++) {
                tick.wrap(reader.records(), reader.offset() + i * TickDescriptor.LENGTH);
                sequences.add(tick.sequence());
                ticks += TickDescriptor.isTick(tick.type()) ? 1 : 0;
                skipped += tick.type() == TickDescriptor.SKIP ? 1 : 0;
            }
        }
    }
}
