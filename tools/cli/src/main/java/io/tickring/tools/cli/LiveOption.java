package io.tickring.tools.cli;

import io.tickring.app.PathConverter;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.status.StatusReader;
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

    PriceTableReader prices() {
        return map("prices", PriceTableReader::map);
    }

    StatusReader status() {
        return map("status", StatusReader::map);
    }

    private <T> T map(String file, Mapping<T> mapping) {
        Path folder = live != null ? live : data.data;
        try {
            return mapping.map(folder);
        } catch (IOException | RuntimeException e) {
            if (e instanceof NoSuchFileException || !Files.isDirectory(folder)) {
                String what = Files.exists(folder) ? "holds no file '" + file + "'" : "does not exist";
                throw CommandException.wrongUse("folder=" + folder + " " + what
                        + ": start an engine there first, or name its folder with --data or --live");
            }
            throw CommandException.failed(
                    "folder=" + folder + ": '" + file + "' cannot be read: " + CommandErrors.oneLine(e));
        }
    }
}
