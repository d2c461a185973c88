package io.tickring.app;

import io.tickring.engine.Engine.NamedFeed;
import io.tickring.engine.feed.BinanceFeed;
import io.tickring.engine.feed.CsvFeed;
import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.SimFeed;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.CloseHelper;

/**
 * Makes feeds of what was asked for, before any thread runs: names first, then recordings, then journals, which load
 * native code. What cannot be is a {@link WrongUseException}; then, and where the feeds never run, {@link #close}
 * lets them go.
 */
final class FeedOpener implements AutoCloseable {
    private final List<FeedSpec> specs;
    private final List<String> names;
    private final Feed[] feeds;

    FeedOpener(List<FeedSpec> specs, Path data) {
        this.specs = specs;
        this.names = names(specs);
        this.feeds = new Feed[specs.size()];
        checkStandardInput();
        specs.stream().filter(spec -> spec.kind().equals(FeedSpec.JOURNAL)).forEach(spec -> checkOther(spec, data));
    }

    /** Opens everything but journals. */
    void openRecordings() {
        for (int i = 0; i < feeds.length; i++) {
            if (!specs.get(i).kind().equals(FeedSpec.JOURNAL)) {
                open(i);
            }
        }
    }

    /** Opens the journals; from here on Chronicle's classes are loaded. */
    void openJournals() {
        for (int i = 0; i < feeds.length; i++) {
            if (feeds[i] == null) {
                open(i);
            }
        }
    }

    /** All feeds, open, in the order in which they were asked for. */
    List<NamedFeed> feeds() {
        List<NamedFeed> named = new ArrayList<>();
        for (int i = 0; i < feeds.length; i++) {
            named.add(new NamedFeed(names.get(i), specs.get(i).suffix(), feeds[i]));
        }
        return named;
    }

    /**
     * The journal that is the only feed and has no name of its own, else null: into an empty folder it goes as it
     * stands.
     */
    JournalFeed republished() {
        boolean alone = specs.size() == 1 && specs.get(0).name() == null;
        return alone && feeds[0] instanceof JournalFeed journal ? journal : null;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(feeds);
    }

    /** A feed without a name is called by its kind, a second one {@code kind-2}. */
    static List<String> names(List<FeedSpec> specs) {
        Map<String, Integer> unnamed = new HashMap<>();
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (FeedSpec spec : specs) {
            String name = spec.name();
            if (name == null) {
                int number = unnamed.merge(spec.kind(), 1, Integer::sum);
                name = number == 1 ? spec.kind() : spec.kind() + "-" + number;
            }
            if (!taken.add(name)) {
                throw new WrongUseException(
                        "two feeds are called '" + name + "'; give one another name: NAME=KIND[:ARG]");
            }
            names.add(name);
        }
        return names;
    }

    private void checkStandardInput() {
        long readers = specs.stream()
                .flatMap(spec -> spec.paths().stream())
                .filter(FeedSpec.STANDARD_INPUT::equals)
                .count();
        if (readers > 1) {
            throw new WrongUseException("standard input (-) can be read by one feed, once");
        }
    }

    private static void checkOther(FeedSpec spec, Path data) {
        if (real(Path.of(spec.argument())).equals(real(data))) {
            throw new WrongUseException(
                    "journal:" + spec.argument() + " is the data folder itself; give another --data");
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            return path.toAbsolutePath().normalize();
        }
    }

    private void open(int number) {
        FeedSpec spec = specs.get(number);
        try {
            feeds[number] = open(spec);
        } catch (IOException | RuntimeException e) {
            throw new WrongUseException("feed " + names.get(number) + ": " + e.getMessage(), e);
        }
    }

    private static Feed open(FeedSpec spec) throws IOException {
        return switch (spec.kind()) {
            case FeedSpec.SIM -> {
                SimArguments sim = SimArguments.parse(spec.argument());
                yield new SimFeed(sim.symbols(), sim.ticksPerSecond(), sim.seed());
            }
            case FeedSpec.BINANCE -> BinanceFeed.open(spec.paths());
            case FeedSpec.CSV -> {
                CsvArguments csv = CsvArguments.parse(spec.argument());
                yield CsvFeed.open(csv.path(), csv.context());
            }
            default -> JournalFeed.open(Path.of(spec.argument()), JournalRange.WHOLE);
        };
    }
}
