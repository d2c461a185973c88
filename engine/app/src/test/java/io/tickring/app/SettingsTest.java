package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new TreeMap<>();

    @Test
    void shouldTakeTheFlagThenTheEnvironmentThenTheFileThenTheDefault() throws IOException {
        Path file = config("ring=512", "ticks=30", "no-journal=true", "wait = yield ");
        environment.put("TICKRING_RING", "1024");
        environment.put("TICKRING_TICKS", "20");
        environment.put("TICKRING_OVERFLOW", "");

        assertThat(run("--config", file.toString(), "--ticks=10", "--print-config"))
                .isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(pairs())
                .contains(
                        "# --ticks",
                        "ticks=10",
                        "# TICKRING_RING",
                        "ring=1024",
                        "# " + file,
                        "wait=yield",
                        "# " + file,
                        "no-journal=true",
                        "# default",
                        "overflow=wait",
                        "# default",
                        "feed=sim",
                        "# default",
                        "data=./tickring-data",
                        "# default",
                        "#duration=",
                        "# default",
                        "quiet=false");
    }

    @Test
    void shouldPrintAFileThatGivesTheSameSettings() throws IOException {
        assertThat(run(
                        "--feed",
                        "a=sim",
                        "--ttl=5s/1m",
                        "--feed",
                        "sim:seed=2",
                        "--json",
                        "--data",
                        "with space",
                        "--ttl",
                        "BTC*=off",
                        "--print-config"))
                .isZero();
        String first = settings();
        Path file = config(first);
        out.getBuffer().setLength(0);
        assertThat(run("--print-config", "--config", file.toString())).isZero();
        assertThat(settings())
                .isEqualTo(first)
                .contains("feed=a=sim sim:seed=2", "ttl=5s/1m BTC*=off", "json=true", "data=with space");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void shouldTakeSeveralFeedsAndBlanksInQuotes() throws IOException {
        Path recording = Files.createFile(folder.resolve("a b"));
        environment.put("TICKRING_FEED", "a=sim:rate=max \"b=binance:" + recording + "\"");
        environment.put("TICKRING_DATA", folder.resolve("data").toString());
        assertThat(run("--ticks", "100", "--quiet", "--json")).isZero();
        assertThat(out.toString()).contains("\"name\":\"a\"", "\"name\":\"b\"", "\"published\":100");
    }

    @Test
    void shouldTakeTheFileThatTheEnvironmentNames() throws IOException {
        environment.put("TICKRING_CONFIG", config("ring=512").toString());
        assertThat(run("--print-config")).isZero();
        assertThat(pairs()).contains("ring=512");
    }

    @Test
    void shouldLetAFlagThatIsFalseInTheEnvironmentStandAboveTheFile() throws IOException {
        environment.put("TICKRING_JSON", "false");
        assertThat(run("--print-config", "--config", config("json=true").toString()))
                .isZero();
        assertThat(pairs()).containsSequence("# TICKRING_JSON", "json=false");
    }

    @Test
    void shouldWarnOfAVariableThatIsProbablyMeantAndPassOverAllOthers() {
        environment.put("TICKRING_RNG", "1024");
        environment.put("TICKRING_SERVICE_HOST", "10.0.0.1");
        assertThat(run("--print-config")).isZero();
        assertThat(err.toString())
                .isEqualTo("tickring: TICKRING_RNG is no setting and is not taken, did you mean TICKRING_RING?"
                        + System.lineSeparator());
    }

    @Test
    void shouldWarnOfWhatMeansNothingWithoutBars() {
        environment.put("TICKRING_WORKERS", "2");
        assertThat(run("--grace", "2s", "--half-life=1m", "--print-config")).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        "tickring: --half-life does nothing without --bars: say what to keep, as --bars 1s,1m",
                        "tickring: --workers does nothing without --bars: say what to keep, as --bars 1s,1m");
        err.getBuffer().setLength(0);
        assertThat(run("--bars", "1s", "--half-life=1m", "--print-config")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rng=5            | config=FILE has the unknown key 'rng', did you mean 'ring'? Keys are flags without their dashes, see --help",
                "--ring=5         | config=FILE has the unknown key '--ring', did you mean 'ring'? Keys are flags without their dashes, see --help",
                "ring=8\\nring=16 | config=FILE has the key 'ring' twice: say it once",
                "ring=many        | FILE: --ring: 'many' is no count: digits, and k, m or g for 10^3, 10^6 or 10^9",
                "json=yes         | FILE: --json: 'yes' is neither true nor false",
                "data=            | FILE: --data: '' is empty: name a path",
                "feed=            | FILE: --feed: '' is empty",
                "feed=sin         | FILE: --feed: 'sin': there is no kind 'sin', did you mean 'sim'? Kinds are KINDS",
                "config=x         | config=FILE has the unknown key 'config', did you mean 'ring'? Keys are flags without their dashes, see --help",
                "ring=\\\\u00     | config=FILE cannot be read: Malformed \\uxxxx encoding."
            })
    void shouldRefuseAWrongFileInOneLine(String text, String said) throws IOException {
        Path file = config(text.replace("\\n", "\n").replace("\\\\", "\\"));
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "tickring: " + said.replace("FILE", file.toString()).replaceAll(" KINDS|'ring'\\? Keys.*", ""));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsNone() {
        assertThat(run("--config", folder.resolve("no").toString())).isEqualTo(2);
        assertThat(run("--config", folder.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "tickring: config=" + folder.resolve("no") + " cannot be read: no such file",
                        "tickring: config=" + folder + " cannot be read: it is a directory");
    }

    @Test
    void shouldRefuseAWrongVariableAlsoWhereTheFlagIsGiven() {
        environment.put("TICKRING_WAIT", "long");
        assertThat(run("--wait", "block")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("tickring: TICKRING_WAIT: --wait: 'long' is none of auto, busy-spin, yield, sleep, block"
                        + System.lineSeparator());
    }

    @Test
    void shouldHelpWhateverTheFileIs() {
        assertThat(run("--help", "--config", folder.resolve("no").toString())).isZero();
        assertThat(out.toString()).contains("--print-config", "--config", "TICKRING_RING");
    }

    @Test
    void shouldCompleteFlagsInBash() throws IOException, InterruptedException {
        assertThat(run("--completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion"), out.toString());
        String ask = "compopt() { :; }; source " + script
                + "; COMP_WORDS=(tickring --thr); COMP_CWORD=1; _complete_tickring;"
                + " echo \"${COMPREPLY[@]}\"; COMP_WORDS=(tickring --wait b); COMP_CWORD=2; _complete_tickring;"
                + " echo \"${COMPREPLY[@]}\"; type -t tickring";
        Process bash =
                new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        assertThat(new String(bash.getInputStream().readAllBytes()).lines().map(String::strip))
                .containsExactly("--threads", "busy-spin block", "function");
        assertThat(bash.waitFor()).isZero();
    }

    private int run(String... arguments) {
        return EngineCommand.run(
                new OrderlyEnd(), new PrintWriter(out, true), new PrintWriter(err, true), environment, arguments);
    }

    private List<String> pairs() {
        return out.toString().lines().toList();
    }

    private String settings() {
        return out.toString().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n", "", "\n"));
    }

    private Path config(String... lines) throws IOException {
        return Files.writeString(folder.resolve("engine.properties"), String.join("\n", lines));
    }
}
