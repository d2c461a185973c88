package io.tickring.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM that holds a journal: it says when it stands, and which sequences it has appended. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildProcess start(Path directory, int blocks) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ChildProcess.class.getName(), directory.toString(), Integer.toString(blocks)));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    long pid() {
        return process.pid();
    }

    String line() throws IOException {
        return lines.readLine();
    }

    /** Kills with signal 9 and returns the last sequence that the process said it had appended; 0 for none. */
    long kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // the process's own method would close its output before we read it
        process.waitFor();
        long last = 0;
        for (String line = line(); line != null; line = line()) {
            if (line.endsWith(".")) {
                last = Long.parseLong(line.substring(0, line.length() - 1));
            }
        }
        return last;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Opens the journal, appends as many blocks as asked (each followed by a line), then waits to be killed. */
    public static void main(String[] args) throws InterruptedException {
        try (JournalAppender appender = JournalAppender.open(
                new JournalContext().directory(Path.of(args[0])).roll(JournalRoll.SECONDLY))) {
            System.out.println("open");
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                TestRecords.append(
                        appender, 1 + i % 40, i == 0 ? appender.lastKey() : appender.lastKey() + 1, i % 50 == 0);
                System.out.println(appender.nextSequence() - 1 + ".");
            }
            Thread.sleep(60_000);
        }
    }
}
