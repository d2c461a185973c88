package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.journaling.JournalCheck;
import io.tickring.engine.journaling.JournalGap;
import io.tickring.engine.price.TableDigest;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves a journal: every block, every link, every sequence, and the state that its ticks give. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every block, every sequence and, against each checkpoint, the state that they give.",
            "Lists the gaps that the journal itself tells of: they are no errors."
        },
        footer = {"", "Example: java -jar tools.jar verify --data /var/lib/tickring"})
final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        NativeScratch.prepare();
        JournalCheck.Result result;
        try (Progress progress = Progress.of("verify", console.talkIsTerminal(), console.talk())) {
            result = new JournalCheck(data.data, progress::update).run();
        }
        if (json) {
            writeJson(result);
        } else if (result.ok()) {
            console.print(line(result));
            for (JournalGap gap : result.gaps()) {
                console.print(gap.toString());
            }
        } else {
            console.say("tickring: " + result.error());
        }
        return result.ok() ? ToolsCommand.WELL : ToolsCommand.FAILED;
    }

    private static String line(JournalCheck.Result result) {
        String sequences = result.lastSequence() < result.firstSequence() || result.lastSequence() == 0
                ? "no sequence"
                : "sequences " + result.firstSequence() + " to " + result.lastSequence();
        return String.format(
                Locale.ROOT,
                "ok: %,d blocks, %,d ticks, %s, %,d checkpoints, digest %s",
                result.blocks(),
                result.ticks(),
                sequences,
                result.checkpoints(),
                TableDigest.format(result.digest()));
    }

    private void writeJson(JournalCheck.Result result) throws IOException {
        try (JsonGenerator generator = Json.generator(console.data())) {
            generator.writeStartObject();
            generator.writeBooleanField("ok", result.ok());
            generator.writeNumberField("blocks", result.blocks());
            generator.writeNumberField("ticks", result.ticks());
            generator.writeNumberField("firstSequence", result.firstSequence());
            generator.writeNumberField("lastSequence", result.lastSequence());
            generator.writeNumberField("checkpoints", result.checkpoints());
            generator.writeStringField("digest", TableDigest.format(result.digest()));
            Json.writeGaps(generator, result.gaps());
            Json.writeField(generator, "error", result.error());
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }
}
