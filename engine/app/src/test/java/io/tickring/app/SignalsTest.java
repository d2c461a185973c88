package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final String HARMLESS = "WINCH";
    private static final int HARMLESS_NUMBER = 28;

    @Test
    void shouldRunTheActionWithTheSignalsNumber() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"));
        CompletableFuture<Integer> number = new CompletableFuture<>();
        Signals.handle(HARMLESS, number::complete);

        new ProcessBuilder(
                        "kill",
                        "-" + HARMLESS,
                        Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();

        assertThat(number.get(10, TimeUnit.SECONDS)).isEqualTo(HARMLESS_NUMBER);
    }

    @Test
    void shouldLeaveAnUnknownSignalAlone() {
        Signals.handle("NOSUCH", number -> {});
    }
}
