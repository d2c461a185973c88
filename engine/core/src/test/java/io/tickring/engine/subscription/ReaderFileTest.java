package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place is kept for its own mode alone, and a file that is no reader's stays as it is. */
class ReaderFileTest {
    @TempDir
    private Path folder;

    private Path readers;

    @BeforeEach
    void makeFolder() throws IOException {
        readers = Files.createDirectory(folder.resolve(ReaderDescriptor.FOLDER));
    }

    @Test
    void shouldKeepAPlaceFromReadersOfAnotherMode() throws IOException {
        keep("mine", 41);
        for (SubscriptionMode mode : new SubscriptionMode[] {SubscriptionMode.EVERY, SubscriptionMode.LATEST}) {
            assertThatThrownBy(() -> ReaderFile.open(folder, "mine", mode, false))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessage("name=mine mode=" + mode + ": under that name the place of a reader of another mode is"
                            + " kept, nextSequence=42; choose another name, or remove " + readers.resolve("mine"));
        }
        assertThat(ReaderState.of(folder)).singleElement().satisfies(state -> {
            assertThat(state.keeps()).isTrue();
            assertThat(state.nextSequence()).isEqualTo(42);
        });
        ReaderFile again = ReaderFile.open(folder, "mine", SubscriptionMode.LOSSLESS, true);
        assertThat(again.nextSequence()).isEqualTo(42);
        assertThat(again.journalId()).isEqualTo(7);
        again.close();
    }

    @Test
    void shouldNotTakeTheFigureOfAKilledReaderForAPlace() throws IOException {
        leave("mine", 41);
        assertThat(ReaderState.of(folder)).singleElement().satisfies(state -> {
            assertThat(state.keeps()).isFalse();
            assertThat(state.nextSequence()).isEqualTo(42);
        });
        ReaderFile lossless = ReaderFile.open(folder, "mine", SubscriptionMode.LOSSLESS, true);
        assertThat(lossless.nextSequence()).isZero();
        assertThat(lossless.journalId()).isZero();
        lossless.close();
        assertThat(Files.list(readers)).as("nothing was read, nothing is kept").isEmpty();
    }

    @Test
    void shouldRefuseAForeignFileAndLeaveItAsItIs() throws IOException {
        byte[] page = new byte[ReaderDescriptor.LENGTH];
        Arrays.fill(page, (byte) 'x');
        byte[] late = new byte[ReaderDescriptor.LENGTH];
        late[late.length - 1] = 1;
        for (byte[] foreign : new byte[][] {{'n', 'o', 't', 'e'}, page, late, new byte[ReaderDescriptor.LENGTH + 1]}) {
            Path file = Files.write(readers.resolve("mine"), foreign);
            assertThatThrownBy(() -> ReaderFile.open(folder, "mine", SubscriptionMode.LOSSLESS, true))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessageStartingWith("file=" + file + ": not a reader's file of layout 2; remove it");
            assertThat(file).hasBinaryContent(foreign);
        }
        Files.createDirectory(readers.resolve("folder"));
        assertThatThrownBy(() -> ReaderFile.open(folder, "folder", SubscriptionMode.LOSSLESS, true))
                .isInstanceOf(SubscriptionException.class);
    }

    @Test
    void shouldBeginAnewWhatWasBegunAndNotFinished() throws IOException {
        for (int length : new int[] {0, 100, ReaderDescriptor.LENGTH}) {
            Files.write(readers.resolve("mine"), new byte[length]);
            ReaderFile file = ReaderFile.open(folder, "mine", SubscriptionMode.LOSSLESS, true);
            assertThat(file.nextSequence()).isZero();
            assertThat(readers.resolve("mine")).hasSize(ReaderDescriptor.LENGTH);
            file.close();
        }
    }

    @Test
    void shouldRemoveWhatKilledReadersLeftAndNothingElse() throws IOException {
        keep("kept", 41);
        leave("pid-1", 9);
        leave("killed", 9);
        ReaderFile alive = ReaderFile.open(folder, "alive", SubscriptionMode.LATEST, false);
        Files.writeString(readers.resolve("foreign"), "note");
        Files.createFile(readers.resolve(".gone.lock"));

        ReaderFile next = ReaderFile.open(folder, "next", SubscriptionMode.EVERY, false);
        assertThat(Files.list(readers).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "alive", ".alive.lock", "foreign", "kept", ".kept.lock", "next", ".next.lock");
        next.close();
        alive.close();
        assertThat(Files.list(readers).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("foreign", "kept", ".kept.lock");
    }

    @Test
    void shouldGiveEachNamelessReaderItsOwnFile() throws Exception {
        String own = "pid-" + ProcessHandle.current().pid();
        Files.writeString(readers.resolve(own + "-2"), "note");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<ReaderFile>> opening = threads.invokeAll(
                    Collections.nCopies(16, () -> ReaderFile.openNameless(folder, SubscriptionMode.EVERY)));
            assertThat(ReaderState.of(folder))
                    .hasSize(16)
                    .extracting(ReaderState::name)
                    .contains(own);
            for (Future<ReaderFile> file : opening) {
                file.get().close();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.list(readers)).containsExactly(readers.resolve(own + "-2"));
    }

    private void keep(String name, long read) throws IOException {
        ReaderFile file = ReaderFile.open(folder, name, SubscriptionMode.LOSSLESS, true);
        file.journalId(7);
        file.readUpTo(read);
        file.close();
    }

    /** As a killed reader leaves it: its file is there and nobody holds the name. */
    private void leave(String name, long read) throws IOException {
        ReaderFile file = ReaderFile.open(folder, name, SubscriptionMode.EVERY, false);
        file.journalId(7);
        file.readUpTo(read);
        byte[] left = Files.readAllBytes(readers.resolve(name));
        file.close();
        Files.write(readers.resolve(name), left);
    }
}
