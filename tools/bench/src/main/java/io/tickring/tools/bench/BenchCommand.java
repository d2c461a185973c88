package io.tickring.tools.bench;

import io.tickring.app.CountConverter;
import io.tickring.app.OneLineErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "Exit code 0 also where a mark is not met; 1 if a peer failed or lost a tick, or a ratio fell; 2 for wrong use.",
            "JMH benchmarks of the parts: java -cp tools/target/bench.jar org.openjdk.jmh.Main"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "BENCH",
            completionCandidates = Names.class,
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all, which is the first five.")
    private List<String> names;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds that count. Default: 5, or 3 of those that take --seconds.")
    private Integer rounds;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "Ticks of a run, 20m for example (reads: at most ten times as many quotes). Default: 20m.")
    private Long ticks;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long a sustained run is, or a rate of latency or subscribe. Default: 60, or 2.")
    private Double seconds;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            converter = CountConverter.class,
            description =
                    "Ticks a second of the rates of latency and subscribe, 100k,1m for example. Default: latency 10k to 1m,"
                            + " then on until it breaks; subscribe 100k and 1m.")
    private List<Long> rates;

    @Option(names = "--quick", description = "Fewer and shorter rounds, unless given: all within 5 minutes.")
    private boolean quick;

    @Option(names = "--full", description = "replay: goes to times in a journal of 100 million ticks, not of --ticks.")
    private boolean full;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the journals of the run lie, in a folder that is deleted at the end. Default: temporary files.")
    private Path data;

    @Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = "A folder of Binance recordings, *.gz, whose ticks bytes journals. Default: made-up ticks.")
    private Path recordings;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes all that was measured, round by round; over a file that is there.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also writes one page for any browser, offline; over a file that is there.")
    private Path html;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description =
                    "Sets the ratios against those of a file that --json wrote: exit code 1 if one fell by more than"
                            + " the noise of both, which is half of what its rounds lie apart.")
    private Path compare;

    /** For completion and help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Benches.NAMES.stream(), Stream.of(ALL)).iterator();
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
        require(rounds == null || rounds >= 1, "--rounds=" + rounds + " must be 1 or more");
        require(ticks == null || ticks >= 1, "--ticks=" + ticks + " must be 1 or more");
        require(seconds == null || seconds > 0, "--seconds=" + seconds + " must be above 0");
        require(rates == null || rates.stream().allMatch(rate -> rate >= 1), "--rates=" + rates + " must be 1 or more");
        require(recordings == null || Files.isDirectory(recordings), "--recordings=" + recordings + " is no folder");
        List<String> asked = asked();
        ResultFile jsonFile = resultFile("--json", json);
        ResultFile htmlFile = resultFile("--html", html);
        Baseline baseline = baseline(asked);
        CommandLine commandLine = spec.commandLine();
        try (WorkFolder folder = WorkFolder.create(data)) {
            BenchRun run = new BenchRun(folder, commandLine.getOut(), commandLine.getErr(), jsonFile, htmlFile);
            BenchContext context = context();
            run.begin(quick, context.restSeconds());
            BenchSession session = run.run(asked, context);
            if (baseline != null) {
                Comparison comparison = new Comparison(baseline, session);
                comparison.print(commandLine.getOut(), compare);
                return comparison.fell() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private BenchContext context() {
        BenchContext context = new BenchContext().recordings(recordings);
        if (quick) {
            context.quick();
        }
        if (ticks != null) {
            context.ticks(ticks);
        }
        if (seconds != null) {
            context.seconds(seconds).rungSeconds(seconds);
        }
        if (full) {
            context.seekTicks(SeekBench.MARKED_TICKS);
        }
        if (rounds != null) {
            context.rounds(rounds).timedRounds(rounds).rungRounds(rounds);
        }
        if (rates != null) {
            List<Double> asked = rates.stream().map(Long::doubleValue).toList();
            context.rates(asked).subscribeRates(asked);
        }
        return context;
    }

    private ResultFile resultFile(String option, Path path) {
        if (path == null) {
            return null;
        }
        ResultFile file = new ResultFile(path);
        try {
            file.probe();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), option + "=" + path + " cannot be written: " + e);
        }
        return file;
    }

    /** Read before anything is measured: a file that is no baseline of what was asked is wrong use. */
    private Baseline baseline(List<String> asked) {
        if (compare == null) {
            return null;
        }
        try {
            Baseline baseline = Baseline.read(compare);
            require(
                    baseline.benches().stream().anyMatch(bench -> asked.stream().anyMatch(bench::startsWith)),
                    "--compare=" + compare + " holds " + baseline.benches() + " and nothing of " + asked);
            return baseline;
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--compare=" + compare + " cannot be read: " + e);
        }
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        for (String name : names == null ? List.of(ALL) : names) {
            require(
                    name.equals(ALL) || Benches.NAMES.contains(name),
                    "'" + name + "' is none of " + String.join(", ", Benches.NAMES) + ", " + ALL);
            asked.addAll(name.equals(ALL) ? Benches.ALL : List.of(name));
        }
        return asked;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static int onFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (WorkFolder.isEnding()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (failure instanceof BenchException) {
            command.getErr().println(OneLineErrors.line(failure.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        return new OneLineErrors().handleExecutionException(failure, command, parsed);
    }
}
