package io.tickring.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole lives of engines on simulated storage and time. {@code -Dsimulation.seeds=10000} for more of them, {@code -Dsimulation.seed=42}
 * for the one that failed.
 */
class SimulationTest {
    private static final long ENOUGH_SEEDS = 500;
    private static final long SEEDS = Long.getLong("simulation.seeds", ENOUGH_SEEDS);
    private static final Long SEED = Long.getLong("simulation.seed");
    private static final int MOST_SEEDS_TO_FIND_A_FLAW = 200;

    @Test
    void shouldKeepWhatItPromises() {
        Set<Event> met = EnumSet.noneOf(Event.class);
        LongStream seeds = SEED == null ? LongStream.range(0, SEEDS) : LongStream.of(SEED);
        seeds.forEach(seed -> {
            Simulation simulation = new Simulation(seed, Flaw.NONE);
            Throwable fault = fault(simulation);
            if (fault != null) {
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
        assertThat(LongStream.range(0, MOST_SEEDS_TO_FIND_A_FLAW)
                        .anyMatch(seed -> fault(new Simulation(seed, flaw)) != null))
                .isTrue();
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
