package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader.LoggedError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatCommandTest {
    private static final long NOW_MS = 1_723_161_255_000L;

    @TempDir
    Path data;

    @Test
    void shouldShowARunningEngine() {
        try (Engine engine =
                Engine.launch(new EngineContext().dataDirectory(data).instruments(16))) {
            Run text = Run.tools("stat", "--once", "--data", data);
            assertThat(text.exitCode()).isZero();
            assertThat(text.dataLines().get(0))
                    .startsWith("pid " + ProcessHandle.current().pid() + ", running, heartbeat ");
            assertThat(text.data()).contains("ticks journaled").doesNotContain("the engine (pid");
            Run json = Run.tools("stat", "--once", "--json", "--data", data);
            assertThat(json.dataLines())
                    .singleElement()
                    .asString()
                    .matches(
                            "\\{\"pid\":\\d+,\"state\":\"RUNNING\",\"reason\":null,\"alive\":true,\"heartbeatAgeMs\":\\d+,\"incarnation\":1,"
                                    + "\"startTime\":\\d{19},\"acceptedSequence\":\\d+,\"journaledSequence\":0,\"durableSequence\":0,"
                                    + "\"counters\":\\{.*\"ticks applied\":0,.*},\"errors\":\\[],\"readers\":\\[]}");
            assertThat(engine.stopReason()).isNull();
        }
    }

    @Test
    void shouldShowAnEngineThatStartsAndNoPricesOfIt() {
        Market.write(data);
        List<Run> runs = new ArrayList<>();
        Engine.launch(new EngineContext().dataDirectory(data).rebuilding(true).recoveryProgress((sequence, last) -> {
                    if (runs.isEmpty()) {
                        runs.add(Run.tools("stat", "--once", "--data", data));
                        runs.add(Run.tools("prices", "--data", data));
                        runs.add(Run.tools("top", "--once", "--data", data));
                    }
                }))
                .close();
        long pid = ProcessHandle.current().pid();
        assertThat(runs.get(0).dataLines().get(0)).startsWith("pid " + pid + ", starting, heartbeat ");
        String notYet = "tickring: folder=" + data + ": the engine there (pid " + pid
                + ") is starting and shows no prices yet; try again when 'stat' says that it is running\n";
        assertThat(runs.subList(1, 3)).containsOnly(new Run(1, "", notYet));
        assertThat(Run.tools("prices", "--data", data).exitCode()).isZero();
    }

    @Test
    void shouldStopWatchingWhenTheEngineEnds() {
        Engine engine = Engine.launch(new EngineContext().dataDirectory(data).instruments(16));
        Run run = Run.toolsWatched(engine::close, "stat", "--interval", "5ms", "--data", data);
        assertThat(run.exitCode()).isZero();
        assertThat(run.dataLines())
                .last()
                .asString()
                .matches("the engine \\(pid \\d+\\) ended cleanly at \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    }

    @Test
    void shouldSayHowAnEngineEnded() {
        assertThat(StatusText.end(sample(EngineState.STOPPED, false, 60_000, Map.of())))
                .isEqualTo("the engine (pid 123) ended cleanly at 2024-08-08T23:53:15Z");
        assertThat(StatusText.end(sample(EngineState.HALTED, false, 60_000, Map.of())))
                .isEqualTo("the engine (pid 123) halted (FEED_FAILED) at 2024-08-08T23:53:15Z: no bread");
        assertThat(StatusText.end(sample(EngineState.RUNNING, false, 12_345, Map.of())))
                .isEqualTo("the engine (pid 123) is gone: no heartbeat for 12 s");
    }

    @Test
    void shouldTakeAnEngineForGoneOnlyWhenSilentAndWithoutAProcess() {
        assertThat(sample(EngineState.RUNNING, true, 60_000, Map.of()).isAlive())
                .isTrue();
        assertThat(sample(EngineState.RUNNING, false, 4_999, Map.of()).isAlive())
                .isTrue();
        assertThat(sample(EngineState.RUNNING, false, 5_001, Map.of()).isAlive())
                .isFalse();
        assertThat(sample(EngineState.STOPPED, true, 0, Map.of()).isAlive()).isFalse();
        assertThat(sample(EngineState.HALTED, true, 0, Map.of()).isAlive()).isFalse();
    }

    @Test
    void shouldShowTotalsThenRatesAndLeaveOutWhatWasNeverRejected() {
        StatusText text = new StatusText();
        List<String> first = text.lines(
                sample(EngineState.RUNNING, true, 12, new TreeMap<>(Map.of("a", 1_000L, "feed x: rejected Y", 0L))), 0);
        assertThat(first)
                .containsExactly(
                        "pid 123, running, heartbeat 12 ms ago, started 2024-08-08T23:37:35Z",
                        "error, 3 times, last at 2024-08-08T23:54:14Z: no bread",
                        "counter  total",
                        "a        1,000");
        List<String> second = text.lines(
                sample(EngineState.RUNNING, true, 7_000, new TreeMap<>(Map.of("a", 4_000L, "feed x: rejected Y", 2L))),
                2_000_000_000L);
        assertThat(second)
                .startsWith(
                        "pid 123, running, heartbeat 7 s ago, started 2024-08-08T23:37:35Z",
                        "error, 3 times, last at 2024-08-08T23:54:14Z: no bread",
                        "counter             total  per second",
                        "a                   4,000       1,500",
                        "feed x: rejected Y      2           1");
    }

    private static StatusSample sample(
            EngineState state, boolean processAlive, long ageMs, Map<String, Long> counters) {
        LoggedError error = new LoggedError(3, NOW_MS - 2_000, NOW_MS - 1_000, "java.io.IOException: no bread\n at x");
        return new StatusSample(
                123,
                state,
                state == EngineState.HALTED ? "FEED_FAILED" : null,
                processAlive,
                1,
                NOW_MS - 1_000_000,
                NOW_MS - ageMs,
                ageMs,
                counters,
                Set.of("ring depth"),
                List.of(error));
    }
}
