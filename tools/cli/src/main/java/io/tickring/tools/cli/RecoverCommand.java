package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.journaling.JournalGap;
import io.tickring.engine.journaling.JournalRepair;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a damaged journal one that an engine starts on, by a person's decision: what is lost stands in it as a gap. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps all that is sound of a damaged journal and records the rest as gaps.",
            "The engine then starts again. Nothing is deleted: files that are replaced stay under other names.",
            "No engine may run on the folder meanwhile."
        },
        footer = {"", "Example: java -jar tools.jar recover --dry-run --data /var/lib/tickring"})
final class RecoverCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Option(names = "--dry-run", description = "Says what would be done, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

    RecoverCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        NativeScratch.prepare();
        JournalRepair.Result result;
        try (Progress progress = Progress.of("recover", console.talkIsTerminal(), console.talk())) {
            result = JournalRepair.run(data.data, dryRun, progress::update);
        }
        if (json) {
            writeJson(result);
        } else if (result.damage() == null) {
            console.print("nothing to do: every block is sound and in its place");
        } else {
            print(result);
        }
        return ToolsCommand.WELL;
    }

    private void print(JournalRepair.Result result) throws IOException {
        console.print(result.damage());
        boolean isEmpty = result.lastSequence() < result.firstSequence();
        console.print(String.format(
                Locale.ROOT,
                "%s %,d records, %s",
                dryRun ? "would keep" : "kept",
                result.records(),
                isEmpty ? "no sequence" : "of sequences " + result.firstSequence() + " to " + result.lastSequence()));
        for (JournalGap gap : result.gaps()) {
            console.print(gap.toString());
        }
        for (String name : result.setAside()) {
            console.print((dryRun ? "would set aside as " : "set aside as ") + name);
        }
    }

    private void writeJson(JournalRepair.Result result) throws IOException {
        try (JsonGenerator generator = Json.generator(console.data())) {
            generator.writeStartObject();
            generator.writeBooleanField("dryRun", dryRun);
            Json.writeField(generator, "damage", result.damage());
            generator.writeNumberField("records", result.records());
            generator.writeNumberField("firstSequence", result.firstSequence());
            generator.writeNumberField("lastSequence", result.lastSequence());
            Json.writeGaps(generator, result.gaps());
            generator.writeArrayFieldStart("setAside");
            for (String name : result.setAside()) {
                generator.writeString(name);
            }
            generator.writeEndArray();
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }
}
