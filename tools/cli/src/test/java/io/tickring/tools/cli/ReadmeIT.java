package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk as a reader types it: each command as it stands there, and what it prints. */
class ReadmeIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String PROMPT = "    $ ";
    private static final String ANYTHING = "...";

    /** A command and the lines that the README shows under it. */
    private record Step(String command, List<String> shown) {}

    @TempDir
    Path folder;

    @Test
    void shouldWalkAsTheReadmeSays() throws IOException, InterruptedException {
        List<Step> steps = steps();
        assertThat(steps).hasSize(5);
        for (String jar : List.of("engine/target/engine.jar", "tools/target/tools.jar")) {
            Files.createDirectories(folder.resolve(jar).getParent());
            Files.copy(ROOT.resolve(jar), folder.resolve(jar));
        }
        for (Step step : steps) {
            String printed = run(step.command());
            assertThat(Pattern.compile(pattern(step.shown()))
                            .matcher(shape(printed))
                            .matches())
                    .as("%s%nprinted%n%s%nand not%n%s", step.command(), printed, String.join("\n", step.shown()))
                    .isTrue();
        }
        assertThat(folder.resolve("latency.html")).isNotEmptyFile();
    }

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (!steps.isEmpty() && line.startsWith("##")) {
                break;
            } else if (!steps.isEmpty() && !line.isBlank()) {
                steps.get(steps.size() - 1).shown().add(line.strip());
            }
        }
        return steps;
    }

    private String run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String printed = new String(shell.getInputStream().readAllBytes());
            assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            shell.destroyForcibly();
        }
    }

    /** The lines as one expression: a line of dots is any lines, dots at the end of one are the rest of it. */
    private static String pattern(List<String> shown) {
        return shown.stream()
                .map(line -> {
                    if (line.equals(ANYTHING)) {
                        return "(.*\n)*";
                    }
                    boolean isCut = line.endsWith(ANYTHING);
                    String text = isCut ? line.substring(0, line.length() - ANYTHING.length()) : line;
                    return Pattern.quote(shape(text).strip()) + (isCut ? ".*\n" : "\n");
                })
                .collect(Collectors.joining());
    }

    /** Without what may differ from run to run: figures, times and digests; blanks follow the widths of figures. */
    private static String shape(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING"))
                .map(line -> line.replaceAll("\\b[0-9a-f]{16}\\b", "#")
                        .replaceAll("[0-9][0-9,.:TZk-]*", "#")
                        .replaceAll("\\b(buy|sell|none|quote|trade)\\b", "#")
                        .replaceAll("# [kMG]?B\\b", "# B")
                        .replaceAll(" +", " ")
                        .strip())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
