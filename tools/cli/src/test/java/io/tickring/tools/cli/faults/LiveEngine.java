package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A process of the engine jar, watched through its status file, which stays when the process is gone: what it acknowledged can be
 * asked after a kill too.
 */
final class LiveEngine {
    private final Jar.Running process;
    private final Path live;
    private final long startNs = System.nanoTime();
    private final StatusReader before;
    private StatusReader status;

    private LiveEngine(Jar.Running process, Path live, StatusReader before) {
        this.process = process;
        this.live = live;
        this.before = before;
    }

    /** Watches a process that was just started, and is to be told from the one that wrote {@code before}; null for none. */
    static LiveEngine watch(Jar.Running process, Path live, StatusReader before) {
        return new LiveEngine(process, live, before);
    }

    /** The status that lies in {@code live} now; null where there is none. */
    static StatusReader statusIn(Path live) {
        try {
            return StatusReader.map(live);
        } catch (IOException none) {
            return null;
        }
    }

    /** Waits until it runs; answers how long that took since it was started, in ms. */
    long awaitRunning() {
        Jar.await("an engine in " + live, () -> {
            StatusReader now = statusIn(live);
            boolean isNew = now != null && (before == null || now.startEpochMs() != before.startEpochMs());
            boolean runs = isNew && now.state() != EngineState.STARTING;
            status = runs ? now : status;
            assertThat(process.isAlive() || runs).as(process.said()).isTrue();
            return runs;
        });
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    /** Waits until a counter has reached {@code value}. */
    void await(String what, LongSupplier counter, long value) {
        Jar.await(what, () -> {
            assertThat(process.isAlive()).as(process.said()).isTrue();
            return counter.getAsLong() >= value;
        });
    }

    Jar.Running process() {
        return process;
    }

    /** Null while it has not run. */
    StatusReader status() {
        return status;
    }

    long journaled() {
        return counter("journaled sequence");
    }

    long durable() {
        return counter("durable sequence");
    }

    long counter(String label) {
        return Objects.requireNonNullElse(status.counters().get(label), 0L);
    }

    /** Waits for an end that is told: exit code 1 and one line that says {@code why}. */
    Run awaitHalted(String why) {
        Run run = process.await();
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
        assertThat(run.talk().lines().filter(line -> line.startsWith("tickring: ")))
                .as(run.talk())
                .singleElement()
                .asString()
                .containsPattern(why);
        return run;
    }
}
