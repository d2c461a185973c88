package io.tickring.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendRoomTest {
    /** No file can be that long: EFBIG, 27. */
    private static final long TOO_FAR = Long.MAX_VALUE - (8L << 20);

    @TempDir
    Path folder;

    @Test
    void shouldTellAFailureThatIsNoLackOfSupport() throws IOException {
        Path file = Files.createFile(folder.resolve("cycle"));
        try (AppendRoom room = new AppendRoom()) {
            room.begin(file, 0);
            assertThatThrownBy(() -> room.begin(file, TOO_FAR))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk gives no room ahead: file=" + file + " position=" + TOO_FAR + " errno=27");
        }
    }

    @Test
    void shouldWriteZerosOnlyWhereNothingWasEverWritten() throws IOException {
        byte[] written = new byte[4 << 20];
        Arrays.fill(written, (byte) 1);
        Path file = Files.write(folder.resolve("cycle"), written);
        try (AppendRoom room = new AppendRoom()) {
            room.begin(file, 5000);
            int first = firstZero(file);
            assertThat(first).isEqualTo((256 + 2) * 4096);
            room.require(5000 + (32 << 10), 32 << 10);
            room.require(5000 + (64 << 10), 100);
            room.require(5000 + (64 << 10) + 100, 100);
            assertThat(firstZero(file)).isEqualTo(first);
            assertThat(Files.readAllBytes(file)).endsWith(Arrays.copyOfRange(written, first + (128 << 10), 4 << 20));
        }
    }

    private static int firstZero(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return IntStream.range(0, bytes.length)
                .filter(at -> bytes[at] == 0)
                .findFirst()
                .orElse(-1);
    }

    @Test
    void shouldTakeAnExceededQuotaForNoRoom() {
        AppendRoom room = new AppendRoom();
        assertThat(room.failure(122))
                .hasMessageStartingWith("no room on the disk: ")
                .hasMessageEndingWith("errno=122");
        assertThat(room.failure(28))
                .hasMessageStartingWith("no room on the disk: ")
                .hasMessageEndingWith("errno=28");
        assertThat(room.failure(5)).hasMessageStartingWith("the disk gives no room ahead: ");
    }
}
