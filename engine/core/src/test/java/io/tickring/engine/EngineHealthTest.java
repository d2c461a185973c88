package io.tickring.engine;

import static io.tickring.engine.status.EngineState.DEGRADED;
import static io.tickring.engine.status.EngineState.HALTED;
import static io.tickring.engine.status.EngineState.RUNNING;
import static io.tickring.engine.status.EngineState.STARTING;
import static io.tickring.engine.status.EngineState.STOPPED;
import static io.tickring.engine.status.EngineState.STOPPING;
import static io.tickring.engine.status.StateReason.DISK_LOW;
import static io.tickring.engine.status.StateReason.FSYNC;
import static io.tickring.engine.status.StateReason.HANDLER_FAILED;
import static io.tickring.engine.status.StateReason.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusReader.ReportedState;
import io.tickring.engine.status.StatusWriter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;

class EngineHealthTest {
    private final StatusWriter status = StatusWriter.inMemory(SystemEpochClock.INSTANCE);
    private final List<StateReason> told = new ArrayList<>();
    private final EngineHealth health = new EngineHealth(status, told::add);

    @Test
    void shouldShowTheFirstReasonThatHoldsAndRunAgainWhenNoneDoes() {
        health.running();
        expect(RUNNING, null);
        health.degrade(STALLED, "stage=slow");
        expect(DEGRADED, STALLED);
        health.degrade(DISK_LOW, "free=1");
        health.degrade(STALLED, "stage=other");
        expect(DEGRADED, STALLED);
        health.recover(STALLED);
        expect(DEGRADED, DISK_LOW);
        health.recover(DISK_LOW);
        health.recover(DISK_LOW);
        expect(RUNNING, null);
        assertThat(told).containsExactly(STALLED, DISK_LOW);
        assertThat(status.reader().errors())
                .extracting(LoggedError::message)
                .containsExactly("STALLED: stage=slow", "DISK_LOW: free=1", "STALLED: stage=other");
    }

    @Test
    void shouldBeDegradedFromTheStartWhereAReasonHoldsBefore() {
        health.degrade(DISK_LOW, "free=1");
        expect(STARTING, null);
        health.running();
        expect(DEGRADED, DISK_LOW);
    }

    @Test
    void shouldHaltForGood() {
        health.running();
        health.degrade(STALLED, "stage=slow");
        health.halt(FSYNC, "no disk");
        health.halt(HANDLER_FAILED, "stage=x");
        health.recover(STALLED);
        health.degrade(DISK_LOW, "free=1");
        health.stopping();
        health.ended(null);
        health.running();
        expect(HALTED, FSYNC);
    }

    @Test
    void shouldEndInOrder() {
        health.running();
        health.stopping();
        health.degrade(DISK_LOW, "free=1");
        expect(STOPPING, null);
        health.ended(null);
        expect(STOPPED, null);
    }

    @Test
    void shouldNotEndWellWhereSomethingIsMissing() {
        health.running();
        health.stopping();
        health.ended(DISK_LOW);
        expect(HALTED, DISK_LOW);
    }

    private void expect(EngineState state, StateReason reason) {
        assertThat(health.state()).isEqualTo(state);
        assertThat(health.reason()).isEqualTo(reason);
        assertThat(status.reader().reported())
                .isEqualTo(new ReportedState(state, reason == null ? null : reason.name()));
    }
}
