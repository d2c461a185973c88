package io.tickring.tools.cli;

import io.tickring.engine.tick.Glob;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which symbols a command speaks of. */
final class SymbolOption {
    @Option(
            names = "--symbol",
            paramLabel = "GLOB",
            converter = GlobConverter.class,
            description = "Only symbols that match (* any characters, ? one); may be given more than once.")
    private List<Glob> globs;

    /** Null for all. */
    Predicate<String> wanted() {
        return Glob.anyOf(globs);
    }

    /** In words. */
    @Override
    public String toString() {
        return globs == null
                ? "all"
                : String.join(", ", globs.stream().map(Glob::pattern).toList());
    }
}
