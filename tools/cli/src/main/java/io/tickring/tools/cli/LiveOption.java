package io.tickring.tools.cli;

import io.tickring.app.PathConverter;
import io.tickring.engine.broadcast.BroadcastDescriptor;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which engine's live folder a command looks at: where {@code prices} and {@code status} lie, the data folder if not
 * told.
 */
final class LiveOption {
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
        if (Files.exists(folder().resolve(StatusDescriptor.FILE_NAME))) {
            StatusSample now = StatusSample.take(status(), System.currentTimeMillis());
            if (now.state() == EngineState.STARTING && now.isAlive()) {
                throw CommandException.failed("folder=" + folder() + ": the engine there (pid " + now.pid()
                        + ") is starting and shows no prices yet; try again when 'stat' says that it is running");
            }
        }
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
