package io.tickring.engine.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.ring.Records;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossProcessReadTest {
    private static final int INSTRUMENTS = 64;
    private static final String SECONDS = "10";

    @Test
    void shouldNeverShowAnotherProcessAHalfWrittenRow(@TempDir Path folder) throws IOException, InterruptedException {
        PriceTableFile file = PriceTableFile.build(folder, INSTRUMENTS);
        PriceTableWriter writer = new PriceTableWriter(file.buffer(), INSTRUMENTS);
        PriceTableHandler handler = new PriceTableHandler(
                writer, Long.MAX_VALUE, (sequence, digest) -> {}, Records.counter(), Records.counter());
        UnsafeBuffer batch = new UnsafeBuffer(new byte[INSTRUMENTS * TickDescriptor.LENGTH]);
        MutableTick tick = new MutableTick();
        for (int id = 0; id < INSTRUMENTS; id++) {
            tick.wrap(batch, id * TickDescriptor.LENGTH).definition(id, "S" + id);
        }
        handler.onBatch(batch, 0, 1, INSTRUMENTS);
        quotes(batch, tick, 0);
        handler.onBatch(batch, 0, 1, INSTRUMENTS);
        writer.publish(1, 1, ProcessHandle.current().pid(), 0);
        file.show();

        Process reader =
                new ProcessBuilder(command(folder)).redirectErrorStream(true).start();
        try {
            for (long round = 1; reader.isAlive(); round++) {
                quotes(batch, tick, round);
                handler.onBatch(batch, 0, 1, INSTRUMENTS);
            }
            assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo("rows=" + INSTRUMENTS * 1_000 * Integer.parseInt(SECONDS) + " violations=0");
        } finally {
            reader.destroyForcibly();
        }
    }

    private static void quotes(UnsafeBuffer batch, MutableTick tick, long value) {
        for (int id = 0; id < INSTRUMENTS; id++) {
            tick.wrap(batch, id * TickDescriptor.LENGTH)
                    .quote(id, value, value, value, value + 1, value * 3, value * 3);
        }
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(TableReaderProcess.class.getName(), folder.toString(), SECONDS));
        return command;
    }
}
