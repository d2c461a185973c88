package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The journal is taken from under a running engine: it says so within two seconds, and ends. */
@ExtendWith(FaultTable.class)
class LiveFolderIT {
    private static final FaultRow ROW =
            FaultTable.row("09 journal taken while running", "whatever an append throws ends the engine");
    private static final long MAX_MS = 2_000;

    @TempDir
    Path folder;

    @Test
    void shouldHaltWhenItsFileIsCutToNothing() {
        ROW.run(
                "cut to 0",
                () -> take(data -> {
                    List<Path> files = JournalImage.cycles(data);
                    try (RandomAccessFile file =
                            new RandomAccessFile(files.get(files.size() - 1).toFile(), "rw")) {
                        file.setLength(0);
                    }
                }));
    }

    @Test
    void shouldHaltWhenItsFolderIsRemoved() {
        ROW.run("removed", () -> take(data -> SmallJournal.delete(data.resolve("journal"))));
    }

    /** Takes something from a data folder. */
    @FunctionalInterface
    private interface Theft {
        void from(Path data) throws IOException;
    }

    private void take(Theft theft) throws IOException {
        Path data = folder.resolve("data");
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = LiveEngine.watch(
                    jar.startEngine(
                            "--data", data, "--live", folder.resolve("live"), "--feed", "sim:rate=20k", "--quiet"),
                    folder.resolve("live"),
                    null);
            engine.awaitRunning();
            // Behind the first force: the files are open, and nothing asks for them by name again.
            engine.await("durable ticks", engine::durable, 5_000);
            theft.from(data);
            long start = System.nanoTime();
            engine.awaitHalted("failed: ");
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("from the theft to the end, in ms")
                    .isLessThanOrEqualTo(MAX_MS);
        }
    }
}
