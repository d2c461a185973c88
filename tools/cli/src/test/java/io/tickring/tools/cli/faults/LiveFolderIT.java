package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.EngineState;
import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The journal is taken from under a running engine: it says so within two seconds, and ends. */
@ExtendWith(FaultTable.class)
class LiveFolderIT {
    private static final FaultRow ROW =
            FaultTable.row("09 journal taken while running", "whatever an append throws ends the engine");
    private static final long MAX_MS = 2_000;
    /** Who finds it first gives the reason: the look at the folder, the next append, the next force. */
    private static final Set<String> FITTING = Set.of("JOURNAL_GONE", "JOURNAL_FAILED", "FSYNC");

    @TempDir
    Path folder;

    @Test
    void shouldHaltWhenItsFileIsCutToNothing() {
        ROW.run(
                "cut to 0",
                () -> take(folder.resolve("data"), data -> {
                    List<Path> files = JournalImage.cycles(data);
                    try (RandomAccessFile file =
                            new RandomAccessFile(files.get(files.size() - 1).toFile(), "rw")) {
                        file.setLength(0);
                    }
                }));
    }

    @Test
    void shouldHaltWhenItsFolderIsRemoved() {
        ROW.run("removed", () -> take(folder.resolve("data"), data -> SmallJournal.delete(data.resolve("journal"))));
    }

    /** The kernel makes an ext4 read-only when its disk fails; what is mapped takes writes as before. */
    @Test
    void shouldHaltWhenItsDiskBecomesReadOnly() throws IOException, InterruptedException {
        try (Disk disk = Disk.ext4(ROW, folder, "64m")) {
            ROW.run("disk read-only", () -> take(disk.folder().resolve("data"), data -> disk.giveUp()));
        }
    }

    @Test
    void shouldHaltWhenItsFolderBecomesReadOnly() throws IOException, InterruptedException {
        try (Disk disk = Disk.inMemory(ROW, folder, "64m")) {
            Path data = disk.folder().resolve("data");
            Path journal = data.resolve("journal");
            ROW.run("folder read-only", () -> {
                try {
                    take(data, any -> Disk.coverReadOnly(journal));
                } finally {
                    Disk.uncover(journal);
                }
            });
        }
    }

    /** Takes something from a data folder. */
    @FunctionalInterface
    private interface Theft {
        void from(Path data) throws IOException;
    }

    private void take(Path data, Theft theft) throws IOException {
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = LiveEngine.watch(
                    jar.startEngine(
                            "--data",
                            data,
                            "--live",
                            folder.resolve("live"),
                            "--watermark",
                            "off",
                            "--feed",
                            "sim:rate=20k",
                            "--quiet"),
                    folder.resolve("live"),
                    null);
            engine.awaitRunning();
            // Behind the first force: the files are open, and nothing asks for them by name again.
            engine.await("durable ticks", engine::durable, 5_000);
            theft.from(data);
            long start = System.nanoTime();
            engine.awaitHalted("failed: ");
            assertThat(engine.status().state()).isEqualTo(EngineState.HALTED);
            assertThat(engine.status().reason()).isIn(FITTING);
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("from the theft to the end, in ms")
                    .isLessThanOrEqualTo(MAX_MS);
        }
    }
}
