package io.tickring.tools.cli;

import io.tickring.app.PathConverter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which engine's data folder a command looks at. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./tickring-data",
            converter = PathConverter.class,
            description = "The engine's data folder, also from TICKRING_DATA (default: ${DEFAULT-VALUE}).")
    Path data;
}
