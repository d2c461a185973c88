package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power is cut: the engine is stopped and its disk, an image behind a loop device, copied as it stands, without what the file
 * system still held in memory. What was durable by then must be in the copy. Only where this user may mount.
 */
class PowerCutIT {
    private static final long TICKS = 20_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"process", "interval:10ms", "block"})
    void shouldKeepWhatWasDurable(String durability) throws IOException, InterruptedException {
        Path image = folder.resolve("image");
        Path copy = folder.resolve("copy");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path live = folder.resolve("live");
        Jar.command("truncate", "-s", "3G", image.toString());
        assumeTrue(
                Jar.command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=1", image.toString()) == 0,
                "no mkfs.ext4");
        assumeTrue(mount(image, disk), "no loop device");
        long durable;
        try (Jar jar = new Jar(folder)) {
            Jar.Running engine = jar.startEngine(
                    "--data", disk.resolve("data"), "--live", live, "--durability", durability, "--roll", "secondly");
            engine.awaitRunning(live);
            Jar.await("durable ticks", () -> durableSequence(live) >= TICKS);
            engine.signal("STOP");
            durable = durableSequence(live);
            assertThat(Jar.command("cp", "--sparse=always", image.toString(), copy.toString()))
                    .isZero();
            engine.kill();
        } finally {
            assertThat(Jar.command("umount", disk.toString())).isZero();
        }
        assertThat(mount(copy, disk)).isTrue();
        try (Jar jar = new Jar(folder.resolve("after"))) {
            Path data = disk.resolve("data");
            JsonText run = RunLaws.hold(jar.engine("--data", data, "--ticks", "1000", "--json"));
            assertThat(run.integer("firstSequence")).isGreaterThan(durable);
            assertThat(run.integer("durableSequence")).isEqualTo(run.integer("lastSequence"));
            RunLaws.sound(jar.tools("verify", "--json", "--data", data));
        } finally {
            assertThat(Jar.command("umount", disk.toString())).isZero();
        }
    }

    private static long durableSequence(Path live) {
        return JsonText.parse(
                        Run.tools("stat", "--once", "--json", "--live", live).data())
                .integer("durableSequence");
    }

    private static boolean mount(Path image, Path disk) throws InterruptedException {
        return Jar.command("mount", "-o", "loop", image.toString(), disk.toString()) == 0;
    }
}
