package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the real jars as processes with the running java, in folders of their own: working folder, home and temporary
 * folder lie in {@code folder}, the last two are empty at the start. Every wait has a deadline; {@link #close} leaves
 * no process behind.
 */
public final class Jar implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Path ENGINE =
            Path.of("../../engine/target/engine.jar").toAbsolutePath().normalize();
    private static final Path TOOLS =
            Path.of("../target/tools.jar").toAbsolutePath().normalize();

    private final Path work;
    private final Path home;
    private final Path temporary;
    private final Path outputs;
    private final List<Running> started = new ArrayList<>();

    public Jar(Path folder) {
        try {
            work = Files.createDirectories(folder.resolve("work"));
            home = Files.createDirectories(folder.resolve("home"));
            temporary = Files.createDirectories(folder.resolve("tmp"));
            outputs = Files.createDirectories(folder.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where processes run. */
    public Path work() {
        return work;
    }

    /** Runs the engine to its end. */
    public Run engine(Object... arguments) {
        return startEngine(arguments).await();
    }

    /** As {@link #engine}, under options of the JVM. */
    public Run engineWith(List<String> jvmOptions, Object... arguments) {
        List<String> command = command(ENGINE, arguments);
        command.addAll(1, jvmOptions);
        return start(command, null, Map.of()).await();
    }

    /** Runs a tool to its end. */
    public Run tools(Object... arguments) {
        return startTools(arguments).await();
    }

    public Running startEngine(Object... arguments) {
        return start(ENGINE, null, arguments);
    }

    public Running startTools(Object... arguments) {
        return start(TOOLS, null, arguments);
    }

    /** The engine with {@code input} on stdin. */
    Run engineReading(Path input, Object... arguments) {
        return start(ENGINE, input, arguments).await();
    }

    /** What lies in home and temporary folder, but for what the JVM itself puts there. */
    List<Path> leftOutside() throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path folder : List.of(home, temporary)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(path -> !path.equals(folder) && !path.toString().contains("hsperfdata"))
                        .forEach(left::add);
            }
        }
        return left;
    }

    /** Runs a command of the system to its end and answers its exit code; -1 where there is no such command. */
    public static int command(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    /** Waits for something that another process does. */
    public static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadlineNs);
            sleep(10);
        }
    }

    public static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Running::kill);
    }

    /** The engine in a terminal of its own, of 30 lines with 100 characters; afterwards the terminal's modes are printed. */
    Running startEngineOnTerminal(String environment, Object... arguments) {
        return startOnTerminal(environment, command(ENGINE, arguments));
    }

    /** As {@link #startEngineOnTerminal}. */
    Running startToolsOnTerminal(String environment, Object... arguments) {
        return startOnTerminal(environment, command(TOOLS, arguments));
    }

    private Running startOnTerminal(String environment, List<String> command) {
        String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String shell = "stty rows 30 cols 100; " + environment + " " + words + "; echo \"exit code $?\"; stty -a";
        return start(List.of("script", "-qfec", shell, "/dev/null"), null, Map.of());
    }

    /** The engine behind {@code prefix}, a command that runs a command, with more in its environment. */
    public Running startEngineUnder(List<String> prefix, Map<String, String> environment, Object... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(ENGINE, arguments));
        return start(command, null, environment);
    }

    /** A tool behind {@code prefix}, a command that runs a command. */
    Running startToolsUnder(List<String> prefix, Object... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(TOOLS, arguments));
        return start(command, null, Map.of());
    }

    private Running start(Path jar, Path input, Object... arguments) {
        return start(command(jar, arguments), input, Map.of());
    }

    private List<String> command(Path jar, Object... arguments) {
        assertThat(jar).as("the jar is built by: mvn package").exists();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary));
        if (jar.equals(TOOLS)) {
            // Their runs are short: without the second compiler they end sooner.
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-jar", jar.toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    private Running start(List<String> command, Path input, Map<String, String> environment) {
        File data = outputs.resolve(started.size() + ".data").toFile();
        File talk = outputs.resolve(started.size() + ".talk").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(data)
                .redirectError(talk);
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.contains("JDK"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        try {
            Running running = new Running(builder.start(), data.toPath(), talk.toPath());
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that may still run. */
    public record Running(Process process, Path data, Path talk) {
        public long pid() {
            return process.pid();
        }

        public boolean isAlive() {
            return process.isAlive();
        }

        /** Presses a key in its terminal. */
        void press(char key) {
            try {
                process.getOutputStream().write(key);
                process.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What it has written on stdout, or in its terminal, so far. */
        public String shown() {
            return read(data);
        }

        /** What it has said on stderr so far. */
        public String said() {
            return read(talk);
        }

        /** Waits until the engine runs: it then has said so in its status file. */
        public void awaitRunning(Path live) {
            Jar.await("an engine in " + live, () -> {
                assertThat(process.isAlive()).as(said()).isTrue();
                Run stat = Run.tools("stat", "--once", "--json", "--live", live);
                return stat.data().startsWith("{\"pid\":" + pid() + ",\"state\":\"RUNNING\"");
            });
        }

        public void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** As Ctrl-C, or as TERM where this test itself runs with interrupts ignored, which processes inherit. */
        public void interrupt() {
            signal(ignoresInterrupts() ? "TERM" : "INT");
        }

        private boolean ignoresInterrupts() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
            } catch (IOException notLinux) {
                return false;
            }
        }

        /** As {@code kill -9}. */
        public void kill() {
            process.destroyForcibly();
            waitFor(DEADLINE);
        }

        public Run await() {
            return await(DEADLINE);
        }

        /** Its end; the process is killed and the test fails when it does not come in time. */
        public Run await(Duration deadline) {
            if (!waitFor(deadline)) {
                kill();
                throw new AssertionError("pid=" + pid() + " did not end within " + deadline + "\n" + said());
            }
            return new Run(process.exitValue(), read(data), read(talk));
        }

        private boolean waitFor(Duration deadline) {
            try {
                return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
