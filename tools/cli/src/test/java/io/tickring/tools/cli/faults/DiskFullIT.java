package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.status.EngineState;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The journal's disk is nearly or wholly full: the engine says so, and all that it acknowledged is there when there is room again. */
@ExtendWith(FaultTable.class)
class DiskFullIT {
    private static final FaultRow NEARLY =
            FaultTable.row("05 disk nearly full", "the journal pauses, and tells the gap");
    private static final FaultRow WHOLLY = FaultTable.row("05 disk full", "a failed append ends the journal");
    private static final long MIB = 1 << 20;
    /** In the second until a full disk is seen, the journal needs no more than the room that it has taken. */
    private static final String SLOW = "sim:rate=1k";

    @TempDir
    Path folder;

    @Test
    void shouldServeOnWithoutItsJournalAndGoOnBehindAGap() {
        NEARLY.eachKind(2, 6, 1, (number, random) -> {
            try (Disk disk = disk(NEARLY, number)) {
                Path data = disk.folder().resolve("data");
                long acknowledged = fillAndFree(disk, data);
                assertThat(Tail.verify(data, acknowledged).field("gaps").elements())
                        .hasSize(1);
                requireAll(data, acknowledged);
            }
        });
    }

    @Test
    void shouldFindNothingWithTheWatchOff() throws Exception {
        NEARLY.control("--watermark off", "a degraded engine", () -> {
            try (Disk disk = disk(NEARLY, 0);
                    Jar jar = new Jar(folder)) {
                LiveEngine engine = start(jar, disk.folder().resolve("data"), "--watermark", "off");
                engine.awaitRunning();
                fill(disk, 16 * MIB);
                engine.await("two seconds' records", engine::journaled, engine.journaled() + 40_000);
                assertThat(engine.status().state()).as("a degraded engine").isEqualTo(EngineState.DEGRADED);
            }
        });
    }

    /** By default the files that others map lie on the journal's disk: each page of them has its block since the start. */
    @Test
    void shouldServeOnWhereItsOwnFilesLieOnTheFullDisk() {
        NEARLY.each(2, 1, (number, random) -> {
            try (Disk disk = disk(NEARLY, number, "160m")) {
                Path data = disk.folder().resolve("data");
                Tail.verify(data, fillToTheLastBlock(disk, data));
            }
        });
    }

    /** Nothing but words and an exit code comes of a start for which there is no room. */
    @Test
    void shouldRefuseToStartWhereThereIsNoRoomAndSaySo() {
        long[] freeMiB = {0, 12, 40};
        NEARLY.each(2 * freeMiB.length, 1, (number, random) -> {
            try (Disk disk = disk(NEARLY, number);
                    Jar jar = new Jar(folder)) {
                Path data = disk.folder().resolve("data");
                fill(disk, freeMiB[number / 2] * MIB);
                Run run = jar.startEngine("--data", data, "--feed", "sim:rate=20k", "--quiet")
                        .await();
                assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
                assertThat(run.talk()).contains("no room on the disk: folder=").doesNotContain("permissions");
                assertThat(data.resolve("prices.new")).doesNotExist();
                assertThat(data.resolve("broadcast.new")).doesNotExist();
                assertThat(data.resolve("status.new")).doesNotExist();
            }
        });
    }

    @Test
    void shouldStopInOrderWhenToldSo() {
        NEARLY.eachKind(2, 2, 1, (number, random) -> {
            try (Disk disk = disk(NEARLY, number);
                    Jar jar = new Jar(folder)) {
                Path data = disk.folder().resolve("data");
                LiveEngine engine = start(jar, data, "--watermark", "24MiB", "--on-degraded", "stop");
                engine.awaitRunning();
                fill(disk, 16 * MIB);
                engine.awaitHalted("degraded: DISK_LOW: ");
                Tail.verify(data, engine.journaled());
            }
        });
    }

    @Test
    void shouldHaltOnADiskThatIsFullAndLoseNothing() {
        WHOLLY.eachKind(2, 6, 1, (number, random) -> {
            try (Disk disk = disk(WHOLLY, number)) {
                Path data = disk.folder().resolve("data");
                long acknowledged = runOutOfRoom(disk, data, random);
                requireAll(data, acknowledged);
                Tail.verify(data, acknowledged);
            }
        });
    }

    private Disk disk(FaultRow row, int number) throws IOException, InterruptedException {
        return disk(row, number, "64m");
    }

