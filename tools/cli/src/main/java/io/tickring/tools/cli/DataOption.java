package io.tickring.tools.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which engine's data folder a command looks at. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./tickring-data",
            description = "The engine's data folder (default: ${DEFAULT-VALUE}).")
    Path data;
}
