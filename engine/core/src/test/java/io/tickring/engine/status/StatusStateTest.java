package io.tickring.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.StatusReader.ReportedState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;

class StatusStateTest {
    private final StatusWriter status = StatusWriter.inMemory(SystemEpochClock.INSTANCE);

    @Test
    void shouldReadBackEachStateWithItsReason() {
        assertThat(status.reader().reported()).isEqualTo(new ReportedState(EngineState.STARTING, null));
        for (EngineState state : EngineState.values()) {
            for (StateReason reason : StateReason.values()) {
                status.state(state, reason);
                assertThat(status.reader().state()).isEqualTo(state);
                assertThat(status.reader().reason()).isEqualTo(reason.name());
            }
            status.state(state);
            assertThat(status.reader().reported()).isEqualTo(new ReportedState(state, null));
        }
    }

    @Test
    void shouldNeverTearStateAndReason() throws InterruptedException {
        Set<ReportedState> seen = ConcurrentHashMap.newKeySet();
        status.state(EngineState.RUNNING);
        Thread reader = new Thread(() -> {
            while (status.reader().state() != EngineState.STOPPED) {
                seen.add(status.reader().reported());
            }
        });
        reader.start();
        for (int i = 0; i < 200_000; i++) {
            status.state(EngineState.DEGRADED, StateReason.STALLED);
            status.state(EngineState.HALTED, StateReason.OUT_OF_MEMORY);
            status.state(EngineState.RUNNING);
        }
        status.state(EngineState.STOPPED);
        reader.join();
        assertThat(seen)
                .isNotEmpty()
                .isSubsetOf(
                        new ReportedState(EngineState.DEGRADED, "STALLED"),
                        new ReportedState(EngineState.HALTED, "OUT_OF_MEMORY"),
                        new ReportedState(EngineState.RUNNING, null),
                        new ReportedState(EngineState.STOPPED, null));
    }
}
