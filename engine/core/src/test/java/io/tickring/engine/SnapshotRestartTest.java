package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.snapshot.SnapshotFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A start takes the newest snapshot that proves itself and reads what the journal has behind it, no more. */
@Timeout(120)
class SnapshotRestartTest {
    private static final int INTERVAL = 1_000;

    @TempDir
    private Path folder;

    @Test
    void shouldReadNothingBehindACleanEnd() {
        long digest = run(folder, 5_000);
        try (Engine again = Engine.launch(context(folder))) {
            assertThat(again.startup().records()).isZero();
            assertThat(again.startup().snapshotSequence()).isEqualTo(again.firstSequence() - 1);
            assertThat(again.summary().digest()).isEqualTo(digest);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED", "DEDICATED"})
    void shouldReadTheTailAloneAfterAKill(ThreadingMode threading) throws IOException {
        Path killed = folder.resolve("killed");
        long digest;
        try (Engine engine = Engine.launch(context(folder.resolve("live")).threading(threading))) {
            publish(engine, 1_100);
            Await.until("a snapshot", () -> engine.counters().snapshots.get() > 0);
            publish(engine, 600);
            Await.until("all of it journaled, all checkpoints too", () -> isQuiet(engine));
            copy(folder.resolve("live"), killed);
            digest = engine.summary().digest();
        }
        long last;
        try (Engine again = Engine.launch(context(killed))) {
            Startup startup = again.startup();
            last = again.firstSequence() - 1;
            assertThat(startup.snapshotSequence()).isPositive();
            assertThat(startup.records()).isEqualTo(last - startup.snapshotSequence());
            assertThat(again.summary().digest()).isEqualTo(digest);
            publish(again, 10);
        }
        try (Engine rebuilt = Engine.launch(context(killed).rebuilding(true))) {
            assertThat(rebuilt.startup().snapshotSequence()).isZero();
            assertThat(rebuilt.startup().records()).isGreaterThan(last);
        }
    }

    @Test
    void shouldNotRebuildTheSameRecordsTwice() throws IOException {
        Path killed = folder.resolve("killed");
        Path killedAgain = folder.resolve("killed again");
        try (Engine engine = Engine.launch(context(folder.resolve("live")).snapshotInterval(1_000_000))) {
            publish(engine, 1_100);
            Await.until("all of it journaled, all checkpoints too", () -> isQuiet(engine));
            copy(folder.resolve("live"), killed);
        }
        long last;
        try (Engine again = Engine.launch(context(killed))) {
            last = again.firstSequence() - 1;
            assertThat(again.startup().records()).isEqualTo(last).isGreaterThan(1_100);
            Await.until(
                    "a snapshot without a tick",
                    () -> again.counters().snapshots.get() > 0);
            copy(killed, killedAgain);
        }
        try (Engine third = Engine.launch(context(killedAgain))) {
            assertThat(third.startup().snapshotSequence()).isEqualTo(last);
            assertThat(third.startup().records()).isZero();
        }
    }

    @Test
    void shouldFallBackToTheSnapshotBefore() throws IOException {
        run(folder, 3_000);
        long digest = run(folder, 3_000);
        List<Path> all = snapshots(folder);
        long before = sequence(all.get(all.size() - 2));
        flip(all.get(all.size() - 1));
        try (Engine again = Engine.launch(context(folder))) {
            assertThat(again.startup().snapshotSequence()).isEqualTo(before);
            assertThat(again.startup().records()).isEqualTo(again.firstSequence() - 1 - before);
            assertThat(again.summary().digest()).isEqualTo(digest);
            assertThat(again.status().errors())
                    .anyMatch(error -> error.message().startsWith("a snapshot was passed over: file="));
        }
    }

    @Test
    void shouldGiveTheSameStateWithAndWithoutSnapshots() {
        long digest = run(folder, 4_000);
        try (Engine rebuilt = Engine.launch(context(folder).rebuilding(true))) {
            assertThat(rebuilt.summary().digest()).isEqualTo(digest);
            assertThat(rebuilt.startup().records()).isEqualTo(rebuilt.firstSequence() - 1);
        }
    }

    @Test
    void shouldStillKnowAllSymbolsInTheFilesThatFollow() {
        run(folder, 2_000);
        try (Engine again = Engine.launch(context(folder))) {
            TickPublisher publisher = again.newPublisher("own");
            assertThat(publisher.define("S3")).isEqualTo(3);
            assertThat(publisher.define("NEW")).isEqualTo(20);
        }
        try (Engine rebuilt = Engine.launch(context(folder).rebuilding(true))) {
            assertThat(rebuilt.newPublisher("own").define("NEW")).isEqualTo(20);
        }
    }

    @Test
    void shouldTellAReaderThatAnotherStartHasReplacedItsTable() throws IOException {
        run(folder, 100);
        PriceTableReader reader = PriceTableReader.map(folder);
        assertThat(reader.isReplaced()).isFalse();
        run(folder, 100);
        assertThat(reader.isReplaced()).isTrue();
        assertThat(PriceTableReader.map(folder).appliedSequence()).isGreaterThan(reader.appliedSequence());
    }

    @Test
    void shouldTakeNoneWhenToldSo() {
        try (Engine engine = Engine.launch(context(folder).snapshotInterval(0))) {
            publish(engine, 5_000);
        }
        assertThat(folder.resolve(SnapshotFolder.NAME)).doesNotExist();
    }

    private static boolean isQuiet(Engine engine) {
        long last = engine.counters().journaledSequence.get();
        return engine.ringDepth() == 0
                && engine.counters().checkpoints.get() == last / 256
                && engine.summary().lastSequence() == last;
    }

    private static EngineContext context(Path data) {
        return new EngineContext()
                .dataDirectory(data)
                .liveDirectory(data)
                .instruments(64)
                .roll(RollInterval.SECONDLY)
                .checkpointInterval(256)
                .snapshotInterval(INTERVAL);
    }

    private static long run(Path data, int ticks) {
        Engine engine = Engine.launch(context(data));
        publish(engine, ticks);
        engine.close();
        return engine.summary().digest();
    }

    private static void publish(Engine engine, int ticks) {
        TickPublisher publisher = engine.newPublisher("own");
        for (int i = 0; i < ticks; i++) {
            int id = publisher.define("S" + i % 20);
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(id, i, i, 1 + i % 7, 2 + i % 7, 3, 4);
            publisher.claim().commit();
        }
    }

    private static List<Path> snapshots(Path data) {
        try (Stream<Path> files = Files.list(data.resolve(SnapshotFolder.NAME))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sequence(Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().substring(0, 20));
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int value = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(value ^ 16);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
