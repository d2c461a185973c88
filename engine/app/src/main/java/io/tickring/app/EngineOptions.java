package io.tickring.app;

import io.tickring.engine.EngineContext;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.feed.PaceClock;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.WaitMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The engine jar's flags with their defaults, in the groups in which the help shows them. */
final class EngineOptions {
    static final String DEFAULT_DATA = "./tickring-data";

    @ArgGroup(validate = false, order = 1, heading = "%nWhat goes in%n")
    Input input = new Input();

    @ArgGroup(validate = false, order = 2, heading = "%nWhere it lies%n")
    Folders folders = new Folders();

    @ArgGroup(validate = false, order = 3, heading = "%nWhen it ends (else when all feeds have ended, or on Ctrl-C)%n")
    Limits limits = new Limits();

    @ArgGroup(validate = false, order = 4, heading = "%nHow it runs%n")
    Machine machine = new Machine();

    @ArgGroup(validate = false, order = 5, heading = "%nWhat it says%n")
    Talking talking = new Talking();

    static final class Input {
        @Option(
                names = "--feed",
                paramLabel = "[NAME=]KIND[:ARG]",
                converter = FeedSpec.Converter.class,
                description =
                        "A source of ticks, on a thread of its own; may be given many times. NAME is put after the"
                                + " feed's symbols, as BTCUSDT.NAME. Kinds: see below. Default: sim.")
        List<FeedSpec> feeds = new ArrayList<>();

        @Option(
                names = "--pace",
                paramLabel = "max|Nx",
                converter = PaceConverter.class,
                description = "How fast recordings run: max (default), or N times as recorded (1x, 0.5x, 10x).")
        double pace = PaceClock.MAX;
    }

    static final class Folders {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                converter = PathConverter.class,
                description = "Journal and latency logs; a run on the same folder continues it. Default: "
                        + DEFAULT_DATA + ".")
        Path data = Path.of(DEFAULT_DATA);

        @Option(
                names = "--live",
                paramLabel = "DIR",
                converter = PathConverter.class,
                description = "The mapped files prices and status; in memory they spare the disk. Default: as --data.")
        Path live;
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
        long ticks = Long.MAX_VALUE;
    }

    static final class Machine {
        @Option(
                names = "--ring",
                paramLabel = "SLOTS",
                converter = CountConverter.OfInt.class,
                description = "Slots in the ring, a power of two. Default: 65536.")
        int ring = 65_536;

        @Option(
                names = "--threads",
                paramLabel = "MODE",
                converter = Choice.Threads.class,
                completionCandidates = Choice.Threads.class,
                description = "auto (default), dedicated (a core for each handler), shared (one thread for all).")
        ThreadingMode threads = ThreadingMode.AUTO;

        @Option(
                names = "--wait",
                paramLabel = "HOW",
                converter = Choice.Wait.class,
                completionCandidates = Choice.Wait.class,
                description = "How handlers wait: auto (default), busy-spin, yield, sleep or block.")
        WaitMode wait;

        @Option(
                names = "--overflow",
                paramLabel = "POLICY",
                converter = Choice.Overflow.class,
                completionCandidates = Choice.Overflow.class,
                description = "When the ring is full: wait (default), or drop the new ticks and count them.")
        OverflowPolicy overflow = OverflowPolicy.WAIT;

        @Option(
                names = "--roll",
                paramLabel = "HOW",
                converter = Choice.Roll.class,
                completionCandidates = Choice.Roll.class,
                description =
                        "New journal files hourly (default, or as the journal has it), daily, minutely, secondly.")
        RollInterval roll;

        @Option(
                names = "--instruments",
                paramLabel = "COUNT",
                converter = CountConverter.OfInt.class,
                description = "Room in the price table. Default: 65536.")
        int instruments = 65_536;

        @Option(names = "--no-journal", description = "Journal nothing; prices and status are written all the same.")
        boolean noJournal;
    }

    static final class Talking {
        @Option(names = "--json", description = "At the end one JSON object on standard output.")
        boolean json;

        @Option(names = "--quiet", description = "Nothing but errors on standard error.")
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

    /** The feeds asked for, the simulated market where none is. */
    List<FeedSpec> feeds() {
        return input.feeds.isEmpty() ? List.of(FeedSpec.parse(FeedSpec.SIM)) : input.feeds;
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

    /** The engine's settings, but for what the opened feeds add. */
    EngineContext context() {
        return new EngineContext()
                .dataDirectory(folders.data)
                .liveDirectory(folders.live)
                .journaling(!machine.noJournal)
                .roll(machine.roll)
                .ringCapacity(machine.ring)
                .threading(machine.threads)
                .waitMode(machine.wait)
                .overflow(machine.overflow)
                .instruments(machine.instruments)
                .feeds(feeds().size())
                .ticks(limits.ticks)
                .pace(input.pace);
    }
}
