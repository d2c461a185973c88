package io.tickring.tools.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs all jcstress tests of this module in a process of their own; the report lies in {@code target/jcstress}. */
class StressIT {
    private static final int DEADLINE_MINUTES = 30;
    private static final List<String> SETTINGS = List.of(
            "-m",
            "quick",
            "-sc",
            "false",
            "-iters",
            "3",
            "-jvmArgsPrepend",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-r",
            "jcstress");

    @Test
    void shouldSeeNoForbiddenOutcome() throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main"));
        command.addAll(SETTINGS);
        Process jcstress = new ProcessBuilder(command)
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("jcstress.txt").toFile())
                .start();
        try {
            assertThat(jcstress.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES))
                    .as(
                            "an end; a test that waits for what never comes has none; see %s",
                            target.resolve("jcstress.txt"))
                    .isTrue();
            assertThat(jcstress.exitValue())
                    .as("exit code; see %s", target.resolve("jcstress.txt"))
                    .isZero();
        } finally {
            jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
            jcstress.destroyForcibly();
        }
        assertThat(Files.readString(target.resolve("jcstress.txt")))
                .contains("Failed tests: No matches", "Error tests: No matches")
                .containsPattern("All remaining tests: [1-9]");
    }
}
