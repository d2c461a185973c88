package io.tickring.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole lives of engines on simulated storage and time. {@code -Dsimulation.seeds=10000} for more of them, {@code -Dsimulation.seed=42}
 * for the one that failed.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 500);
    private static final Long SEED = Long.getLong("simulation.seed");
    private static final int SEEDS_TO_FIND_A_FLAW = 200;

    @Test
    void shouldKeepWhatItPromises() {
        LongStream seeds = SEED == null ? LongStream.range(0, SEEDS) : LongStream.of(SEED);
        seeds.forEach(seed -> {
            Throwable fault = fault(seed, Flaw.NONE);
            if (fault != null) {
                fail("-Dsimulation.seed=" + seed + ": " + fault, fault);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldFindAFlaw(Flaw flaw) {
        assertThat(LongStream.range(0, SEEDS_TO_FIND_A_FLAW).anyMatch(seed -> fault(seed, flaw) != null))
                .isTrue();
    }

    private static Throwable fault(long seed, Flaw flaw) {
        try {
            new Simulation(seed, flaw).run();
            return null;
        } catch (Exception | AssertionError fault) {
            return fault;
        }
    }
}
