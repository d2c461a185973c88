package io.tickring.app;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** The commands of the tools jar that look at what a run has left, ready to be copied. */
final class NextSteps {
    private static final Path TOOLS = Path.of("tools", "target", "tools.jar");

    private NextSteps() {}

    static List<String> of(EngineOptions options) {
        String tools = "java -jar " + quoted(toolsJar().toString()) + " ";
        String data = argument(" --data ", options.folders.data, Path.of(EngineOptions.DEFAULT_DATA));
        String live = argument(" --live ", options.folders.live, null);
        List<String> steps = new ArrayList<>();
        steps.add(tools + "prices" + data + live);
        if (!options.journal.noJournal) {
            steps.add(tools + "replay" + data);
            steps.add(tools + "verify" + data);
        }
        steps.add(tools + "report" + data);
        return steps;
    }

    private static String argument(String flag, Path folder, Path byDefault) {
        return folder == null || folder.equals(byDefault) ? "" : flag + quoted(folder.toString());
    }

    /**
     * The tools jar beside this engine jar, as seen from the working directory; as in the root of the sources if
     * there is none.
     */
    private static Path toolsJar() {
        CodeSource source = NextSteps.class.getProtectionDomain().getCodeSource();
        try {
            Path engine = source == null ? null : Path.of(source.getLocation().toURI());
            Path tools = engine == null
                    ? TOOLS
                    : engine.resolveSibling(Path.of("..", "..").resolve(TOOLS)).normalize();
            Path here = Path.of("").toAbsolutePath();
            return Files.exists(tools) && here.getRoot().equals(tools.getRoot()) ? here.relativize(tools) : TOOLS;
        } catch (URISyntaxException e) {
            return TOOLS;
        }
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./@%+=:,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