    private Disk disk(FaultRow row, int number, String size) throws IOException, InterruptedException {
        return number % 2 == 0 ? Disk.inMemory(row, folder, size) : Disk.ext4(row, folder, size);
    }

    /** Answers what was acknowledged. */
    private long fillAndFree(Disk disk, Path data) throws IOException {
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = start(jar, data, "--watermark", "24MiB");
            engine.awaitRunning();
            Path ballast = fill(disk, 16 * MIB);
            Jar.await("a degraded engine", () -> engine.status().state() == EngineState.DEGRADED);
            assertThat(engine.status().reason()).isEqualTo("DISK_LOW");
            engine.await("records that are passed over", () -> engine.counter("records not journaled"), 20_000);
            assertThat(engine.counter("ticks applied")).isGreaterThan(engine.counter("ticks journaled") + 10_000);
            Files.delete(ballast);
            engine.await("a gap", () -> engine.counter("gaps"), 1);
            Jar.await("an engine that runs again", () -> engine.status().state() == EngineState.RUNNING);
            long behindGap = engine.journaled();
            engine.await("records behind the gap", engine::journaled, behindGap + 1_000);
            engine.process().signal("TERM");
            Run run = engine.process().await();
            assertThat(run.exitCode()).as(run.talk()).isZero();
            return engine.journaled();
        }
    }

    /** Answers what was acknowledged. */
    private long fillToTheLastBlock(Disk disk, Path data) throws IOException {
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = startIn(data, jar, data, SLOW, "--watermark", "24MiB");
            engine.awaitRunning();
            engine.await("some records", engine::journaled, 500);
            Path ballast = fill(disk, 0);
            Jar.await("a degraded engine", () -> engine.status().state() == EngineState.DEGRADED);
            long applied = engine.counter("ticks applied");
            engine.await("ticks on a full disk", () -> engine.counter("ticks applied"), applied + 2_000);
            assertThat(engine.status().state()).isEqualTo(EngineState.DEGRADED);
            assertThat(engine.status().reason()).isEqualTo("DISK_LOW");
            Files.delete(ballast);
            Jar.await("an engine that runs again", () -> engine.status().state() == EngineState.RUNNING);
            engine.await("records behind the gap", engine::journaled, engine.journaled() + 500);
            engine.process().signal("TERM");
            Run run = engine.process().await();
            assertThat(run.exitCode()).as(run.talk()).isIn(0, 1);
            assertThat(run.talk().lines().filter(line -> line.startsWith("tickring: ")))
                    .as("nothing is missed but lines of the latency log")
                    .allMatch(line -> line.startsWith("tickring: latency log: "));
            return engine.journaled();
        }
    }

    private long runOutOfRoom(Disk disk, Path data, Random random) throws IOException {
        try (Jar jar = new Jar(folder)) {
            LiveEngine engine = start(jar, data, "--watermark", "off");
            engine.awaitRunning();
            engine.await("some records", engine::journaled, 1_000 + random.nextInt(10_000));
            Path ballast = fill(disk, 0);
            engine.awaitHalted("failed: stage=(journal|force) ");
            assertThat(engine.status().state()).isEqualTo(EngineState.HALTED);
            Files.delete(ballast);
            return engine.journaled();
        }
    }

    private LiveEngine start(Jar jar, Path data, String... more) {
        return startIn(folder.resolve("live-" + UUID.randomUUID()), jar, data, "sim:rate=20k", more);
    }

    private LiveEngine startIn(Path live, Jar jar, Path data, String feed, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of("--data", data.toString(), "--live", live.toString(), "--feed", feed, "--quiet"),
                        Stream.of(more))
                .toList();
        return LiveEngine.watch(jar.startEngine(arguments.toArray()), live, null);
    }

    /** Writes a file until no more than {@code freeBytes} are free. */
    private static Path fill(Disk disk, long freeBytes) throws IOException {
        Path ballast = disk.folder().resolve("ballast");
        byte[] block = new byte[64 * 1024];
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            while (Files.getFileStore(ballast).getUsableSpace() > freeBytes) {
                file.write(block);
            }
        } catch (IOException full) {
            assertThat(freeBytes).as(full.toString()).isZero();
        }
        return ballast;
    }

    private void requireAll(Path data, long acknowledged) {
        assertThat(acknowledged).isPositive();
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .liveDirectory(folder.resolve("live-" + UUID.randomUUID()))
                .watermarkBytes(0)
                .instruments(1_024))) {
            assertThat(engine.firstSequence()).as("where a run goes on").isGreaterThan(acknowledged);
        }
    }
}
