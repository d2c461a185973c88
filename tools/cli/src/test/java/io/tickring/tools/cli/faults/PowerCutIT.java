package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut: the engine is stopped and its disk, an image behind a loop device, copied as it stands, without what the file
 * system still held in memory but for some pages, which it might have written. What was durable by then must be in the copy.
 */
@ExtendWith(FaultTable.class)
class PowerCutIT {
    private static final FaultRow ROW =
            FaultTable.row("02 power cut", "files, folder and mark are forced before a sequence is called durable");
    private static final long CHUNK_BYTES = 64L << 20;
    private static final int SLACK_BYTES = 2 << 20;

    @TempDir
    Path folder;

    /** Where the journal's end is at the cut. */
    private enum Moment {
        BEGINNING("sim:rate=200k", "interval:1h"),
        IDLE("sim:rate=100", "block"),
        MID_CHUNK("sim:rate=200k", "interval:10ms"),
        CHUNK_EDGE("sim:rate=max", "process"),
        ROLL("sim:rate=200k", "interval:10ms");

        private final String feed;
        private final String durability;

        Moment(String feed, String durability) {
            this.feed = feed;
            this.durability = durability;
        }

        private void await(LiveEngine engine, Random random) {
            if (this == BEGINNING) {
                Jar.sleep(random.nextInt(120));
                return;
            }
            engine.awaitRunning();
            engine.await("a first durable tick", engine::durable, 20);
            switch (this) {
                case BEGINNING -> throw new IllegalStateException();
                case IDLE -> engine.await("some ticks", engine::durable, 20 + random.nextInt(20));
                case MID_CHUNK -> Jar.sleep(50 + random.nextInt(900));
                case CHUNK_EDGE -> {
                    long edge = CHUNK_BYTES - SLACK_BYTES + random.nextInt(2 * SLACK_BYTES);
                    engine.await("a full chunk", () -> engine.counter("journal bytes"), edge);
                }
                case ROLL -> {
                    long now = System.currentTimeMillis();
                    Jar.sleep(2_000 - now % 1_000 - 20 + random.nextInt(40));
                }
            }
        }
    }

    @Test
    void shouldKeepWhatWasDurable() {
        Moment[] moments = Moment.values();
        ROW.eachKind(moments.length, 5 * moments.length, moments.length, (number, random) -> {
            Moment moment = moments[number % moments.length];
            cut(moment, moment.durability, random, false);
        });
    }

    @Test
    void shouldSeeAnEngineThatForcesNothing() {
        ROW.control(
                "the force, by an interval of an hour", "", () -> cut(Moment.ROLL, "interval:1h", new Random(1), true));
    }

    /** @param believing takes for durable whatever is journaled */
    private void cut(Moment moment, String durability, Random random, boolean believing) throws Exception {
        Path live = folder.resolve("live-" + UUID.randomUUID());
        try (Disk disk = Disk.ext4(ROW, folder, "3G");
                Jar jar = new Jar(folder)) {
            Jar.Running process = jar.startEngine(
                    "--data",
                    disk.folder().resolve("data"),
                    "--live",
                    live,
                    "--durability",
                    durability,
                    "--feed",
                    moment.feed,
                    "--roll",
                    moment == Moment.ROLL ? "secondly" : "hourly",
                    "--quiet");
            LiveEngine engine = LiveEngine.watch(process, live, null);
            Path data = disk.folder().resolve("data");
            Jar.await("a journal's folder", () -> Files.exists(data.resolve("journal")));
            if (believing) {
                engine.awaitRunning();
                engine.await("journaled ticks", engine::journaled, 20_000);
            } else {
                moment.await(engine, random);
            }
            process.signal("STOP");
            long durable = believing ? engine.journaled() : moment == Moment.BEGINNING ? 0 : engine.durable();
            if (!believing) {
                JournalImage.writeBack(data, random);
            }
            try (Disk after = disk.afterPowerCut(folder, process::kill)) {
                requireAll(after.folder().resolve("data"), durable, moment);
            }
        }
    }

    private void requireAll(Path data, long durable, Moment moment) throws IOException {
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .liveDirectory(folder.resolve("live-" + UUID.randomUUID()))
                .instruments(1_024))) {
            assertThat(engine.firstSequence())
                    .as("%s: where a run goes on, and what was durable", moment)
                    .isGreaterThan(durable);
        }
        Tail.verify(data, durable);
    }
}
