package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name has one reader, in this process and all others. */
class ReaderLockTest {
    @TempDir
    private Path folder;

    /** Another process that tries to take a name. */
    static final class Other {
        static final int TAKEN = 3;
        static final int HELD = 4;

        private Other() {}

        public static void main(String[] args) throws IOException {
            System.exit(ReaderLock.tryTake(Path.of(args[0]), args[1]) == null ? HELD : TAKEN);
        }
    }

    @Test
    void shouldHoldTheNameAgainstAnotherProcessWhileItsOwnLooksAndTries() throws Exception {
        ReaderFile mine = ReaderFile.open(folder, "mine", SubscriptionMode.LOSSLESS, true);
        assertThat(ReaderState.of(folder)).hasSize(1);
        assertThatThrownBy(() -> ReaderFile.open(folder, "mine", SubscriptionMode.LOSSLESS, true))
                .isInstanceOf(SubscriptionException.class)
                .hasMessageStartingWith("name=mine: another reader of that name is running");
        assertThat(other("mine")).isEqualTo(Other.HELD);

        mine.close();
        assertThat(other("mine")).isEqualTo(Other.TAKEN);
    }

    @Test
    void shouldHoldTheNameThroughTheSecondCloseOfTheOneBefore() throws Exception {
        ReaderFile first = ReaderFile.open(folder, "mine", SubscriptionMode.EVERY, false);
        first.close();
        try (ReaderLocked second = new ReaderLocked(ReaderFile.open(folder, "mine", SubscriptionMode.EVERY, false))) {
            assertThat(second).isNotNull();
            first.close();
            assertThat(ReaderState.of(folder)).hasSize(1);
            assertThat(other("mine")).isEqualTo(Other.HELD);
        }
        assertThat(Files.list(readers())).isEmpty();
    }

    @Test
    void shouldKnowItsOwnFilesAlone() {
        assertThat(ReaderLock.nameOf(folder.resolve(".mine.lock"))).isEqualTo("mine");
        assertThat(ReaderLock.nameOf(folder.resolve("mine.lock"))).isNull();
        assertThat(ReaderLock.nameOf(folder.resolve(".lock"))).isNull();
    }

    private Path readers() {
        return folder.resolve(ReaderDescriptor.FOLDER);
    }

    private int other(String name) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        readers().toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Closes what is open at the end of a test. */
    private record ReaderLocked(ReaderFile file) implements AutoCloseable {
        @Override
        public void close() {
            file.close();
        }
    }
}
