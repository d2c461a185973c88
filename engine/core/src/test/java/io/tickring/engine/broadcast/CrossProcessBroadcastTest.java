package io.tickring.engine.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossProcessBroadcastTest {
    private static final int CAPACITY = 1 << 20;
    private static final int MESSAGES = 100_000;

    /** The other process takes a rest now and then, so that it is lapped. */
    @Test
    void shouldAccountForEachRecordInAnotherProcess(@TempDir Path folder) throws IOException, InterruptedException {
        BroadcastFile file = BroadcastFile.build(folder, CAPACITY);
        file.show(1, 1, ProcessHandle.current().pid(), 0, 1);
        Batches batches = new Batches(file.handler(), 1);
        Process reader =
                new ProcessBuilder(command(folder)).redirectErrorStream(true).start();
        try {
            InputStream said = reader.getInputStream();
            assertThat(said.read()).as("the reader has joined").isEqualTo('r');
            Random random = new Random(1);
            while (reader.isAlive()) {
                batches.write(1 + random.nextInt(64));
            }
            assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .matches("messages=" + MESSAGES + " missed=[1-9][0-9]* sound=true");
        } finally {
            reader.destroyForcibly();
        }
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(BroadcastReaderProcess.class.getName(), folder.toString(), "" + MESSAGES));
        return command;
    }
}
