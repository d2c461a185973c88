package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path folder;

    static Stream<Arguments> wrongUses() {
        return Stream.of(
                Arguments.of(
                        List.of(),
                        "a command is missing: prices, replay, verify, describe, recover, stat, top, watch, bars, analyze, report, completion"),
                Arguments.of(List.of("rplay"), "did you mean replay?"),
                Arguments.of(List.of("replay", "--sybol", "A*"), "did you mean --symbol?"),
                Arguments.of(List.of("replay", "--from", "yesterday"), "'yesterday' is neither a sequence"),
                Arguments.of(List.of("replay", "--from", "7", "--to", "6"), "--from lies behind --to"),
                Arguments.of(List.of("replay", "--pace", "fast"), "'fast' is no pace"),
                Arguments.of(List.of("replay", "--limit", "-1"), "'-1' is no count"),
                Arguments.of(List.of("replay", "--csv", "--json"), "mutually exclusive"),
                Arguments.of(List.of("replay", "-f"), "-f without -o"),
                Arguments.of(List.of("replay", "-o", "x", "--none"), "-o with --none"),
                Arguments.of(List.of("stat", "--interval", "soon"), "'soon' is no duration"),
                Arguments.of(List.of("stat", "--interval", "0s"), "--interval must be above 0"),
                Arguments.of(List.of("bars"), "missing required option: '--symbol=SYMBOL'"),
                Arguments.of(
                        List.of("bars", "--symbol", "S", "--interval", "0s"), "--interval=0s must be from 1ms to 7d"),
                Arguments.of(
                        List.of("bars", "--symbol", "S", "--interval", "1ms", "--grace", "2s"),
                        "grace=2s is more than"),
                Arguments.of(List.of("analyze", "--workers", "0"), "workers=0 must be from 1 to 256"),
                Arguments.of(List.of("analyze", "--strategy", "greedy"), "static, dynamic, stealing"),
                Arguments.of(List.of("report", "-f"), "-f without --hgrm or --html: there is no file"),
                Arguments.of(List.of("report", "no.hlog"), "file=no.hlog: no such file"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void shouldSayInOneLineWhatIsWrong(List<Object> arguments, String said) {
        Run run = Run.tools(arguments.toArray());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(run.talkLines())
                .singleElement()
                .asString()
                .startsWith("tickring: ")
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prices", "replay", "verify", "describe", "recover", "stat", "watch", "report"})
    void shouldCreateNothingWhereNoEngineEverRan(String command) throws Exception {
        Path missing = folder.resolve("missing");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path file = Files.writeString(folder.resolve("file"), "text");
        for (Path data : List.of(missing, empty, file)) {
            Run run = Run.tools(command, "--data", data);
            assertThat(run.exitCode()).as(data.toString()).isEqualTo(2);
            assertThat(run.data()).isEmpty();
            assertThat(run.talkLines()).singleElement().asString().contains(data.toString());
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).containsExactlyInAnyOrder(folder, empty, file);
        }
    }

    @Test
    void shouldPrintHelpAndVersionAsData() {
        Run help = Run.tools("replay", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.data()).contains("--from=SEQ|TIME", "--limit=N");
        assertThat(help.talk()).isEmpty();
        assertThat(Run.tools("--version").data()).startsWith("tickring ");
    }

    @Test
    void shouldEndQuietlyWhenTheReaderHasGone() {
        Path data = folder.resolve("data");
        Market.write(data);
        for (List<String> command : List.of(
                List.of("prices"),
                List.of("prices", "--json"),
                List.of("replay"),
                List.of("verify"),
                List.of("describe"),
                List.of("describe", "--json"),
                List.of("stat", "--once"),
                List.of("--help"))) {
            Object[] arguments = Stream.concat(
                            command.stream(), command.contains("--help") ? Stream.empty() : Stream.of("--data", data))
                    .toArray();
            Run run = Run.toolsInto("Broken pipe", arguments);
            assertThat(run.exitCode()).as(command.toString()).isZero();
            assertThat(run.talk()).as(command.toString()).isEmpty();
        }
    }

    @Test
    void shouldFailWhenTheDiskBehindStdoutIsFull() {
        Path data = folder.resolve("data");
        Market.write(data);
        for (String command : List.of("prices", "replay", "verify", "describe")) {
            Run run = Run.toolsInto("No space left on device", command, "--data", data);
            assertThat(run.exitCode()).as(command).isEqualTo(1);
            assertThat(run.talkLines())
                    .as(command)
                    .containsExactly("tickring: standard output cannot be written: No space left on device");
        }
    }

    @Test
    void shouldTakeTheFoldersOutOfTheEnvironment() {
        Path data = folder.resolve("data");
        Market.write(data);
        assertThat(Run.toolsIn(Map.of("TICKRING_DATA", data.toString()), "prices")
                        .data())
                .contains("BTC");
        assertThat(Run.toolsIn(Map.of("TICKRING_LIVE", data.toString()), "prices")
                        .data())
                .contains("BTC");
        assertThat(Run.toolsIn(Map.of("TICKRING_DATA", "/no", "TICKRING_JSON", "true"), "prices", "--data", data)
                        .data())
                .startsWith("symbol");
        assertThat(Run.toolsIn(Map.of("TICKRING_DATA", "/no"), "prices").talk()).contains("folder=/no does not exist");
    }

    @Test
    void shouldListItsCommandsInGroupsWithAnExampleEach() {
        List<String> help = Run.tools("--help").dataLines();
        assertThat(help).allMatch(line -> line.length() <= 110);
        assertThat(help.stream().filter(line -> line.contains(", as: "))).hasSize(6);
        for (String command : List.of(
                "prices",
                "top",
                "stat",
                "watch",
                "replay",
                "verify",
                "describe",
                "recover",
                "bars",
                "analyze",
                "report",
                "completion")) {
            assertThat(help).anyMatch(line -> line.startsWith("  " + command + " "));
            assertThat(Run.tools(command, "--help").data()).contains("Example: ");
        }
    }
}
