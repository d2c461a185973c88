package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small library, put before the system's own in a process, that fails or moves what this asks of the system. */
final class Shim {
    private Shim() {}

    /** Builds the library whose source is the resource {@code name}; skips the row where there is no compiler. */
    static Path build(FaultRow row, Path folder, String name) throws IOException, InterruptedException {
        String compiler = Jar.command("cc", "--version") == 0 ? "cc" : "gcc";
        row.need(Jar.command(compiler, "--version") == 0, "no cc or gcc");
        Path source = folder.resolve(name);
        Path library = folder.resolve(name + ".so");
        try (InputStream in = Shim.class.getResourceAsStream(name)) {
            Files.copy(in, source);
        }
        assertThat(Jar.command(
                        compiler, "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl"))
                .as("%s %s", compiler, source)
                .isZero();
        return library;
    }
}
