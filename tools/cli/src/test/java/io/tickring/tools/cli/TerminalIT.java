package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jars in a terminal: a table in place that keys speak to, and plain lines where those are asked for. */
@EnabledOnOs(OS.LINUX)
class TerminalIT {
    private static final String ESCAPE = "\u001b[";
    private static final Pattern TICKS = Pattern.compile("(?m)^\r? *[0-9,-]+ +[0-9,-]+ +[0-9,-]+ +([0-9,]+) ");

    @TempDir
    Path folder;

    private Jar jar;

    @BeforeEach
    void open() {
        jar = new Jar(folder);
    }

    @AfterEach
    void close() {
        jar.close();
    }

    @Test
    void shouldRewriteATableInPlaceUntilQIsPressed() {
        Running engine = jar.startEngineOnTerminal("");
        awaitFrames(engine, 3);
        engine.press('q');
        Run run = engine.await();

        assertThat(run.data())
                .contains(ESCAPE + "?25l", ESCAPE + "?25h", "SIM000", "price", "journal", "q end", "exit code 0")
                .contains("tickring: stopped after")
                .containsPattern("[^-]icanon")
                .doesNotContain("-icanon", "p pause");
        assertThat(frames(run.data()))
                .allSatisfy(frame ->
                        assertThat(frame.replace("\r", "").lines().count()).isLessThanOrEqualTo(30));
        assertThat(run.data().lines().map(line -> line.replaceAll("\u001b\\[[0-9?]*[a-zA-Z]|\r", "")))
                .allMatch(line -> line.length() <= 100 || !line.startsWith("SIM"));
    }

    @Test
    void shouldPauseARecording() throws IOException {
        Running engine = jar.startEngineOnTerminal("", "--feed", "binance:" + recording(), "--pace", "1x");
        awaitFrames(engine, 2);
        engine.press('p');
        Jar.await("the pause", () -> engine.shown().contains("PAUSED") && framesSincePause(engine) > 3);
        List<String> paused = frames(engine.shown()).stream()
                .filter(frame -> frame.contains("PAUSED"))
                .map(TerminalIT::ticks)
                .collect(Collectors.toList());
        engine.press('p');
        Jar.await("the end of the pause", () -> {
            List<String> frames = frames(engine.shown());
            String newest = frames.get(frames.size() - 1);
            return !newest.contains("PAUSED") && !ticks(newest).equals(paused.get(paused.size() - 1));
        });
        engine.press('q');
        assertThat(engine.await().data()).contains("exit code 0", "p pause", "p go on");
        // What was in the ring when the key came is applied; after that nothing moves.
        assertThat(paused.subList(1, paused.size())).hasSizeGreaterThan(1).containsOnly(paused.get(1));
    }

    @Test
    void shouldPrintPlainLinesWhereColourIsNotWanted() {
        for (String environment : List.of("NO_COLOR=1", "TERM=dumb")) {
            Run run = jar.startEngineOnTerminal(environment, "--duration", "1500ms")
                    .await();
            assertThat(run.data()).contains("ticks/s", "ring %", "exit code 0").doesNotContain(ESCAPE, "q end");
        }
    }

    @Test
    void shouldSayNothingWhenQuiet() {
        Run run =
                jar.startEngineOnTerminal("", "--duration", "1500ms", "--quiet").await();
        // A newer JVM warns of a library's use of Unsafe.
        assertThat(run.data().lines().filter(line -> !line.startsWith("WARNING: ")))
                .first()
                .asString()
                .startsWith("exit code 0");
    }

    @Test
    void shouldShowAnEngineOfAnotherProcess() {
        Running engine = jar.startEngine("--quiet");
        engine.awaitRunning(jar.work().resolve("tickring-data"));
        for (String command : List.of("top", "stat")) {
            Running tool = jar.startToolsOnTerminal("", command, "--interval", "100ms");
            Jar.await(
                    "looks",
                    () -> tool.shown().split("q end", -1).length > 3
                            || tool.shown().contains("more lines"));
            tool.press('q');
            assertThat(tool.await().data()).contains(ESCAPE + "?25h", "pid " + engine.pid(), "exit code 0");
        }
        engine.interrupt();
        assertThat(engine.await().exitCode()).isZero();
        assertThat(jar.tools("top", "--once").dataLines())
                .anyMatch(line -> line.startsWith("SIM000"))
                .noneMatch(line -> line.contains("\u001b"));
    }

    /** One quote a millisecond, for a minute. */
    private Path recording() throws IOException {
        Path file = folder.resolve("recording");
        Files.writeString(
                file,
                IntStream.range(0, 60_000)
                        .mapToObj(
                                i -> 1_723_161_255_000_000_000L
                                        + i * 1_000_000L
                                        + " {\"u\":1,\"s\":\"BTCUSDT\",\"b\":\"61800.1\",\"B\":\"1\",\"a\":\"61800.2\",\"A\":\"2\"}\n")
                        .collect(Collectors.joining()));
        return file;
    }

    private static void awaitFrames(Running engine, int count) {
        Jar.await(count + " frames", () -> {
            assertThat(engine.isAlive()).as(engine.shown()).isTrue();
            return frames(engine.shown()).size() >= count;
        });
    }

    /** What was shown from one table's titles to the next one's: not the last, of which the end may still come. */
    private static List<String> frames(String shown) {
        List<String> frames = List.of(shown.split("(?=tickring, pid )"));
        return frames.subList(0, frames.size() - 1);
    }

    private static long framesSincePause(Running engine) {
        return frames(engine.shown()).stream()
                .filter(frame -> frame.contains("PAUSED"))
                .count();
    }

    private static String ticks(String frame) {
        Matcher ticks = TICKS.matcher(frame.replace(ESCAPE + "K", ""));
        assertThat(ticks.find()).as(frame).isTrue();
        return ticks.group(1);
    }
}
