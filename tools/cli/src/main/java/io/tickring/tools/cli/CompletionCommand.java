package io.tickring.tools.cli;

import io.tickring.app.Completion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes the words of these commands in a shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script for bash and zsh that calls this jar tickring-tools and completes its words.",
        footer = {"", "Example: source <(java -jar tools.jar completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        String script = Completion.script("tickring-tools", spec.parent().commandLine(), CompletionCommand.class);
        console.data().write(script.getBytes(StandardCharsets.UTF_8));
        return ToolsCommand.WELL;
    }
}
