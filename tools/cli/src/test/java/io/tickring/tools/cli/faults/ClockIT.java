package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.JsonText;
import io.tickring.tools.cli.Run;
import io.tickring.tools.cli.RunLaws;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the process steps, back and forth, while files of a second each are written. */
@ExtendWith(FaultTable.class)
class ClockIT {
    private static final FaultRow ROW =
            FaultTable.row("08 clock steps", "the journal's clock stands still until the wall clock has caught up");
    private static final List<Duration> STEPS =
            List.of(Duration.ofMillis(-2_500), Duration.ofDays(1), Duration.ofDays(-1));

    @TempDir
    Path folder;

    @Test
    void shouldLoseAndRefuseNothing() throws IOException, InterruptedException {
        Path shim = Shim.build(ROW, folder, "clock.c");
        ROW.eachKind(STEPS.size(), 2 * STEPS.size(), STEPS.size(), (number, random) -> {
            Duration step = STEPS.get(number % STEPS.size());
            run(shim, folder.resolve("data-" + number), step);
        });
    }

    private void run(Path shim, Path data, Duration step) throws IOException {
        Path offset = folder.resolve("offset");
        set(offset, Duration.ZERO);
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = LiveEngine.watch(
                    jar.startEngineUnder(
                            List.of(),
                            Map.of("LD_PRELOAD", shim.toString(), "CLOCK_OFFSET", offset.toString()),
                            "--data",
                            data,
                            "--roll",
                            "secondly",
                            "--feed",
                            "sim:rate=20k",
                            "--json",
                            "--quiet"),
                    data,
                    null);
            engine.awaitRunning();
            engine.await("some ticks", engine::journaled, 5_000);
            set(offset, step);
            engine.await("ticks after the step", engine::journaled, engine.journaled() + 24_000);
            assertThat(engine.counter("failures")).isZero();
            engine.process().interrupt();
            Run ended = engine.process().await();
            JsonText run = RunLaws.hold(ended);
            assertThat(run.integer("dropped")).isZero();
            JsonText verified = Tail.verify(data, run.integer("lastSequence"));
            assertThat(verified.integer("ticks")).isEqualTo(run.integer("published"));
        }
    }

    private static void set(Path file, Duration offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer nanos = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            channel.write(nanos.putLong(0, offset.toNanos()), 0);
        }
    }

    /** The store alone, which takes the time as it comes. */
    @Test
    void shouldSeeAStoreThatTakesTheTimeAsItComes() throws IOException {
        long[] timeMs = {1_723_161_255_000L};
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                Files.createDirectory(folder.resolve("queue")))
                        .rollCycle(TestRollCycles.TEST_SECONDLY)
                        .timeProvider(() -> timeMs[0])
                        .timeoutMS(500)
                        .build();
                ExcerptAppender appender = queue.createAppender()) {
            for (int i = 0; i < 3; i++, timeMs[0] += 1_000) {
                appender.writeText("tick");
            }
            timeMs[0] += STEPS.get(0).toMillis();
            ROW.control("the clock that never goes back", "WriteAfterEOF", () -> appender.writeText("tick"));
        }
    }
}
