package io.tickring.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicFileTest {
    private static final int LENGTH = (1 << 20) + 4096;
    private static final int BLOCK_LENGTH = 512;

    @TempDir
    Path folder;

    @Test
    void shouldHaveEachBlockBeforeItIsMapped() throws IOException, InterruptedException {
        PublicFile file = PublicFile.build(folder, "prices", LENGTH);
        assertThat(file.buffer().capacity()).isEqualTo(LENGTH);
        assertThat(blocks(folder.resolve("prices.new")) * BLOCK_LENGTH).isGreaterThanOrEqualTo(LENGTH);
        assertThat(Files.readAllBytes(folder.resolve("prices.new"))).containsOnly(0);
    }

    @Test
    void shouldStandUnderItsNameOnceItIsShown() throws IOException {
        Files.writeString(folder.resolve("prices.new"), "left by a kill");
        Files.writeString(folder.resolve("prices"), "the last run's");
        PublicFile file = PublicFile.build(folder, "prices", LENGTH);
        assertThat(folder.resolve("prices")).hasContent("the last run's");
        file.buffer().putByte(LENGTH - 1, (byte) 7);
        file.show();
        file.discard();
        assertThat(folder.resolve("prices.new")).doesNotExist();
        assertThat(Files.readAllBytes(folder.resolve("prices"))).hasSize(LENGTH).endsWith(7);
    }

    @Test
    void shouldLeaveNothingOnceItIsDiscarded() throws IOException {
        PublicFile.build(folder, "prices", LENGTH).discard();
        assertThat(folder).isEmptyDirectory();
    }

    /** As the system counts them; a file system that packs its files is not looked at. */
    private static long blocks(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String said = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        assumeThat(stat.waitFor()).as("a stat that counts blocks").isZero();
        return Long.parseLong(said);
    }
}
