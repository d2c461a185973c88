package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
    private static final String JNA = "jna.tmpdir";
    private static final String JFFI = "jffi.extract.dir";

    @TempDir
    private Path folder;

    private final String jna = System.getProperty(JNA);
    private final String jffi = System.getProperty(JFFI);

    @BeforeEach
    void unset() {
        System.clearProperty(JNA);
        System.clearProperty(JFFI);
    }

    @AfterEach
    void setBack() {
        unset();
        if (jna != null) {
            System.setProperty(JNA, jna);
        }
        if (jffi != null) {
            System.setProperty(JFFI, jffi);
        }
    }

    @Test
    void shouldNameAFolderToTheLibrariesAndLeaveNothing() throws IOException {
        Path data = folder.resolve("a").resolve("b");
        try (NativeFolder natives = NativeFolder.in(data)) {
            Path made = data.resolve("native-" + ProcessHandle.current().pid());
            assertThat(System.getProperty(JNA)).isEqualTo(made.toString());
            assertThat(System.getProperty(JFFI)).isEqualTo(made.toString());
            Files.createFile(made.resolve("jffi1.so"));
            natives.removeLeftBehind();
            assertThat(made.resolve("jffi1.so")).exists();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldKeepADataFolderInWhichSomethingLies() throws IOException {
        Path data = folder.resolve("data");
        NativeFolder natives = NativeFolder.in(data);
        Files.createFile(data.resolve("LOCK"));
        natives.close();
        assertThat(data)
                .isDirectoryContaining(path -> path.endsWith("LOCK"))
                .isDirectoryNotContaining("glob:**native*");
    }

    @Test
    void shouldRemoveWhatDeadProcessesLeft() throws IOException {
        Path dead = Files.createDirectories(folder.resolve("native-999999999"));
        Files.createFile(dead.resolve("jna1.tmp"));
        Path other = Files.createDirectories(folder.resolve("native-x"));
        try (NativeFolder natives = NativeFolder.in(folder)) {
            natives.removeLeftBehind();
        }
        assertThat(dead).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void shouldSayWhyItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> NativeFolder.in(file))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("data=" + file + " cannot be written: it is a file");
        assertThat(System.getProperty(JNA)).isNull();
    }
}
