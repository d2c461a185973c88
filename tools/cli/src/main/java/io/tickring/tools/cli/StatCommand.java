package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.DurationConverter;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches an engine through its status file until it ends. Costs the engine nothing. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        description = "Shows the counters of a running engine, again and again, until it ends.")
final class StatCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private LiveOption live;

    @Option(names = "--once", description = "One sample, also of an engine that has ended.")
    private boolean once;

    @Option(names = "--json", description = "One JSON object for each sample, on a line.")
    private boolean json;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Time between samples, as 500ms or 2s (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    StatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (interval.isZero()) {
            throw CommandException.wrongUse("--interval must be above 0");
        }
        StatusReader status = live.status();
        StatusText text = new StatusText();
        long nextNs = System.nanoTime();
        while (true) {
            StatusSample sample = StatusSample.take(status, System.currentTimeMillis());
            show(sample, text);
            if (once || !sample.isAlive()) {
                return exitCode(sample);
            }
            nextNs += interval.toNanos();
            if (!sleepUntil(nextNs)) {
                return ToolsCommand.WELL;
            }
        }
    }

    private int exitCode(StatusSample sample) {
        return once || sample.isAlive() || sample.state() == EngineState.STOPPED
                ? ToolsCommand.WELL
                : ToolsCommand.FAILED;
    }

    private void show(StatusSample sample, StatusText text) throws IOException {
        if (json) {
            try (JsonGenerator generator = Json.generator(console.data())) {
                sample.write(generator);
            }
        } else {
            for (String line : text.lines(sample, System.nanoTime())) {
                console.print(line);
            }
        }
        if (!sample.isAlive()) {
            if (json) {
                console.say(StatusText.end(sample));
            } else {
                console.print(StatusText.end(sample));
            }
        } else if (!json && !once) {
            console.print("");
        }
        console.data().flush();
    }

    private static boolean sleepUntil(long nanoTime) {
        long leftNs = nanoTime - System.nanoTime();
        try {
            if (leftNs > 0) {
                Thread.sleep(leftNs / 1_000_000, (int) (leftNs % 1_000_000));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
