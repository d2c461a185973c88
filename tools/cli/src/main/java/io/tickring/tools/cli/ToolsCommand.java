package io.tickring.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The tools jar: one command for each thing that people look at in what an engine has written. Stdout is data, stderr
 * is talk; exit codes are 0 for well, 1 for work that failed, 2 for wrong use.
 */
@Command(
        name = "tools.jar",
        mixinStandardHelpOptions = true,
        versionProvider = ToolsCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Looks at what an engine has written and is writing. Nothing here disturbs it; recover alone writes.",
        footer = {
            "",
            "COMMAND --help tells more. The folders may stand in the environment: TICKRING_DATA, TICKRING_LIVE.",
            "Exit codes: 0 well, 1 the work failed, 2 wrong use."
        })
public final class ToolsCommand implements Runnable {
    static final int WELL = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Console.system(), System.getenv(), arguments));
    }

    /** Runs one command on {@code console} and answers its exit code. */
    static int run(Console console, Map<String, String> environment, String... arguments) {
        CommandErrors errors = new CommandErrors(console);
        StringWriter help = new StringWriter();
        CommandLine command = new CommandLine(new ToolsCommand())
                .addSubcommand(new PricesCommand(console))
                .addSubcommand(new ReplayCommand(console))
                .addSubcommand(new VerifyCommand(console))
                .addSubcommand(new DescribeCommand(console))
                .addSubcommand(new RecoverCommand(console))
                .addSubcommand(new StatCommand(console))
                .addSubcommand(new TopCommand(console))
                .addSubcommand(new WatchCommand(console))
                .addSubcommand(new BarsCommand(console))
                .addSubcommand(new AnalyzeCommand(console))
                .addSubcommand(new ReportCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .setDefaultValueProvider(new FolderDefaults(environment))
                .setOut(new PrintWriter(help))
                .setErr(new PrintWriter(console.talk(), true))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(errors::onParameters)
                .setExecutionExceptionHandler((e, failed, parsed) -> errors.onExecution(e));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        int exitCode = command.execute(arguments);
        try {
            console.data().write(help.toString().getBytes(StandardCharsets.UTF_8));
            console.data().flush();
            return exitCode;
        } catch (IOException e) {
            return Math.max(exitCode, errors.onExecution(e));
        }
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ToolsCommand.class.getPackage().getImplementationVersion();
            return new String[] {"tickring " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
