package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} beside engines that run, start again, are too fast for it or are not there. */
class WatchIT {
    private static final List<String> MODES = List.of("every", "latest", "lossless");

    @TempDir
    Path folder;

    private Jar jar;
    private Path data;

    @BeforeEach
    void prepare() {
        jar = new Jar(folder);
        data = folder.resolve("data");
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @Test
    void shouldPrintEachModeInEachFormat() {
        startEngine("sim:symbols=8,rate=5k");
        List<Jar.Running> csv = new ArrayList<>();
        List<Jar.Running> json = new ArrayList<>();
        for (String mode : MODES) {
            csv.add(watch("--mode", mode, "--limit", "300"));
            json.add(watch("--mode", mode, "--limit", "300", "--json"));
        }
        for (int i = 0; i < MODES.size(); i++) {
            WatchLines fromCsv = WatchLines.ofCsv(well(csv.get(i)));
            WatchLines fromJson = WatchLines.ofJson(well(json.get(i)));
            for (WatchLines lines : List.of(fromCsv, fromJson)) {
                assertThat(lines.gaps()).isEmpty();
                if (MODES.get(i).equals("latest")) {
                    assertThat(lines.of("latest")).hasSize(300).allMatch(line -> line.number("folded") >= 0);
                } else {
                    assertThat(lines.ticks()).hasSize(300);
                    assertThat(lines.sequences()).isEqualTo(journaled(lines.sequences(), "*"));
                }
                assertThat(lines.of("snapshot").size()).isEqualTo(MODES.get(i).equals("lossless") ? 8 : 0);
            }
        }
    }

    @Test
    void shouldBeginWhereItIsToldAndPrintWhatItIsAskedFor() {
        startEngine("sim:symbols=8,rate=20k");
        Jar.await("some ticks", () -> !journaled(5_000, 5_001, "*").isEmpty());
        String first = Run.tools("replay", "--limit", "100", "--data", data).data();
        String time = first.lines().skip(50).findFirst().orElseThrow().split(",")[2];
        Jar.Running start = watch("--mode", "lossless", "--from", "start", "--limit", "100");
        Jar.Running sequence = watch("--mode", "lossless", "--from", "4000", "--limit", "100");
        Jar.Running atTime = watch("--mode", "lossless", "--from", isoTime(time), "--limit", "10");
        Jar.Running symbols = watch(
                "--mode",
                "lossless",
                "--from",
                "start",
                "--symbol",
                "SIM001",
                "--symbol",
                "SIM00[67]",
                "--symbol",
                "*7",
                "--limit",
                "100");
        assertThat(well(start).data().replace(",,,,,\n", "\n").lines().skip(1))
                .isEqualTo(first.lines().skip(1).toList());
        List<Long> from4000 = WatchLines.ofCsv(well(sequence)).sequences();
        assertThat(from4000).hasSize(100).startsWith(4_000L).isEqualTo(journaled(from4000, "*"));
        assertThat(WatchLines.ofCsv(well(atTime)).ticks().get(0).text("ts_recv"))
                .isEqualTo(time);
        WatchLines asked = WatchLines.ofCsv(well(symbols));
        assertThat(asked.ticks())
                .hasSize(100)
                .extracting(line -> line.text("symbol"))
                .containsOnly("SIM001", "SIM007");
        List<Long> both = new ArrayList<>(journaled(asked.sequences(), "SIM001"));
        both.addAll(journaled(asked.sequences(), "SIM007"));
        assertThat(asked.sequences()).isEqualTo(both.stream().sorted().toList());
    }

    @Test
    void shouldSayWhatItMissedWhenItWasLapped() {
        Jar.Running engine = startEngine("sim:symbols=64,rate=400k");
        Jar.Running watching = watch("--symbol", "SIM003");
        Jar.Running json = watch("--symbol", "SIM003", "--json");
        Jar.await("lines", () -> lines(watching) > 100 && lines(json) > 100);
        watching.signal("STOP");
        json.signal("STOP");
        long at = published();
        Jar.await("more than the broadcast holds", () -> published() > at + 1_500_000);
        watching.signal("CONT");
        json.signal("CONT");
        long before = lines(watching);
        long beforeJson = lines(json);
        Jar.await("lines", () -> lines(watching) > before + 100 && lines(json) > beforeJson + 100);
        watching.interrupt();
        json.interrupt();
        requireToldGaps(WatchLines.ofCsv(well(watching)));
        requireToldGaps(WatchLines.ofJson(well(json)));
        engine.interrupt();
        assertThat(engine.await().exitCode()).isZero();
    }

    private void requireToldGaps(WatchLines lines) {
        assertThat(lines.gaps()).isNotEmpty().allSatisfy(gap -> {
            assertThat(gap.text("gap")).isEqualTo("lapped");
            assertThat(gap.number("missed")).isEqualTo(gap.number("last_missed") - gap.number("first_missed") + 1);
        });
        assertThat(lines.gaps().stream().mapToLong(gap -> gap.number("missed")).sum())
                .isGreaterThan(400_000);
        List<WatchLines.Line> gaps = lines.gaps();
        List<Long> all = journaled(lines.sequences(), "SIM003");
        all.removeIf(sequence -> gaps.stream()
                .anyMatch(gap -> gap.number("first_missed") <= sequence && sequence <= gap.number("last_missed")));
        assertThat(lines.sequences()).isEqualTo(all);
    }

    @Test
    void shouldGoOnWhereItWasInterrupted() {
        startEngine("sim:symbols=8,rate=20k");
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Jar.Running watching = watch("--mode", "lossless", "--name", "mine", "--from", "start");
            Jar.await("lines", () -> lines(watching) > 1_000);
            if (i == 0) {
                Run second = jar.tools("watch", "--mode", "lossless", "--name", "mine", "--data", data);
                assertThat(second.exitCode()).isEqualTo(2);
                assertThat(second.talkLines())
                        .singleElement()
                        .asString()
                        .contains("name=mine: another reader of that name is running");
            }
            watching.interrupt();
            Run run = well(watching);
            assertThat(run.talk()).contains("watched ");
            sequences.addAll(WatchLines.ofCsv(run).sequences());
        }
        assertThat(sequences).isEqualTo(journaled(sequences, "*"));
    }

