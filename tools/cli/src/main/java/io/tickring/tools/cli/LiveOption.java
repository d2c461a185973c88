package io.tickring.tools.cli;

import io.tickring.app.PathConverter;
import io.tickring.engine.broadcast.BroadcastDescriptor;
import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusDescriptor;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which engine's live folder a command looks at: where {@code prices} and {@code status} lie, the data folder if not
 * told.
 */
final class LiveOption {
    private static final long LOOK_NS = 20_000_000;

    @Mixin
    DataOption data;

    @Option(
            names = "--live",
            paramLabel = "DIR",
            converter = PathConverter.class,
            description = "The engine's live folder, if it was started with one, also from TICKRING_LIVE"
                    + " (default: the data folder).")
    Path live;

    /** Maps a file of the live folder. */
    @FunctionalInterface
    interface Mapping<T> {
        T map(Path folder) throws IOException;
    }

    /** The table of the engine that runs there, or of the last one that did. */
    PriceTableReader prices() {
        requireStarted();
        return map("prices", PriceTableReader::map);
    }

    private void requireStarted() {
        StatusSample now = sample();
        if (isStarting(now)) {
            throw CommandException.failed("folder=" + folder() + ": the engine there (pid " + now.pid()
                    + ") is starting and shows no prices yet; try again when 'stat' says that it is running");
        }
    }

    /** Waits while an engine starts there, and says so; until {@code isEnough}. */
    void awaitStarted(Console console, BooleanSupplier isEnough) {
        boolean said = false;
        for (StatusSample now = sample(); isStarting(now) && !isEnough.getAsBoolean(); now = sample()) {
            if (!said) {
                console.say("tickring: the engine (pid " + now.pid() + ") is starting; waiting for it");
                said = true;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Says when and how the engine there has ended, where it has. */
    void sayIfEnded(Console console) {
        StatusSample now = sample();
        if (now != null && !now.isAlive()) {
            console.say("tickring: " + StatusText.end(now) + "; this is what it left");
        }
    }

    /** Says so where no symbol of the table there is among those wanted, which null is for all. */
    void sayIfUnknown(Predicate<String> wanted, Console console) {
        if (wanted == null || Files.notExists(folder().resolve(PriceTableDescriptor.FILE_NAME))) {
            return;
        }
        PriceTableReader prices = prices();
        if (IntStream.range(0, prices.instruments()).mapToObj(prices::symbol).noneMatch(wanted)) {
            console.say("tickring: none of the " + prices.instruments() + " symbols so far matches; waiting for one");
        }
    }

    private static boolean isStarting(StatusSample now) {
        return now != null && now.state() == EngineState.STARTING && now.isAlive();
    }

    /** How the engine there is; null where none ever started. */
    private StatusSample sample() {
        return Files.exists(folder().resolve(StatusDescriptor.FILE_NAME))
                ? StatusSample.take(status(), System.currentTimeMillis())
                : null;
    }

    StatusReader status() {
        return map("status", StatusReader::map);
    }

    /** Begins a subscription to that engine. Throws its own exceptions where a setting is wrong. */
    Subscription subscribe(SubscriptionContext context, TickListener listener) {
        requireStarted();
        return map(
                context.mode() == SubscriptionMode.EVERY ? BroadcastDescriptor.FILE_NAME : "prices",
                folder -> FolderSubscription.open(data.data, folder, context, listener));
    }

    private <T> T map(String file, Mapping<T> mapping) {
        Path folder = folder();
        try {
            return mapping.map(folder);
        } catch (IllegalArgumentException | SubscriptionException | JournalException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (e instanceof NoSuchFileException || !Files.isDirectory(folder)) {
                if (file.equals(BroadcastDescriptor.FILE_NAME)
                        && Files.exists(folder.resolve(StatusDescriptor.FILE_NAME))) {
                    throw CommandException.wrongUse(
                            "folder=" + folder + ": the engine there was started with --broadcast off; say"
                                    + " --mode latest or lossless, or start it without that");
                }
                String what = Files.exists(folder) ? "holds no file '" + file + "'" : "does not exist";
                throw CommandException.wrongUse("folder=" + folder + " " + what
                        + ": start an engine there first, or name its folder with --data or --live");
            }
            throw CommandException.failed(
                    "folder=" + folder + ": '" + file + "' cannot be read: " + CommandErrors.oneLine(e));
        }
    }

    Path folder() {
        return live != null ? live : data.data;
    }
}
