package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A second engine on a folder, in the same pid namespace and in another, while the first one runs, is stopped, is gone. */
@ExtendWith(FaultTable.class)
class SecondWriterIT {
    private static final FaultRow ROW = FaultTable.row("07 second writer", "the kernel's lock on the file LOCK");
    private static final List<String> HERE = List.of();
    private static final List<String> ELSEWHERE = List.of("unshare", "-p", "-f", "--mount-proc", "--kill-child");
    private static final long MAX_REFUSAL_MS = 1_000;
    private static final long VERSION_MS = 600;

    @TempDir
    Path folder;

    @Test
    void shouldRefuseOneInTheSameNamespace() {
        if (FaultTable.isFull()) {
            hold(HERE, HERE);
        }
    }

    @Test
    void shouldRefuseOneInANamespaceOfItsOwn() throws InterruptedException {
        ROW.need(Jar.command("unshare", "-p", "-f", "--mount-proc", "true") == 0, "no unshare");
        hold(ELSEWHERE, ELSEWHERE);
        if (FaultTable.isFull()) {
            hold(HERE, ELSEWHERE);
            hold(ELSEWHERE, HERE);
        }
    }

    @Test
    void shouldSeeASecondWriterWhereTheLockIsGone() throws IOException {
        Path data = folder.resolve("data");
        try (Jar jar = new Jar(folder)) {
            start(jar, HERE, data).awaitRunning();
            long versionMs = timeMs(() -> jar.engine("--version"));
            ROW.run("here and here: alive", () -> requireRefused(jar, HERE, data, versionMs));
            Files.delete(data.resolve("LOCK"));
            ROW.control("the file LOCK, deleted", "exit code", () -> requireRefused(jar, HERE, data, 0));
        }
    }

    private void hold(List<String> holders, List<String> seconds) {
        String pair = (holders == HERE ? "here" : "elsewhere") + " and " + (seconds == HERE ? "here" : "elsewhere");
        Path data = folder.resolve("data-" + pair.hashCode());
        try (Jar jar = new Jar(folder)) {
            LiveEngine holder = start(jar, holders, data);
            holder.awaitRunning();
            long versionMs = timeMs(
                    () -> jar.startEngineUnder(seconds, Map.of(), "--version").await());
            ROW.run(pair + ": alive", () -> requireRefused(jar, seconds, data, versionMs));
            signal(holder, "STOP");
            ROW.run(pair + ": stopped", () -> requireRefused(jar, seconds, data, versionMs));
            signal(holder, "KILL");
            holder.process().await();
            ROW.run(pair + ": killed", () -> requireTakenOver(jar, seconds, data, holder));
        }
    }

    private static LiveEngine start(Jar jar, List<String> prefix, Path data) {
        Jar.Running process =
                jar.startEngineUnder(prefix, Map.of(), "--data", data, "--quiet", "--feed", "sim:rate=5k");
        return LiveEngine.watch(process, data, null);
    }

    /** To the engine itself, which may stand behind a command that waits for it. */
    private static void signal(LiveEngine engine, String name) {
        ProcessHandle shell = engine.process().process().toHandle();
        long pid = shell.children().findFirst().orElse(shell).pid();
        try {
            assertThat(Jar.command("kill", "-" + name, Long.toString(pid))).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireRefused(Jar jar, List<String> prefix, Path data, long versionMs) throws IOException {
        Run[] second = {null};
        long ms = timeMs(
                () -> second[0] = jar.startEngineUnder(prefix, Map.of(), "--data", data, "--quiet", "--ticks", "100")
                        .await());
        Run run = second[0];
        assertThat(run.exitCode()).as("exit code; it said: %s", run.talk()).isEqualTo(2);
        String holder = Files.readString(data.resolve("LOCK")).split(" ")[0];
        assertThat(run.talk().lines().filter(line -> line.startsWith("tickring: ")))
                .singleElement()
                .asString()
                .contains("in use", "pid=" + holder + " host=", " since=");
        assertThat(ms - versionMs)
                .as("refused after, in ms, and --version takes %d", versionMs)
                .isLessThan(MAX_REFUSAL_MS * Math.max(VERSION_MS, versionMs) / VERSION_MS);
    }

    private static void requireTakenOver(Jar jar, List<String> prefix, Path data, LiveEngine holder) {
        Run run = jar.startEngineUnder(prefix, Map.of(), "--data", data, "--quiet", "--ticks", "100")
                .await();
        assertThat(run.exitCode()).as(run.talk()).isZero();
        Tail.verify(data, holder.journaled());
    }

    private static long timeMs(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
