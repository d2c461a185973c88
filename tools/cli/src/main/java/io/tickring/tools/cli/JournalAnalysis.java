package io.tickring.tools.cli;

import io.tickring.engine.analytics.Analysis;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.analytics.Workers;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Figures over a journal, or a range of it, by a replay. */
final class JournalAnalysis {
    /** Bytes of figures are set aside for each instrument: more of them than anyone has would not fit. */
    private static final int MAX_INSTRUMENTS = 65_536;

    private static final Map<String, String> OPTIONS =
            Map.of("bars", "--interval", "grid", "--interval", "grace", "--grace", "halfLife", "--half-life");

    private final Console console;
    private final String task;
    private final Path folder;
    private final JournalRange range;

    /** @param task the name of the command, for the progress bar */
    JournalAnalysis(Console console, String task, Path folder, JournalRange range) {
        this.console = console;
        this.task = task;
        this.folder = folder;
        this.range = range;
    }

    /** @throws CommandException if a setting cannot be, or the journal is damaged */
    AnalysisResult run(AnalyticsContext context, Workers workers, boolean keepsBars) throws IOException {
        check(context);
        NativeScratch.prepare();
        Replay replay = new Replay(folder, range, Double.POSITIVE_INFINITY, false);
        try (JournalFeed feed = replay.open();
                Progress progress = Progress.of(task, console.talkIsTerminal(), console.talk())) {
            int instruments = Math.min(MAX_INSTRUMENTS, replay.instruments(feed));
            AnalysisStage stage = new AnalysisStage(new Analysis(context, instruments, workers, keepsBars));
            replay.run(feed, stage, progress);
            feed.gaps().forEach(gap -> console.say(gap.toString()));
            return stage.result();
        } catch (OutOfMemoryError e) {
            // What did not fit is garbage by now: the matrix of all pairs, or years of returns.
            throw CommandException.failed("the figures do not fit into memory (" + CommandErrors.oneLine(e)
                    + "): name fewer instruments, a longer interval or a shorter range, or give java more by -Xmx");
        }
    }

    /** Names the option that a setting comes from. */
    private static String asOption(String message) {
        int end = message.indexOf('=');
        String option = end < 0 ? null : OPTIONS.get(message.substring(0, end));
        return option == null ? message : option + message.substring(end);
    }

    private static void check(AnalyticsContext context) {
        try {
            context.conclude();
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(asOption(e.getMessage()));
        }
    }
}
