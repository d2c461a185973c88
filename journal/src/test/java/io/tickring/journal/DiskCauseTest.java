package io.tickring.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCauseTest {
    @TempDir
    Path folder;

    @Test
    void shouldSayThatTheDiskIsFullAndNothingOfPermissions() {
        for (Exception full : new Exception[] {
            new IOException("No space left on device"),
            new FileSystemException("/d/LOCK", null, "No space left on device"),
            new FileNotFoundException("/d/durable (Disk quota exceeded)"),
            new UncheckedIOException(new IOException("no room on the disk for another file: folder=/d"))
        }) {
            assertThat(DirectoryLock.unwritable(folder, full))
                    .hasMessage("no room on the disk: folder=" + folder + "; make room and start again");
        }
    }

    @Test
    void shouldSayInWordsWhatIsDenied() {
        assertThat(DirectoryLock.unwritable(folder, new AccessDeniedException("/d")))
                .hasMessage("the data folder cannot be written: directory=" + folder
                        + " cause=permission denied; choose another folder or change its permissions");
        assertThat(DiskCause.text(new FileSystemException("/d", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(DiskCause.text(new IOException("Input/output error"))).isEqualTo("Input/output error");
    }

    @Test
    void shouldTakeAFaultInAMappedFileForNoRoomOnlyOnAFullDisk() {
        assertThat(DiskCause.isNoRoom(folder, new InternalError("a fault occurred")))
                .isFalse();
    }
}
