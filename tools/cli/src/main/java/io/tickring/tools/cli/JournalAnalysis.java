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
import java.util.Set;

/** Figures over a journal, or a range of it, by a replay. */
final class JournalAnalysis {
    private static final Map<String, String> OPTIONS =
            Map.of("bars", "--interval", "grid", "--grid", "grace", "--grace", "halfLife", "--half-life");

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
    AnalysisResult run(AnalyticsContext context, Workers workers, Set<Analysis.History> kept) throws IOException {
        check(context);
        NativeScratch.prepare();
        Replay replay = new Replay(folder, range, Double.POSITIVE_INFINITY, false);
        try (JournalFeed feed = replay.open();
                Progress progress = Progress.of(task, console.talkIsTerminal(), console.talk())) {
            Analysis analysis = analysis(context, replay.instruments(feed), workers, kept);
            AnalysisStage stage = new AnalysisStage(analysis, progress::update);
            replay.run(feed, stage, progress);
            feed.gaps().forEach(gap -> console.say(gap.toString()));
            return stage.result();
        } catch (OutOfMemoryError e) {
            throw CommandException.failed(AnalysisStage.noMemory(e));
        }
    }

    /** Names the option that a setting comes from. */
    private static String asOption(String message) {
        int end = message.indexOf('=');
        String option = end < 0 ? null : OPTIONS.get(message.substring(0, end));
        return option == null ? message : option + message.substring(end);
    }

    private static Analysis analysis(
            AnalyticsContext context, int instruments, Workers workers, Set<Analysis.History> kept) {
        try {
            return new Analysis(context, instruments, workers, kept);
        } catch (IllegalArgumentException tooMuch) {
            throw CommandException.failed(tooMuch.getMessage() + " (a longer --interval, or less --grace)");
        }
    }

    private static void check(AnalyticsContext context) {
        try {
            context.conclude();
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(asOption(e.getMessage()));
        }
    }
}
