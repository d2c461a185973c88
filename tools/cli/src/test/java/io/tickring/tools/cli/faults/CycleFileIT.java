package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineException;
import io.tickring.tools.cli.JsonText;
import io.tickring.tools.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole files of a journal that lies still: missing, swapped, another journal's. Each is named, by reading and by a start. */
@ExtendWith(FaultTable.class)
class CycleFileIT {
    private static final FaultRow ROW = FaultTable.row(
            "09 missing, swapped, foreign file", "each block holds its journal's id and the CRC before it");
    private static final int CYCLES = 4;

    @TempDir
    Path folder;

    private SmallJournal journal;
    private Path copy;

    @BeforeEach
    void write() throws IOException, InterruptedException {
        journal = SmallJournal.write(folder, CYCLES);
        copy = folder.resolve("copy");
    }

    /** The first file may be gone: that is how old files are let go. What is left then is all there is. */
    @Test
    void shouldNameAFileThatIsMissing() {
        for (int i = 1; i < CYCLES; i++) {
            int missing = i;
            ROW.run("missing " + i, () -> {
                List<Path> files = copied();
                Files.delete(files.get(missing));
                requireNamed(files.get(Math.min(missing + 1, CYCLES - 1)));
            });
        }
    }

    @Test
    void shouldNameFilesThatAreSwapped() {
        for (int i = 0; i < CYCLES - 1; i++) {
            int first = i;
            ROW.run("swapped " + i, () -> {
                List<Path> files = copied();
                Path aside = folder.resolve("aside");
                Files.move(files.get(first), aside);
                Files.move(files.get(first + 1), files.get(first));
                Files.move(aside, files.get(first + 1));
                requireNamed(null);
            });
        }
    }

    @Test
    void shouldNameAFileOfAnotherJournal() throws IOException, InterruptedException {
        SmallJournal other = SmallJournal.write(Files.createDirectory(folder.resolve("other")), CYCLES);
        List<Path> foreign = JournalImage.cycles(other.data());
        for (int i = 0; i < CYCLES; i++) {
            int taken = i;
            ROW.run("foreign " + i, () -> {
                Path into = copied().get(taken);
                Files.copy(foreign.get(taken), into, StandardCopyOption.REPLACE_EXISTING);
                requireNamed(null);
            });
        }
    }

    /** A reader that takes file after file finds nothing wrong. */
    @Test
    void shouldSeeAReaderThatDoesNotFollowTheLinks() throws IOException {
        List<JournalImage.Block> all = JournalImage.blocks(journal.data());
        Files.delete(copied().get(1));
        ROW.control("the links between blocks", "a gap", () -> {
            List<JournalImage.Block> read = JournalImage.blocks(copy);
            assertThat(read).as("a gap that nothing told of").hasSameSizeAs(all);
        });
    }

    private List<Path> copied() throws IOException {
        SmallJournal.copy(journal.data(), copy);
        return JournalImage.cycles(copy);
    }

    /** @param place the file that must be named; null for any */
    private void requireNamed(Path place) {
        String name = place == null ? "file=" : "file=" + place.getFileName();
        Run verify = Run.tools("verify", "--json", "--data", copy);
        assertThat(verify.exitCode()).as(verify.data()).isEqualTo(1);
        assertThat(
                        verify.data().isEmpty()
                                ? verify.talk()
                                : JsonText.parse(verify.data()).text("error"))
                .contains(name);
        Run replay = Run.tools("replay", "--none", "--data", copy);
        assertThat(replay.exitCode()).as(replay.talk()).isEqualTo(1);
        assertThat(replay.talk()).contains(name);
        try (Engine engine = Engine.launch(journal.continuing(copy))) {
            throw new AssertionError("started from sequence " + engine.firstSequence());
        } catch (EngineException e) {
            assertThat(e).hasMessageContaining("file=");
        }
    }
}
