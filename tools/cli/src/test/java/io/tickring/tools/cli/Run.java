package io.tickring.tools.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One command run in this process: what it printed, what it said, its exit code. */
public record Run(int exitCode, String data, String talk) {
    public static Run tools(Object... arguments) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        return tools(data, data, arguments);
    }

    /** With a stdout that breaks like a closed pipe, or as {@code message} says. */
    static Run toolsInto(String message, Object... arguments) {
        return tools(new ByteArrayOutputStream(), new BrokenOutput(message), arguments);
    }

    /** Calls {@code onFirstOutput} when the first bytes reach stdout, before the command goes on. */
    static Run toolsWatched(Runnable onFirstOutput, Object... arguments) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        return tools(data, new WatchedOutput(data, onFirstOutput), arguments);
    }

    /** In an environment of its own. */
    static Run toolsIn(Map<String, String> environment, Object... arguments) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        return tools(environment, data, data, arguments);
    }

    private static Run tools(ByteArrayOutputStream seen, OutputStream data, Object... arguments) {
        return tools(Map.of(), seen, data, arguments);
    }

    private static Run tools(
            Map<String, String> environment, ByteArrayOutputStream seen, OutputStream data, Object... arguments) {
        ByteArrayOutputStream talk = new ByteArrayOutputStream();
        Console console = new Console(
                new Console.DataOutput(data), new PrintStream(talk, true, StandardCharsets.UTF_8), false, false);
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int exitCode = ToolsCommand.run(console, environment, words);
        return new Run(exitCode, seen.toString(StandardCharsets.UTF_8), talk.toString(StandardCharsets.UTF_8));
    }

    public List<String> dataLines() {
        return data.lines().toList();
    }

    public List<String> talkLines() {
        return talk.lines().toList();
    }

    private static final class BrokenOutput extends OutputStream {
        private final String message;

        BrokenOutput(String message) {
            this.message = message;
        }

        @Override
        public void write(int value) throws IOException {
            throw new IOException(message);
        }
    }

    private static final class WatchedOutput extends OutputStream {
        private final OutputStream target;
        private Runnable onFirstOutput;

        WatchedOutput(OutputStream target, Runnable onFirstOutput) {
            this.target = target;
            this.onFirstOutput = onFirstOutput;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
            Runnable watcher = onFirstOutput;
            onFirstOutput = () -> {};
            watcher.run();
        }
    }
}
