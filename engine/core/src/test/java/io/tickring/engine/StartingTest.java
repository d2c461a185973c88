package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.FolderStorage;
import io.tickring.engine.journaling.JournalRecovery.Progress;
import io.tickring.engine.journaling.JournalStorage;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.snapshot.SnapshotStore;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusReader.ReportedState;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockAppender;
import io.tickring.journal.BlockCodec;
import io.tickring.journal.BlockTailer;
import io.tickring.journal.JournalContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the status file says while an engine builds its state from a journal, and when that comes to nothing. */
@Timeout(60)
class StartingTest {
    private static final long LAST_SEQUENCE = 5;

    @TempDir
    private Path folder;

    @BeforeEach
    void journalDefinitionTicksAndCheckpoint() {
        try (Engine engine = Engine.launch(context((sequence, lastSequence) -> {}))) {
            TickPublisher publisher = engine.newPublisher("p");
            UnsafeBuffer ticks = new UnsafeBuffer(new byte[3 * TickDescriptor.LENGTH]);
            int id = publisher.define("A");
            for (int i = 0; i < 3; i++) {
                new MutableTick()
                        .wrap(ticks, i * TickDescriptor.LENGTH)
                        .quote(id, TickDescriptor.NO_TIME, i, i, i + 1, 1, 1);
            }
            publisher.publish(ticks, 0, 3);
        }
        assertThat(status().counters()).containsEntry("journaled sequence", LAST_SEQUENCE);
    }

    @Test
    void shouldShowThatItStarts() {
        long lastIncarnation = status().incarnation();
        List<StatusReader> seen = new ArrayList<>();
        List<ReportedState> states = new ArrayList<>();
        Engine.launch(context((sequence, lastSequence) -> {
                    seen.add(status());
                    states.add(status().reported());
                }))
                .close();
        assertThat(states).isNotEmpty().containsOnly(new ReportedState(EngineState.STARTING, null));
        StatusReader starting = seen.get(0);
        assertThat(starting.incarnation()).isGreaterThan(lastIncarnation);
        assertThat(starting.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(starting.counters())
                .containsEntry("accepted sequence", LAST_SEQUENCE)
                .containsEntry("journaled sequence", LAST_SEQUENCE);
        assertThat(starting.state()).as("the file that was shown is the run's").isEqualTo(EngineState.STOPPED);
    }

    @Test
    void shouldShowThatAStartWasAskedToEnd() {
        assertThatThrownBy(() -> Engine.launch(context((sequence, lastSequence) -> {
                    throw new CancellationException("asked");
                })))
                .isInstanceOf(EngineException.class);
        assertThat(status().reported()).isEqualTo(new ReportedState(EngineState.STOPPED, null));
        assertThat(status().errors()).isEmpty();
        Engine.launch(context((sequence, lastSequence) -> {})).close();
        assertThat(status().counters()).containsEntry("journaled sequence", LAST_SEQUENCE);
    }

    @Test
    void shouldShowWhyAStartFailed() {
        assertThatThrownBy(() -> Engine.launch(context((sequence, lastSequence) -> {
                    throw new IllegalStateException("no more");
                })))
                .isInstanceOf(EngineException.class);
        assertThat(status().reported())
                .isEqualTo(new ReportedState(EngineState.HALTED, StateReason.START_FAILED.name()));
        assertThat(status().errors())
                .singleElement()
                .matches(error -> error.text().contains("no more"));
    }

    @Test
    void shouldLetGoOfTheFolderWhereAnErrorEndsTheStart() {
        assertThatThrownBy(() -> Engine.launch(context((sequence, lastSequence) -> {
                    throw new LinkageError("no such method");
                })))
                .isInstanceOf(LinkageError.class);
        assertThat(status().reported())
                .isEqualTo(new ReportedState(EngineState.HALTED, StateReason.START_FAILED.name()));
        assertThat(folder.resolve("prices.new")).doesNotExist();
        Engine.launch(context((sequence, lastSequence) -> {})).close();
        assertThat(status().counters()).containsEntry("journaled sequence", LAST_SEQUENCE);
    }

    @Test
    void shouldLetGoOfTheFolderWhereAnErrorComesBetweenStateAndThreads() {
        assertThatThrownBy(() -> Engine.launch(context((sequence, lastSequence) -> {})
                        .watermarkBytes(1)
                        .storage(new FaultyDisk(folder))))
                .isInstanceOf(LinkageError.class);
        assertThat(status().reported())
                .isEqualTo(new ReportedState(EngineState.HALTED, StateReason.START_FAILED.name()));
        assertThat(status().errors())
                .singleElement()
                .matches(error -> error.text().contains("no such method"));
        Engine.launch(context((sequence, lastSequence) -> {})).close();
        assertThat(status().counters()).containsEntry("journaled sequence", LAST_SEQUENCE);
    }

    /** A folder of which the free room cannot be asked. */
    private record FaultyDisk(Path folder) implements JournalStorage {
        @Override
        public BlockAppender openAppender(JournalContext context) {
            return new FolderStorage(folder).openAppender(context);
        }

        @Override
        public BlockTailer openTailer(BlockCodec codec) {
            return new FolderStorage(folder).openTailer(codec);
        }

        @Override
        public SnapshotStore snapshots() {
            return new FolderStorage(folder).snapshots();
        }

        @Override
        public long usableBytes() {
            throw new LinkageError("no such method");
        }
    }

    @Test
    void shouldLeaveTheFilesOfAnEngineThatStartsToIt() {
        List<String> refused = new ArrayList<>();
        Engine.launch(context((sequence, lastSequence) -> {
                    long incarnation = status().incarnation();
                    assertThatThrownBy(() -> Engine.launch(context((first, last) -> {})))
                            .isInstanceOf(EngineException.class)
                            .satisfies(e -> refused.add(e.getMessage()));
                    assertThat(status().incarnation()).isEqualTo(incarnation);
                    assertThat(status().state()).isEqualTo(EngineState.STARTING);
                    assertThat(folder.resolve("status.new")).doesNotExist();
                }))
                .close();
        assertThat(refused).isNotEmpty().allMatch(message -> message.contains("in use"));
        assertThat(status().state()).isEqualTo(EngineState.STOPPED);
    }

    private StatusReader status() {
        try {
            return StatusReader.map(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EngineContext context(Progress progress) {
        return new EngineContext()
                .dataDirectory(folder)
                .threading(ThreadingMode.SHARED)
                .rebuilding(true)
                .recoveryProgress(progress);
    }
}
