package io.tickring.app;

import io.tickring.engine.EngineContext;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.TimeToLive;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.WaitMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The engine jar's flags with their defaults, in the groups in which the help shows them. */
final class EngineOptions {
    static final String DEFAULT_DATA = "./tickring-data";

    @ArgGroup(validate = false, order = 1, heading = "%nWhat goes in, as: --feed binance:btc.gz --pace 10x%n")
    Input input = new Input();

    @ArgGroup(
            validate = false,
            order = 2,
            heading = "%nWhere it lies, as: --data /var/lib/tickring --live /dev/shm/tickring%n")
    Folders folders = new Folders();

    @ArgGroup(
            validate = false,
            order = 3,
            heading = "%nWhen it ends (else when all feeds have ended, or on Ctrl-C), as: --duration 30s%n")
    Limits limits = new Limits();

    @ArgGroup(
            validate = false,
            order = 4,
            heading = "%nHow it runs, as: --ring 262144 --threads dedicated --wait busy-spin%n")
    Machine machine = new Machine();

    @ArgGroup(
            validate = false,
            order = 5,
            heading = "%nWhat it keeps, and how safely, as: --durability interval:10ms --snapshot 1m%n")
    JournalOptions journal = new JournalOptions();

    @ArgGroup(validate = false, order = 6, heading = "%nWhat it computes, as: --bars 1s,1m --half-life 1m%n")
    AnalyticsOptions analytics = new AnalyticsOptions();

    @ArgGroup(validate = false, order = 7, heading = "%nWhat it says, as: --json --quiet%n")
    Talking talking = new Talking();

    @ArgGroup(
            validate = false,
            order = 8,
            heading = "%nWhere flags come from, as: --config engine.properties --print-config%n")
    Configuration configuration = new Configuration();

    static final class Input {
        @Option(
                names = "--feed",
                paramLabel = "[NAME=]KIND[:ARG]",
                converter = FeedSpec.Converter.class,
                defaultValue = FeedSpec.SIM,
                description =
                        "A source of ticks, on a thread of its own; may be given many times. NAME is put after the"
                                + " feed's symbols, as BTCUSDT.NAME. Kinds: see below. Default: ${DEFAULT-VALUE}.")
        List<FeedSpec> feeds;

        @Option(
                names = "--pace",
                paramLabel = "max|Nx",
                converter = PaceConverter.class,
                defaultValue = "max",
                description = "How fast recordings run: max, or N times as recorded (1x, 0.5x, 10x)."
                        + " Default: ${DEFAULT-VALUE}.")
        double pace;
    }

    static final class Folders {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                converter = PathConverter.class,
                defaultValue = DEFAULT_DATA,
                description = {
                    "Journal and latency logs; a run on the same folder continues it.",
                    "Default: ${DEFAULT-VALUE}"
                })
        Path data;

        @Option(
                names = "--live",
                paramLabel = "DIR",
                converter = PathConverter.class,
                description = "The mapped files prices, status, broadcast and bars; in memory they spare the disk."
                        + " Default: as --data.")
        Path live;

        @Option(
                names = "--broadcast",
                paramLabel = "SIZE|off",
                converter = BroadcastConverter.class,
                completionCandidates = BroadcastConverter.class,
                defaultValue = "64MiB",
                description =
                        "Room of the file broadcast, in which other processes read every tick and are told what they"
                                + " missed: 64MiB to 1GiB, a power of two. Default: ${DEFAULT-VALUE}.")
        int broadcast;

