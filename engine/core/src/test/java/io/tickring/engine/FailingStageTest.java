package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusReader.ReportedState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stage or a feed throws, the engine halts with its reason and keeps what it took; without memory the process ends. */
@Timeout(60)
class FailingStageTest {
    private static final int HALTED = 1;

    @TempDir
    private Path folder;

    static List<Throwable> throwables() {
        return List.of(
                new IllegalStateException("runtime"),
                new IOException("checked"),
                new AssertionError("error"),
                new StackOverflowError("overflow"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void shouldHaltOnWhateverAStageThrows(Throwable cause) throws InterruptedException {
        Engine engine =
                Engine.launch(context(folder).handler("broken", (records, offset, first, count) -> throwUnseen(cause)));
        TickPublisher publisher = engine.newPublisher("p");
        publisher.define("A");
        assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        assertThat(engine.status().reported()).isEqualTo(halted(StateReason.HANDLER_FAILED));
        Await.until("closed", publisher::isClosed);
        engine.close();
        assertThat(engine.summary().reason()).isEqualTo(StateReason.HANDLER_FAILED);
        assertThat(engine.summary().definitions()).isEqualTo(1);
        assertThat(engine.status().errors())
                .singleElement()
                .matches(error -> error.message().startsWith("stage=broken firstSequence=1 ")
                        && error.message().contains(cause.getMessage()));
        assertSound();
    }

    @Test
    void shouldHaltWithoutMemoryAndSaySoBeforeItAsksWhatElseToDo() throws InterruptedException {
        AtomicBoolean sawState = new AtomicBoolean();
        EngineContext context = context(folder).handler("broken", (records, offset, first, count) -> {
            throw new IllegalStateException(new OutOfMemoryError("of its own"));
        });
        context.onOutOfMemory(() -> sawState.set(isOutOfMemory(folder)));
        try (Engine engine = Engine.launch(context)) {
            engine.newPublisher("p").define("A");
            assertThat(engine.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
        }
        assertThat(sawState).isTrue();
        assertThat(isOutOfMemory(folder)).isTrue();
    }

    /** A second JVM with little memory, in which a stage, a feed or a publisher's thread takes all there is. */
    @ParameterizedTest
    @ValueSource(strings = {"stage", "feed"})
    void shouldEndTheProcessWithinASecondWhenThereIsNoMemory(String who) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx48m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(FailingStageTest.class.getName(), folder.toString(), who));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(HALTED);
            assertThat(StatusReader.map(folder).reported()).isEqualTo(halted(StateReason.OUT_OF_MEMORY));
        } finally {
            process.destroyForcibly();
        }
        Engine.launch(context(folder)).close();
        assertSound();
    }

    /** The second JVM: its exit code is 1 only if the engine asks for it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        EngineContext context = context(Path.of(args[0]));
        context.onOutOfMemory(() -> Runtime.getRuntime().halt(HALTED));
        if (args[1].equals("stage")) {
            context.handler("greedy", (records, offset, first, count) -> takeAllMemory());
        }
        Engine engine = Engine.launch(context);
        if (args[1].equals("feed")) {
            engine.start(List.of(new Engine.NamedFeed("greedy", "", new GreedyFeed())));
        }
        engine.newPublisher("p").define("A");
        Thread.sleep(30_000);
        Runtime.getRuntime().halt(3);
    }

    private static void takeAllMemory() {
        List<byte[]> taken = new ArrayList<>();
        while (true) {
            taken.add(new byte[1 << 20]);
        }
    }

    private static EngineContext context(Path folder) {
        return new EngineContext()
                .dataDirectory(folder)
                .threading(ThreadingMode.SHARED)
                .ringCapacity(64)
                .instruments(16);
    }

    private static ReportedState halted(StateReason reason) {
        return new ReportedState(EngineState.HALTED, reason.name());
    }

    private static boolean isOutOfMemory(Path folder) {
        try {
            return StatusReader.map(folder).reported().equals(halted(StateReason.OUT_OF_MEMORY));
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnseen(Throwable cause) throws E {
        throw (E) cause;
    }

    private void assertSound() {
        assertThat(new JournalCheck(folder, (sequence, last) -> {}).run().error())
                .isNull();
    }

    /** Takes all memory in place of ticks. */
    private static final class GreedyFeed implements Feed {
        @Override
        public String kind() {
            return "greedy";
        }

        @Override
        public long firstReceiveTimeNs() {
            return NO_TIME;
        }

        @Override
        public void run(FeedOutput output) {
            takeAllMemory();
        }

        @Override
        public void close() {}
    }
}
