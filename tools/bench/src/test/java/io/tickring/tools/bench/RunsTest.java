package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    @TempDir
    Path folder;

    @Test
    void shouldRestBeforeARunAndLeaveNothingBehind() throws IOException {
        long startNs = System.nanoTime();
        long begunNs = new Runs(folder, 0.2).run(fresh -> {
            Files.writeString(fresh.resolve("file"), "left");
            return System.nanoTime();
        });
        assertThat(begunNs - startNs).isGreaterThanOrEqualTo(200_000_000);
        assertThat(left()).isZero();
    }

    @Test
    void shouldLeaveNothingBehindAFailure() throws IOException {
        Runs runs = new Runs(folder, 0);
        assertThatThrownBy(() -> runs.run(fresh -> {
                    throw new BenchException(fresh.toString());
                }))
                .hasMessageStartingWith(folder.toString());
        assertThat(left()).isZero();
    }

    private long left() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }
}
