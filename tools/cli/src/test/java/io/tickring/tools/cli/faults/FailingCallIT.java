package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The nth write, truncation or force in the data folder fails with EIO, for each n until a run makes fewer. */
@ExtendWith(FaultTable.class)
class FailingCallIT {
    private static final FaultRow ROW =
            FaultTable.row("06 nth write or force fails", "a failed force halts the engine, and is never tried again");
    private static final int MOST = 400;
    private static final int SOME = 8;
    /** On a newer JDK a tenth of the calls fail, up to the same end. */
    private static final int STEP = FaultTable.isFull() ? MOST / FaultRow.count(1, MOST, MOST) : 1;

    private static final String FAILED = " EIO";

    @TempDir
    Path folder;

    private boolean isClean;
    private int forcesOfTheJournal;

    @Test
    void shouldHaltOrRefuseAndLoseNothing() throws IOException, InterruptedException {
        Path shim = Shim.build(ROW, folder, "fail.c");
        int[] nth = {0};
        ROW.each(MOST, SOME, () -> isClean, (number, random) -> {
            nth[0] = 1 + number * STEP;
            fail(shim, nth[0], Map.of());
        });
        String calls = STEP == 1 ? "each call from 1 to " : "each " + STEP + "th call from 1 to ";
        ROW.note(calls + nth[0] + (isClean ? ", which a run no longer made; " : "; ") + forcesOfTheJournal
                + " of them forces of the journal, each HALTED(FSYNC) or refused at the start");
        assertThat(isClean || !FaultTable.isFull())
                .as("a run makes fewer calls than %d, so that each has failed once", nth[0])
                .isTrue();
    }

    /** The first force of the journal's file is swallowed: it says that all went well. */
    @Test
    void shouldSeeAForceWhoseFailureIsSwallowed() throws IOException, InterruptedException {
        Path shim = Shim.build(ROW, folder, "fail.c");
        ROW.control(
                "the failure of a force, swallowed",
                "exit code",
                () -> fail(shim, 1, Map.of("FAULT_ONLY", "fsync", "FAULT_LIE", "1")));
    }

    private void fail(Path shim, int nth, Map<String, String> more) throws IOException {
        Path data = folder.resolve("data-" + nth);
        Path live = folder.resolve("live-" + nth);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("LD_PRELOAD", shim.toString());
        environment.put("FAULT_PATH", data.toString());
        environment.put("FAULT_LOG", log(nth).toString());
        environment.put("FAULT_NTH", Integer.toString(nth));
        Run run;
        try (Jar jar = new Jar(folder.resolve("jar-" + nth))) {
            run = jar.startEngineUnder(
                            List.of(),
                            environment,
                            "--data",
                            data,
                            "--live",
                            live,
                            "--feed",
                            "sim:rate=20k",
                            "--ticks",
                            "10k",
                            "--durability",
                            "interval:100ms",
                            "--roll",
                            "secondly",
                            "--quiet")
                    .await();
        }
        StatusReader status = LiveEngine.statusIn(live);
        judge(nth, run, status);
        requireAll(data, status);
        SmallJournal.delete(data);
        SmallJournal.delete(live);
    }

    /** A snapshot that cannot be kept is counted; it costs the next start its head start, and nothing else. */
    private void judge(int nth, Run run, StatusReader status) throws IOException {
        List<String> calls = calls(nth);
        String failed =
                calls.stream().filter(call -> call.endsWith(FAILED)).findFirst().orElse(null);
        List<String> said =
                run.talk().lines().filter(line -> !isOfALibrary(line)).toList();
        if (failed == null) {
            assertThat(run.exitCode()).as(run.talk()).isZero();
            isClean = true;
            return;
        }
        Path path = Path.of(failed.split(" ")[2]);
        boolean mayBeOfASnapshot =
                path.endsWith("data-" + nth) || path.toString().contains("/snapshots");
        if (mayBeOfASnapshot && run.exitCode() == 0) {
            assertThat(status.counters().get("snapshots failed")).as(failed).isPositive();
            return;
        }
        assertThat(run.exitCode())
                .as("exit code after %s: %s", failed, run.talk())
                .isIn(1, 2);
        assertThat(said).as(failed).singleElement().asString().startsWith("tickring: ");
        String[] words = failed.split(" ");
        if (words[1].endsWith("sync")) {
            requireForceFailure(run, status, failed);
            forcesOfTheJournal++;
            assertThat(calls.subList(calls.indexOf(failed) + 1, calls.size()))
                    .as("no force again after %s", failed)
                    .noneMatch(call -> call.split(" ")[1].endsWith("sync") && call.split(" ")[2].equals(words[2]));
        }
    }

    /** It runs no more, and says that this is why; or it was refused before it ran. */
    private static void requireForceFailure(Run run, StatusReader status, String failed) {
        if (run.exitCode() == 1) {
            assertThat(status.state()).as(failed).isEqualTo(EngineState.HALTED);
            assertThat(status.reason()).as(failed).isEqualTo(StateReason.FSYNC.name());
        } else {
            assertThat(status == null || status.state() == EngineState.HALTED)
                    .as("refused, after %s", failed)
                    .isTrue();
        }
    }

    /** The JVM and the journal's store warn in words of their own. */
    private static boolean isOfALibrary(String line) {
        return line.startsWith("WARNING: ") || line.startsWith("tickring: WARN ");
    }

    /** What was acknowledged, as journaled or as durable, is there for a run on a sound system. */
    private static void requireAll(Path data, StatusReader status) {
        long acknowledged = status == null
                ? 0
                : Stream.of("journaled sequence", "durable sequence")
                        .mapToLong(label -> status.counters().getOrDefault(label, 0L))
                        .max()
                        .orElseThrow();
        try (Engine engine =
                Engine.launch(new EngineContext().dataDirectory(data).instruments(1_024))) {
            assertThat(engine.firstSequence()).as("where a run goes on").isGreaterThan(acknowledged);
        }
        Tail.verify(data, acknowledged);
    }

    private Path log(int nth) {
        return folder.resolve("calls-" + nth);
    }

    private List<String> calls(int nth) throws IOException {
        return Files.exists(log(nth)) ? Files.readAllLines(log(nth)) : List.of();
    }
}
