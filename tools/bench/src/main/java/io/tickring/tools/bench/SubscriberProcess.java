package io.tickring.tools.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A subscriber in a second JVM, which runs {@link SubscribeMain}; the clock of both is the system's. */
final class SubscriberProcess implements Subscriber {
    /** What the bench jar's manifest gives this JVM. */
    private static final List<String> FLAGS = List.of(
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    private final Process process;
    private final BufferedReader output;

    private SubscriberProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Returns once what is sent from now on will come. */
    static SubscriberProcess start(SubscribeKind kind, String address, long warmUpTicks, long ticks)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SubscribeMain.class.getName()));
        command.addAll(List.of(kind.name(), address, Long.toString(warmUpTicks), Long.toString(ticks)));
        SubscriberProcess subscriber = new SubscriberProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            subscriber.line(SubscribeMain.READY);
            return subscriber;
        } catch (IOException | RuntimeException e) {
            subscriber.close();
            throw e;
        }
    }

    @Override
    public Received await() throws IOException {
        return Received.parse(line(SubscribeMain.RECEIVED).substring(SubscribeMain.RECEIVED.length()));
    }

    /** The next line that begins so; libraries say things of their own. */
    private String line(String beginning) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new BenchException(
                    "subscriber=" + process.pid() + ": the process ended without a word of what it received");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
