package io.tickring.tools.cli;

import io.tickring.app.view.EngineView;
import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The engine's own live table, out of the mapped files of an engine that runs elsewhere. Costs the engine nothing. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Shows the busiest instruments and the rates of a running engine, until it ends or q is pressed.",
        footer = {"", "Example: java -jar tools.jar top --interval 500ms"})
final class TopCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private LiveOption live;

    @Option(names = "--once", description = "One look, also at an engine that has ended.")
    private boolean once;

    @Mixin
    private IntervalOption interval;

    TopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        long intervalNs = interval.checkedNs();
        StatusReader status = live.status();
        EngineView view = new EngineView(status, live.prices());
        StatusSample last;
        try (Display display = Display.on(console, !once)) {
            last = watch(status, view, display, intervalNs);
        }
        return end(last);
    }

    /** Shows looks until there is nothing more to show, or nobody who wants it; answers how the engine was at the last. */
    private StatusSample watch(StatusReader status, EngineView view, Display display, long intervalNs)
            throws IOException {
        String keys = display.isInPlace() ? Display.KEYS : "";
        long nextNs = System.nanoTime();
        while (true) {
            long nowMs = System.currentTimeMillis();
            StatusSample sample = StatusSample.take(status, nowMs);
            long shownMs = sample.isAlive() ? nowMs : sample.heartbeatEpochMs();
            display.show(view.lines(System.nanoTime(), shownMs, display.height(), "", keys));
            nextNs += intervalNs;
            if (once || !sample.isAlive() || !display.awaitNext(nextNs)) {
                return sample;
            }
        }
    }

    private int end(StatusSample sample) {
        if (!sample.isAlive()) {
            console.say(StatusText.end(sample));
        }
        return sample.exitCode(once);
    }
}
