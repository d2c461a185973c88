package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.subscription.ReaderState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches an engine through its status file until it ends. Costs the engine nothing. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        description = "Shows the counters of a running engine, again and again, until it ends or q is pressed.",
        footer = {"", "Example: java -jar tools.jar stat --interval 5s --json"})
final class StatCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private LiveOption live;

    @Option(names = "--once", description = "One sample, also of an engine that has ended.")
    private boolean once;

    @Option(names = "--json", description = "One JSON object for each sample, on a line.")
    private boolean json;

    @Mixin
    private IntervalOption interval;

    StatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        long intervalNs = interval.checkedNs();
        StatusReader status = live.status();
        StatusSample last;
        try (Display display = Display.on(console, !once && !json)) {
            last = watch(status, display, intervalNs);
        }
        return end(last);
    }

    /** Shows samples until there is nothing more to show, or nobody who wants it; answers the last one. */
    private StatusSample watch(StatusReader status, Display display, long intervalNs) throws IOException {
        StatusText text = new StatusText();
        long nextNs = System.nanoTime();
        while (true) {
            StatusSample sample = StatusSample.take(status, System.currentTimeMillis());
            show(sample, text, display);
            nextNs += intervalNs;
            if (once || !sample.isAlive() || !display.awaitNext(nextNs)) {
                return sample;
            }
        }
    }

    private void show(StatusSample sample, StatusText text, Display display) throws IOException {
        if (json) {
            try (JsonGenerator generator = Json.generator(console.data())) {
                sample.write(generator, ReaderState.of(live.data.data));
            }
            console.data().flush();
        } else {
            List<String> lines = new ArrayList<>(text.lines(sample, System.nanoTime()));
            lines.addAll(ReaderText.lines(
                    ReaderState.of(live.data.data), sample.acceptedSequence(), System.currentTimeMillis()));
            if (display.isInPlace()) {
                lines.addAll(List.of("", Display.KEYS));
            }
            display.show(lines);
        }
    }

    private int end(StatusSample sample) throws IOException {
        if (!sample.isAlive()) {
            if (json) {
                console.say(StatusText.end(sample));
            } else {
                console.print(StatusText.end(sample));
            }
        }
        return sample.exitCode(once);
    }
}
