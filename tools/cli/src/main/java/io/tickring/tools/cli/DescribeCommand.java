package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.journaling.JournalDescription;
import io.tickring.engine.journaling.JournalSurvey;
import io.tickring.engine.tick.Glob;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a journal holds, also beside a running engine: up to the journal's end when the command began. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = {
            "Says what the journal holds: files, blocks, bytes, ticks, times and instruments.",
            "Of a running engine up to the sequence journaled at the start."
        },
        footer = {"", "Example: java -jar tools.jar describe --symbol 'BTC*' --data /var/lib/tickring"})
final class DescribeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Option(
            names = "--symbol",
            paramLabel = "GLOB",
            converter = GlobConverter.class,
            description = "Lists only instruments that match (* any characters, ? one); may be given more than once."
                    + " The totals stay those of the whole journal.")
    private List<Glob> globs;

    @Option(names = "--json", description = "One JSON object instead of lines; times are ns since the epoch.")
    private boolean json;

    DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        NativeScratch.prepare();
        JournalDescription found;
        try (Progress progress = Progress.of("describe", console.talkIsTerminal(), console.talk())) {
            found = JournalSurvey.describe(data.data, progress::update);
        }
        Predicate<String> asked = Glob.anyOf(globs);
        DescriptionText text = new DescriptionText(found, asked == null ? symbol -> true : asked);
        if (json) {
            try (JsonGenerator generator = Json.generator(console.data())) {
                text.write(generator);
            }
        } else {
            console.print(text.lines());
        }
        if (!found.isSound()) {
            console.data().flush();
            console.say(
                    "tickring: " + found.error() + "; what is sound before it is described, run verify to prove it");
        }
        return found.isSound() ? ToolsCommand.WELL : ToolsCommand.FAILED;
    }
}
