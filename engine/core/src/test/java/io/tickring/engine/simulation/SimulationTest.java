package io.tickring.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole lives of engines on simulated storage and time. {@code -Dsimulation.seeds=10000} for more of them (a newer JDK than the default
 * runs a tenth, and 500 at least), {@code -Dsimulation.seed=42} for the one that failed. What was run is printed, and kept in
 * {@code target/simulation.txt} for the fault suite's table.
 */
class SimulationTest {
    private static final long ENOUGH_SEEDS = 500;
    private static final int DEFAULT_JDK = 17;
    private static final long SEEDS = scaled(Long.getLong("simulation.seeds", ENOUGH_SEEDS));
    private static final Long SEED = Long.getLong("simulation.seed");
    private static final int MOST_SEEDS_TO_FIND_A_FLAW = 200;
    private static final Path FILE = Path.of("target/simulation.txt");

    private static int ran;
    private static int failed;
    private static int flaws;
    private static int flawsSeen;
    private static long nanos;

    private static long scaled(long seeds) {
        boolean isTenth = seeds > ENOUGH_SEEDS && Runtime.version().feature() > DEFAULT_JDK;
        return isTenth ? Math.max(ENOUGH_SEEDS, seeds / 10) : seeds;
    }

    @AfterAll
    static void tell() throws IOException {
        String row = String.format(
                "java=%d%nran=%d%nfailed=%d%noff=%d%noffSeen=%d%nseconds=%d%n",
                Runtime.version().feature(), ran, failed, flaws, flawsSeen, nanos / 1_000_000_000);
        System.out.println("row 11 simulation by seed: " + row.strip().replace(System.lineSeparator(), " "));
        Files.writeString(FILE, row);
    }

    @Test
    void shouldKeepWhatItPromises() {
        Set<Event> met = EnumSet.noneOf(Event.class);
        LongStream seeds = SEED == null ? LongStream.range(0, SEEDS) : LongStream.of(SEED);
        long startNs = System.nanoTime();
        seeds.forEach(seed -> {
            Simulation simulation = new Simulation(seed, Flaw.NONE);
            Throwable fault = fault(simulation);
            ran++;
            nanos = System.nanoTime() - startNs;
            if (fault != null) {
                failed++;
                fail("-Dsimulation.seed=" + seed + ": " + fault, fault);
            }
            met.addAll(simulation.events());
        });
        if (SEED == null && SEEDS >= ENOUGH_SEEDS) {
            assertThat(met).as("what has happened").containsExactlyInAnyOrder(Event.values());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldFindAFlaw(Flaw flaw) {
        flaws++;
        assertThat(LongStream.range(0, MOST_SEEDS_TO_FIND_A_FLAW)
                        .anyMatch(seed -> fault(new Simulation(seed, flaw)) != null))
                .isTrue();
        flawsSeen++;
    }

    @Test
    void shouldGoTheSameWayWithTheSameSeed() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(fingerprint(seed)).as("seed=%d", seed).isEqualTo(fingerprint(seed));
        }
    }

    private static int fingerprint(long seed) throws Exception {
        Simulation simulation = new Simulation(seed, Flaw.NONE);
        simulation.run();
        return simulation.fingerprint();
    }

    private static Throwable fault(Simulation simulation) {
        try {
            simulation.run();
            return null;
        } catch (Exception | AssertionError fault) {
            return fault;
        }
    }
}