    @Test
    void shouldGoOnOverStartsOfTheEngine() {
        Jar.Running engine = startEngine("sim:symbols=8,rate=5k,seed=1");
        List<Jar.Running> watching = new ArrayList<>();
        MODES.forEach(mode -> watching.add(watch("--mode", mode, "--json")));
        watching.forEach(each -> Jar.await("lines", () -> lines(each) > 100));
        engine.kill();
        List<Long> before = watching.stream().map(WatchIT::lines).toList();
        engine = startEngine("sim:symbols=8,rate=5k,seed=2");
        for (int i = 0; i < watching.size(); i++) {
            Jar.Running each = watching.get(i);
            long least = before.get(i) + 500;
            Jar.await("more lines of " + MODES.get(i), () -> lines(each) > least);
            each.interrupt();
        }
        well(watching.get(1));
        WatchLines lossless = WatchLines.ofJson(well(watching.get(2)));
        assertThat(lossless.sequences()).isEqualTo(journaled(lossless.sequences(), "*"));
        WatchLines every = WatchLines.ofJson(well(watching.get(0)));
        assertThat(every.sequences()).isNotEmpty();
        engine.interrupt();
        assertThat(engine.await().exitCode()).isZero();
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        jar.engine("--data", data, "--ticks", "100", "--feed", "sim:rate=max", "--broadcast", "off", "--quiet");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        List<Jar.Running> refused = List.of(
                watch("--mode", "all"),
                watch("--from", "start"),
                watch("--mode", "latest", "--from", "5"),
                watch("--mode", "lossless", "--from", "yesterday"),
                watch("--name", "a/b"),
                watch("--limit", "few"),
                watch("--csv", "--json"),
                watch(),
                jar.startTools("watch", "--data", empty),
                jar.startTools("watch", "--data", folder.resolve("nowhere")),
                jar.startTools("watch", "--mode", "lossless", "--from", "start", "--data", empty));
        List<String> named = List.of(
                "'all' is none of every, latest, lossless",
                "--from with --mode every",
                "--from with --mode latest",
                "'yesterday' is neither",
                "name=a/b",
                "few",
                "--json",
                "the engine there was started with --broadcast off",
                "holds no file 'broadcast'",
                "does not exist",
                "there is no journal");
        for (int i = 0; i < refused.size(); i++) {
            Run run = refused.get(i).await();
            assertThat(run.exitCode()).as(run.talk()).isEqualTo(2);
            assertThat(run.data()).isEmpty();
            assertThat(run.talkLines())
                    .singleElement()
                    .asString()
                    .startsWith("tickring: ")
                    .contains(named.get(i));
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    /** As somebody who may only read. */
    @Test
    void shouldReadAFolderThatOnlyTheEngineMayWriteTo() throws Exception {
        assumeTrue(Jar.command("setpriv", "--reuid=65534", "true") == 0, "only root can become somebody else");
        startEngine("sim:symbols=8,rate=5k");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                String permissions = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
        }
        List<String> nobody = List.of("setpriv", "--reuid=65534", "--clear-groups");
        for (String mode : MODES) {
            Run run = jar.startToolsUnder(nobody, "watch", "--mode", mode, "--limit", "100", "--data", data)
                    .await();
            assertThat(run.exitCode()).as(mode + ": " + run.talk()).isZero();
            assertThat(lines(run)).as(mode).isGreaterThan(100);
        }
        Run named = jar.startToolsUnder(
                        nobody, "watch", "--mode", "lossless", "--name", "mine", "--limit", "100", "--data", data)
                .await();
        assertThat(named.exitCode()).as(named.talk()).isNotZero();
        assertThat(named.talkLines()).singleElement().asString().contains("readers");
    }

    private Jar.Running startEngine(String feed) {
        Jar.Running engine = jar.startEngine("--data", data, "--feed", feed, "--broadcast", "64MiB", "--quiet");
        engine.awaitRunning(data);
        return engine;
    }

    private Jar.Running watch(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("watch", "--data", data));
        all.addAll(List.of(arguments));
        return jar.startTools(all.toArray());
    }

    private static Run well(Jar.Running watching) {
        Run run = watching.await();
        assertThat(run.exitCode()).as(run.talk()).isZero();
        return run;
    }

    private static long lines(Jar.Running watching) {
        assertThat(watching.isAlive()).as(watching.said()).isTrue();
        return watching.shown().lines().count();
    }

    private static long lines(Run run) {
        return run.data().lines().count();
    }

    private long published() {
        try {
            return StatusReader.map(data).counters().get("journaled sequence");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal's ticks between the first and the last of these, both included. */
    private List<Long> journaled(List<Long> sequences, String symbol) {
        return journaled(sequences.get(0), sequences.get(sequences.size() - 1), symbol);
    }

    private List<Long> journaled(long from, long to, String symbol) {
        Run replay = Run.tools("replay", "--from", from, "--to", to, "--symbol", symbol, "--data", data);
        return new ArrayList<>(replay.dataLines().stream()
                .skip(1)
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
                .toList());
    }

    private static String isoTime(String epochNs) {
        return Notation.isoTime(Long.parseLong(epochNs));
    }
}
