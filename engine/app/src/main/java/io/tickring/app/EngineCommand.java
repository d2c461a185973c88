package io.tickring.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The engine jar's command line: takes ticks in, keeps prices, journals, and says what it did. */
@Command(
        name = "java -jar engine/target/engine.jar",
        versionProvider = EngineVersion.class,
        sortOptions = false,
        customSynopsis = "java -jar engine/target/engine.jar [OPTION]...",
        header = "Runs the market-data engine: ticks in, prices out, every tick journaled.%n",
        footer = {
            "",
            "Kinds of feed",
            "  sim[:symbols=64,rate=20k,seed=1]  a simulated market; rate=max: as fast as possible",
            "  binance:PATH[,PATH...]            recorded websocket streams; plain, gzip or zstd; - is standard input",
            "  csv:PATH[?KEY=VALUE&...]          quotes and trades by columns; the header's names are known, or else named:",
            "                                    time, time-unit=ns|us|ms|s|iso (ns, or ISO text), exchange-time, symbol,",
            "                                    bid, ask, bid-size, ask-size, price, size, side, trade-id=COL, instrument=NAME,",
            "                                    sep=;|tab, header=no",
            "  journal:DIR                       another journal; alone, unnamed and into an empty folder it is",
            "                                    republished record by record, under its own sequences",
            "",
            "Examples",
            "  engine.jar                                          a simulated market until Ctrl-C",
            "  engine.jar --feed sim:rate=max --ticks 20m          as fast as this machine can",
            "  engine.jar --feed binance:btc.gz --pace 10x         a recording at ten times its speed",
            "  engine.jar --feed 'csv:eur.csv?time=ts&time-unit=ms&instrument=EURUSD'     columns by their names",
            "  engine.jar --feed spot=binance:a.gz --feed um=binance:b.gz     two venues, symbols kept apart",
            "  engine.jar --feed journal:old --data new            a journal again, record by record",
            "",
            "Standard output is data (--json), standard error is talk.",
            "Exit codes: 0 well, 1 halted: the work failed or the disk is nearly full, 2 wrong use or a refused start.",
            ""
        })
public final class EngineCommand implements Callable<Integer> {
    /** Taken when this class was loaded, which is what a process begins with. */
    private static final long MAIN_NS = System.nanoTime();

    private final OrderlyEnd end;

    @Mixin
    private EngineOptions options;

    @Spec
    private CommandSpec spec;

    private Settings settings;

    EngineCommand(OrderlyEnd end) {
        this.end = end;
    }

    public static void main(String[] args) {
        OutOfMemory.watchAllThreads();
        OrderlyEnd end = OrderlyEnd.onSignals();
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode;
        try {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            exitCode = run(end, out, err, System.getenv(), args);
        } catch (OutOfMemoryError e) {
            OutOfMemory.end();
            return;
        } catch (Error e) {
            err.println(OneLineErrors.line("failed: " + e));
            exitCode = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(exitCode);
    }

    /** Runs the engine as command line, environment and configuration ask, and answers the exit code. */
    static int run(
            OrderlyEnd end, PrintWriter out, PrintWriter err, Map<String, String> environment, String... arguments) {
        EngineCommand command = new EngineCommand(end);
        try {
            command.settings = Settings.of(() -> commandLine(new EngineCommand(end)), environment, arguments);
        } catch (WrongUseException e) {
            err.println(OneLineErrors.line(e.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
        return commandLine(command).setOut(out).setErr(err).execute(command.settings.arguments());
    }

    static CommandLine commandLine(EngineCommand command) {
        return OneLineErrors.install(new CommandLine(command));
    }

    EngineOptions options() {
        return options;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = spec.commandLine();
        requireOnce(commandLine);
        if (!options.talking.quiet) {
            Stream.concat(
                            settings.warnings().stream(),
                            options.analytics.warnings(commandLine.getParseResult()).stream())
                    .forEach(warning -> commandLine.getErr().println(OneLineErrors.line(warning)));
        }
        if (options.configuration.printConfig) {
            ConfigText.lines(settings, commandLine.getParseResult()).forEach(commandLine.getOut()::println);
            return CommandLine.ExitCode.OK;
        }
        if (options.configuration.completion) {
            commandLine.getOut().print(Completion.script("tickring", commandLine, EngineCommand.class));
            commandLine.getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        return new EngineRun(options, end, commandLine.getOut(), commandLine.getErr(), MAIN_NS).run();
    }

    /** Design note: picocli begins a group of options anew when one of them comes again, and so forgets the others. */
    private void requireOnce(CommandLine commandLine) {
        List<String> given = commandLine.getParseResult().originalArgs();
        for (OptionSpec option : spec.options()) {
            long times = given.stream().filter(word -> isFor(option, word)).count();
            if (times > 1 && !option.isMultiValue()) {
                throw new ParameterException(
                        commandLine, option.longestName() + " is given " + times + " times: say it once");
            }
        }
    }

    private static boolean isFor(OptionSpec option, String word) {
        return Arrays.stream(option.names()).anyMatch(name -> word.equals(name) || word.startsWith(name + "="));
    }
}
