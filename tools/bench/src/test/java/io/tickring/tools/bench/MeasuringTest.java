package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the figures are made of: times, CPU time, the disk. */
class MeasuringTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheCpuTimeOfEachThread() throws InterruptedException {
        CountDownLatch worked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        RunClock clock = RunClock.start();
        Thread worker = new Thread(
                () -> {
                    long startNs = System.nanoTime();
                    while (System.nanoTime() - startNs < 50_000_000) {
                        Thread.onSpinWait();
                    }
                    worked.countDown();
                    awaitQuietly(end);
                },
                "/a/folder worker");
        worker.start();
        worked.await();
        Lap lap = clock.stop();
        end.countDown();
        worker.join();
        assertThat(lap.elapsedNs()).isGreaterThanOrEqualTo(50_000_000);
        assertThat(lap.cpuNsByThread()).containsKey(RunClock.JVM);
        assertThat(lap.cpuNsByThread().get("worker")).isBetween(1_000_000L, lap.elapsedNs() * 2);
    }

    @Test
    void shouldKnowHowLongTasksWaitedForTheDisk() {
        assertThat(DiskPressure.parse(List.of(
                        "some avg10=0.15 avg60=0.18 avg300=0.08 total=1750586",
                        "full avg10=0.00 avg60=0.00 avg300=0.00 total=1054831")))
                .isEqualTo(1_750_586);
        assertThat(DiskPressure.parse(List.of())).isEqualTo(-1);
    }

    @Test
    void shouldCountWhatIsAllocatedAndNoHole() throws IOException {
        Path file = folder.resolve("file");
        Files.write(file, new byte[1 << 20]);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 32);
        }
        assertThat(DiskPressure.allocatedBytes(folder)).isBetween(1L << 20, 1L << 22);
    }

    @Test
    void shouldAddUpWhatTheSystemTook() {
        Histogram gaps = new Histogram(3);
        gaps.recordValue(20_000);
        gaps.recordValue(60_000);
        OsJitter jitter = new OsJitter(800_000, gaps);
        assertThat(jitter.lostShare()).isBetween(0.099, 0.101);
        assertThat(jitter.toString()).contains("10.0", "2 gaps", "60 µs");
        assertThat(new OsJitter(1, new Histogram(3)).lostShare()).isZero();
    }

    @Test
    void shouldWarnOfAMachineThatIsNotItsOwn() {
        Histogram gaps = new Histogram(3);
        gaps.recordValue(100_000);
        assertThat(conditions(0.4, new OsJitter(10_000_000, gaps)).warnings()).isEmpty();
        assertThat(conditions(-1, new OsJitter(10_000_000, gaps)).warnings()).isEmpty();
        assertThat(conditions(0.6, new OsJitter(10_000_000, gaps)).warnings())
                .singleElement()
                .asString()
                .contains("busy before the start (load 0.60)");
        assertThat(conditions(0.4, new OsJitter(1_000_000, gaps)).warnings())
                .singleElement()
                .asString()
                .contains("took 10 %");
    }

    private static Conditions conditions(double load, OsJitter jitter) {
        return new Conditions("a machine", "a JVM", "a folder", "today", 2, load, jitter, 3);
    }

    @Test
    void shouldMeasureTheJitterForAsLongAsAsked() {
        assertThat(OsJitter.measure(20_000_000).measuredNs()).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void shouldShareTheTicksOutAndGiveEachProducerItsInstruments() {
        Workload workload = Workload.burst(3, 20, 256);
        assertThat(List.of(workload.share(0), workload.share(1), workload.share(2)))
                .containsExactly(7L, 7L, 6L);
        for (int producer = 0; producer < 3; producer++) {
            TickSet set = workload.sets().get(producer);
            for (int number = 0; number < set.capacity(); number++) {
                assertThat(set.tick(number).instrumentId() % 3).isEqualTo(producer);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
