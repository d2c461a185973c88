package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a person runs it: every peer of ingest does its work, with few ticks, and nothing is left behind. */
class BenchJarIT {
    private static final Path JAR =
            Path.of("../target/bench.jar").toAbsolutePath().normalize();
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long DEADLINE_S = 120;

    @TempDir
    private Path folder;

    @Test
    void shouldRunEachPeerOfIngestAndLeaveNothingBehind() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path json = folder.resolve("result.json");
        Process bench =
                start(data, "ingest", "--quick", "--rounds=1", "--ticks=20k", "--seconds=0.1", "--json=" + json);
        assertThat(bench.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(bench.exitValue()).as(text("err")).isZero();
        assertThat(text("out")).contains("OS jitter", "Not included", "CPU ns a tick", "producer 1", "bytes a tick");
        List<Baseline.Key> expected = new ArrayList<>();
        for (int producers : List.of(1, 3)) {
            for (PipelineKind kind : PipelineKind.all(producers)) {
                expected.add(new Baseline.Key("ingest-burst-" + producers, kind.name()));
                if (kind.journals()) {
                    expected.add(new Baseline.Key("ingest-sustained-" + producers, kind.name()));
                }
            }
        }
        assertThat(Baseline.read(json).rows()).containsOnlyKeys(expected);
        assertThat(text("err").lines())
                .filteredOn(line -> !line.startsWith("WARNING"))
                .allMatch(line -> line.startsWith("ingest-") && line.endsWith(" M/s"));
        assertNothingIsLeft(data, bench.pid());
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsEndedAtWork() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Process bench = start(data, "ingest", "--quick", "--rounds=1", "--ticks=20k", "--seconds=100");
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        while (!text("err").contains("Aeron IPC to table") && bench.isAlive()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            Thread.sleep(20);
        }
        bench.destroy();
        assertThat(bench.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft(data, bench.pid());
    }

    private Process start(Path data, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", JAR.toString(), "--data=" + data));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String text(String stream) throws IOException {
        return Files.readString(folder.resolve(stream));
    }

    private static void assertNothingIsLeft(Path data, long pid) throws IOException {
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
        if (Files.isDirectory(MEMORY)) {
            try (Stream<Path> left = Files.list(MEMORY)) {
                assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("bench-" + pid + "-"));
            }
        }
    }
}
