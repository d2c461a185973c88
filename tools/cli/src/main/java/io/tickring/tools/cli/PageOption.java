package io.tickring.tools.cli;

import io.tickring.app.PathConverter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether a command also writes a page for a browser. */
final class PageOption {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            converter = PathConverter.class,
            description = "Also writes one page for any browser, offline; what it shows stands above.")
    private Path html;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrites files that are there.")
    private boolean force;

    /** Refuses -f where no file is written. @param others whether options but --html name files; {@code options} are all of them, in words */
    void requireFile(boolean others, String options) {
        if (force && html == null && !others) {
            throw CommandException.wrongUse("-f without " + options + ": there is no file to overwrite");
        }
    }

    /** Begins the file before any work is done; null where none is asked for. */
    OutputFile reserve() {
        return html == null ? null : OutputFile.reserve(html, force);
    }

    /** Null where none is asked for. */
    Path file() {
        return html;
    }

    boolean overwrites() {
        return force;
    }
}
