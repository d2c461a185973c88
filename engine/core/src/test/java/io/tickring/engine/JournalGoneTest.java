package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.ring.TickPublisher;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the journal's files under a running engine is found within two seconds. */
@Timeout(60)
class JournalGoneTest {
    @TempDir
    private Path folder;

    @Test
    void shouldHaltWhenTheFolderIsRemoved() throws Exception {
        expectHalt("it was removed", () -> remove(data()));
    }

    @Test
    void shouldHaltWhenAFileIsMovedAway() throws Exception {
        expectHalt("it was removed", () -> Files.move(file(), folder.resolve("aside")));
    }

    @Test
    void shouldHaltWhenAnotherFileIsInItsPlace() throws Exception {
        expectHalt("another file is in its place", () -> {
            Path file = file();
            Path other = Files.copy(file, folder.resolve("other"));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Idle: nobody touches what is no longer there. */
    @Test
    void shouldHaltWhenTheFileIsCut() throws Exception {
        expectHalt("it was cut from", () -> {
            try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        });
    }

    private interface Fault {
        void happen() throws IOException;
    }

    private void expectHalt(String cause, Fault fault) throws Exception {
        Engine engine = Engine.launch(
                new EngineContext().dataDirectory(data()).instruments(16).watermarkBytes(0));
        TickPublisher publisher = engine.newPublisher("own");
        int id = publisher.define("A");
        long last = publisher.awaitClaim(1);
        publisher.claim().tick(0).quote(id, 1, 1, 1, 2, 3, 4);
        publisher.claim().commit();
        assertThat(engine.awaitDurable(last, 10, TimeUnit.SECONDS)).isTrue();
        fault.happen();
        StopReason reason = engine.awaitEnd(10, TimeUnit.SECONDS);
        engine.close();
        assertThat(reason).isEqualTo(StopReason.FAILED);
        assertThat(engine.status().reason()).isEqualTo("JOURNAL_GONE");
        assertThat(engine.status().errors())
                .anyMatch(error -> error.message().contains("the journal is no longer where it was: path=")
                        && error.message().contains(cause));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
