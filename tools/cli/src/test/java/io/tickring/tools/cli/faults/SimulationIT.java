package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole engine on simulated time and storage: run beside the engine's code in this same build, whose counts are taken over. */
@ExtendWith(FaultTable.class)
class SimulationIT {
    private static final FaultRow ROW =
            FaultTable.row("11 simulation by seed", "the engine as a whole; off: each of the simulation's flaws");
    private static final Path FILE = Path.of("../../engine/core/target/simulation.txt");
    private static final int FULL = 10_000;
    private static final int SOME = 500;

    @Test
    void shouldHaveRunSeedsEnough() throws IOException {
        ROW.need(Files.exists(FILE), "the tests of engine/core did not run: no file=" + FILE);
        Properties told = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            told.load(reader);
        }
        int enough = FaultRow.count(SOME, FULL, SOME);
        boolean isOfThisBuild = number(told, "java") == Runtime.version().feature() && number(told, "ran") >= enough;
        ROW.need(isOfThisBuild, "fewer than " + enough + " seeds on this JDK: " + told);
        ROW.adopt(
                number(told, "ran"),
                number(told, "failed"),
                number(told, "off"),
                number(told, "offSeen"),
                number(told, "seconds"));
        assertThat(number(told, "failed")).as("failed, of " + told).isZero();
        assertThat(number(told, "off")).as("flaws, of " + told).isPositive().isEqualTo(number(told, "offSeen"));
    }

    private static int number(Properties told, String name) {
        return Integer.parseInt(told.getProperty(name));
    }
}
