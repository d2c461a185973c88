package io.tickring.tools.bench;

import io.tickring.app.CountConverter;
import io.tickring.app.OneLineErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the bench jar: runs the benches that are named, or all. Standard output is the result, standard error the progress. */
@Command(
        name = "bench",
        description = "Measures Tickring beside its peers: the same work, in interleaved rounds of one run.",
        mixinStandardHelpOptions = true,
        version = "Tickring bench",
        sortOptions = false,
        footer = {
            "",
            "Exit code 0 also where a mark is not met; 1 if a contender failed or did other work; 2 for wrong use.",
            "JMH benchmarks of the parts: java -cp tools/target/bench.jar org.openjdk.jmh.Main"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final int DEFAULT_ROUNDS = 7;
    private static final long DEFAULT_TICKS = 20_000_000;
    private static final int QUICK_ROUNDS = 3;
    private static final long QUICK_TICKS = 2_000_000;
    private static final int SET_CAPACITY = 1 << 20;
    private static final long SECONDS = 60;
    private static final long QUICK_SECONDS = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "BENCH",
            completionCandidates = Names.class,
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: the first three.")
    private List<String> names;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count, after a warm-up. Default: 7.")
    private Integer rounds;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "Ticks of a run, 20m for example (reads: ten times as many quotes). Default: 20m.")
    private Long ticks;

    @Option(names = "--quick", description = "Fewer and shorter rounds, unless given: 3 of 2m ticks.")
    private boolean quick;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the journals of the run lie, in a folder that is deleted at the end. Default: temporary files.")
    private Path data;

    /** For completion and help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Benches.NAMES.iterator();
        }
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return OneLineErrors.install(new CommandLine(new BenchCommand()))
                .setExecutionExceptionHandler(BenchCommand::onFailure);
    }

    @Override
    public Integer call() throws IOException {
        int roundsToRun = rounds != null ? rounds : quick ? QUICK_ROUNDS : DEFAULT_ROUNDS;
        long ticksToRun = ticks != null ? ticks : quick ? QUICK_TICKS : DEFAULT_TICKS;
        require(roundsToRun >= 1, "--rounds=" + roundsToRun + " must be 1 or more");
        require(ticksToRun >= 1, "--ticks=" + ticksToRun + " must be 1 or more");
        List<String> asked = names == null ? Benches.COMPARISONS : names;
        for (String name : asked) {
            require(Benches.NAMES.contains(name), "'" + name + "' is none of " + String.join(", ", Benches.NAMES));
        }
        try (WorkFolder folder = WorkFolder.create(data)) {
            Report report = new Report(spec.commandLine().getOut());
            report.machine(Conditions.describe(folder.path()));
            for (String name : asked) {
                switch (name) {
                    case RestartBench.NAME -> restart(roundsToRun, folder);
                    case DurabilityBench.NAME -> durability(roundsToRun, folder);
                    default -> run(Benches.named(name, ticksToRun, SET_CAPACITY), roundsToRun, folder, report);
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void restart(int roundsToRun, WorkFolder folder) throws IOException {
        requireRoom(RestartBench.NAME, folder, RestartBench.bytesNeeded());
        CommandLine commandLine = spec.commandLine();
        TickSet set = TickSet.market(Benches.SEED, SET_CAPACITY);
        new RestartBench(folder.path(), roundsToRun, set, commandLine.getErr()).run(commandLine.getOut());
    }

    private void durability(int roundsToRun, WorkFolder folder) throws IOException {
        long seconds = quick ? QUICK_SECONDS : SECONDS;
        requireRoom(DurabilityBench.NAME, folder, DurabilityBench.bytesNeeded(seconds));
        CommandLine commandLine = spec.commandLine();
        TickSet set = TickSet.market(Benches.SEED, SET_CAPACITY);
        new DurabilityBench(folder.path(), roundsToRun, set, seconds, commandLine.getErr()).run(commandLine.getOut());
    }

    private static void requireRoom(String name, WorkFolder folder, long bytes) throws IOException {
        String missing = folder.missing(bytes);
        if (missing != null) {
            throw new BenchException("bench=" + name + " " + missing);
        }
    }

    private void run(Bench bench, int roundsToRun, WorkFolder folder, Report report) throws IOException {
        requireRoom(bench.name(), folder, bench.bytesNeeded());
        Rounds run = new Rounds(folder.path(), roundsToRun, spec.commandLine().getErr());
        report.bench(bench, run.run(bench), roundsToRun);
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static int onFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof BenchException) {
            command.getErr().println(OneLineErrors.line(failure.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        return new OneLineErrors().handleExecutionException(failure, command, parsed);
    }
}
