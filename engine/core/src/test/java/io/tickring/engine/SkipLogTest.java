package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tickring.engine.status.StatusReader.LoggedError;
import io.tickring.engine.status.StatusWriter;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;

class SkipLogTest {
    private static final int TIMES = 10;

    private final StatusWriter status = StatusWriter.inMemory(SystemEpochClock.INSTANCE);
    private final SkipLog log = new SkipLog(status);

    private static RuntimeException at(String method, String message) {
        RuntimeException thrown = new IllegalStateException(message);
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", method, "A.java", 1)});
        return thrown;
    }

    @Test
    void shouldWriteAFaultOnceWhateverItsMessageAndCountIt() {
        for (int i = 1; i <= TIMES; i++) {
            log.onSkip("mine", i, at("one", "bad " + i));
            log.onSkip("mine", TIMES + i, at("other", "bad " + i));
        }
        assertThat(status.reader().errors())
                .extracting(LoggedError::message, LoggedError::observations)
                .containsExactlyInAnyOrder(
                        tuple("stage=mine skipped sequence=1: bad 1", TIMES),
                        tuple("stage=mine skipped sequence=11: bad 1", TIMES));
    }

    @Test
    void shouldLeaveRoomForOtherErrorsWhateverIsThrown() {
        int faults = 1_000;
        for (int i = 1; i <= faults; i++) {
            log.onSkip("mine", i, at("method" + i, "bad"));
        }
        List<LoggedError> errors = status.reader().errors();
        assertThat(errors).hasSize(SkipLog.MAX_FAULTS + 1);
        assertThat(errors.stream().mapToInt(LoggedError::observations).sum()).isEqualTo(faults);
    }

    @Test
    void shouldTakeThrowsWithoutATrace() {
        for (int i = 1; i <= TIMES; i++) {
            RuntimeException bare = new ArithmeticException();
            bare.setStackTrace(new StackTraceElement[0]);
            log.onSkip("mine", i, bare);
        }
        assertThat(status.reader().errors()).singleElement().matches(error -> error.observations() == TIMES);
    }
}