        @Option(
                names = "--idle-limit",
                paramLabel = "TIME|off",
                converter = IdleLimitConverter.class,
                completionCandidates = IdleLimitConverter.class,
                defaultValue = "10s",
                description = "Name a reader of these files that has read nothing for so long, in stat and as an error."
                        + " Default: ${DEFAULT-VALUE}.")
        Duration idleLimit;
    }

    static final class Limits {
        @Option(
                names = "--duration",
                paramLabel = "TIME",
                converter = DurationConverter.class,
                description = "After this time: a number and ns, us, ms, s, m, h or d, as 30s.")
        Duration duration;

        @Option(
                names = "--ticks",
                paramLabel = "COUNT",
                converter = CountConverter.class,
                description = "After exactly this many ticks over all feeds: digits and k, m or g, as 20m.")
        Long ticks;
    }

    static final class Machine {
        @Option(
                names = "--ring",
                paramLabel = "SLOTS",
                converter = CountConverter.OfInt.class,
                defaultValue = "65536",
                description = "Slots in the ring, a power of two. Default: ${DEFAULT-VALUE}.")
        int ring;

        @Option(
                names = "--threads",
                paramLabel = "MODE",
                converter = Choice.Threads.class,
                completionCandidates = Choice.Threads.class,
                defaultValue = "auto",
                description = "auto, dedicated (a core for each handler), shared (one thread for all)."
                        + " Default: ${DEFAULT-VALUE}.")
        ThreadingMode threads;

        @Option(
                names = "--wait",
                paramLabel = "HOW",
                converter = Choice.Wait.class,
                completionCandidates = Choice.Wait.class,
                defaultValue = "auto",
                description = "How handlers wait: auto, busy-spin, yield, sleep or block. Default: ${DEFAULT-VALUE}.")
        WaitMode wait;

        @Option(
                names = "--overflow",
                paramLabel = "POLICY",
                converter = Choice.Overflow.class,
                completionCandidates = Choice.Overflow.class,
                defaultValue = "wait",
                description = "When the ring is full: wait, or drop the new ticks and count them."
                        + " Default: ${DEFAULT-VALUE}.")
        OverflowPolicy overflow;

        @Option(
                names = "--instruments",
                paramLabel = "COUNT",
                converter = CountConverter.OfInt.class,
                defaultValue = "65536",
                description = "Room in the price table. Default: ${DEFAULT-VALUE}.")
        int instruments;

        @Option(
                names = "--ttl",
                paramLabel = "[GLOB=]TIME[/TIME]",
                converter = TimeToLiveRule.Converter.class,
                description =
                        "A price is STALE after TIME without a tick, EXPIRED after the second, or ten times the first;"
                                + " 'BTC*=500ms' for symbols that match, off for never; may be given many times, the last"
                                + " that matches counts. Not for recordings at --pace max, standard input too (say --pace 1x), nor a"
                                + " journal that is republished:"
                                + " that says it itself. Default: never.")
        List<TimeToLiveRule> ttl;
    }

    static final class Talking {
        @Option(names = "--json", description = "At the end one JSON object on standard output.")
        boolean json;

        @Option(
                names = "--quiet",
                description = "Nothing but errors on standard error. Else a table on a terminal (q ends, p pauses"
                        + " recordings), and on a pipe or with NO_COLOR a line a second.")
        boolean quiet;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "The version, and the end.")
        boolean version;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "This text, and the end.")
        boolean help;
    }

    static final class Configuration {
        @Option(
                names = Settings.CONFIG,
                paramLabel = "FILE",
                converter = PathConverter.class,
                description = "Flags in a file, one a line, as ring=262144, no-journal=true; several feeds are"
                        + " separated by spaces. Also from the environment, as TICKRING_RING. A flag wins over"
                        + " the environment, that over the file.")
        Path config;

        @Option(
                names = Settings.PRINT_CONFIG,
                description = "Each setting and where it comes from, as a file for --config, and the end.")
        boolean printConfig;

        @Option(
                names = Settings.COMPLETION,
                description = "A script for bash and zsh, and the end. It calls this jar tickring and completes its"
                        + " flags: source <(java -jar engine.jar --completion)")
        boolean completion;
    }

    /** The feeds asked for, the simulated market where none is. */
    List<FeedSpec> feeds() {
        return input.feeds;
    }

    /** How many ticks the run takes at most. */
    long ticks() {
        return limits.ticks == null ? Long.MAX_VALUE : limits.ticks;
    }

    /** Where the journal lies, if there is one. */
    Path journalFolder() {
        return folders.data.resolve("journal");
    }

    /** Whether a feed runs as fast as it can. */
    boolean isSaturating() {
        return feeds().stream()
                .anyMatch(feed -> feed.kind().equals(FeedSpec.SIM)
                        ? Double.isInfinite(SimArguments.parse(feed.argument()).ticksPerSecond())
                        : Double.isInfinite(input.pace));
    }

    /** Whether a feed is a recording, which can be paused. */
    boolean hasRecordings() {
        return feeds().stream().anyMatch(feed -> !feed.kind().equals(FeedSpec.SIM));
    }

    /** Whether feeds are held until standard input gives its first line: a pace counts from the earliest first tick. */
    boolean holdsForStandardInput() {
        return feeds().size() > 1
                && !Double.isInfinite(input.pace)
                && feeds().stream().anyMatch(FeedSpec::readsStandardInput);
    }

    /** When prices are stale: never where recordings run as fast as they can, for then age means nothing. */
    TimeToLive timeToLive() {
        TimeToLive rules = TimeToLive.FOREVER;
        if (machine.ttl != null && !refusesTimeToLive()) {
            for (TimeToLiveRule rule : machine.ttl) {
                rules = rule.addTo(rules);
            }
        }
        return rules;
    }

    /** Whether a time to live was given that does not hold. */
    boolean refusesTimeToLive() {
        return machine.ttl != null && hasRecordings() && Double.isInfinite(input.pace);
    }

    /** The engine's settings, but for what the opened feeds add. */
    EngineContext context() {
        return new EngineContext()
                .dataDirectory(folders.data)
                .liveDirectory(folders.live)
                .broadcastBytes(folders.broadcast)
                .idleLimit(folders.idleLimit)
                .journaling(!journal.noJournal)
                .roll(journal.roll)
                .durability(journal.durability)
                .linger(journal.linger)
                .snapshotInterval(journal.snapshot)
                .rebuilding(journal.rebuild)
                .watermarkBytes(journal.watermark)
                .ringCapacity(machine.ring)
                .threading(machine.threads)
                .waitMode(machine.wait)
                .overflow(machine.overflow)
                .crashLoop(journal.crashLoop)
                .visible(journal.visible)
                .onDegraded(journal.onDegraded)
                .instruments(machine.instruments)
                .analytics(analytics.context())
                .feeds(feeds().size(), feeds().stream().map(FeedSpec::text).collect(Collectors.joining(", ")))
                .ticks(ticks())
                .timeToLive(timeToLive())
                .pace(input.pace);
    }
}
