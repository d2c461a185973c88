package io.tickring.app;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import picocli.AutoComplete;
import picocli.CommandLine;

/** A script that gives a jar a name in bash and zsh, and completes its words there. */
public final class Completion {
    private Completion() {}

    /**
     * The script for the jar that {@code main} is in.
     *
     * @param name by which the shell will know the jar
     */
    public static String script(String name, CommandLine commandLine, Class<?> main) {
        return AutoComplete.bash(name, commandLine) + System.lineSeparator() + name + "() { java -jar '"
                + jar(main).toString().replace("'", "'\\''") + "' \"$@\"; }" + System.lineSeparator();
    }

    private static Path jar(Class<?> main) {
        CodeSource source = main.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Path.of(main.getName())
                    : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
