package io.tickring.app;

import io.tickring.engine.Engine;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.status.StatusReader.LoggedError;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/** What is said when a run is over, and its exit code. */
final class Conclusion {
    private static final int WELL = 0;
    private static final int FAILED = 1;

    private final EngineOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    Conclusion(EngineOptions options, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /**
     * Sums up an engine that is closed.
     *
     * @param startFailure why the feeds did not start; null where they did
     */
    int conclude(Engine engine, StartLine start, boolean durationIsOver, Exception startFailure) {
        RunSummary run = engine.summary();
        List<String> errors =
                engine.status().errors().stream().map(LoggedError::message).toList();
        // A stage may fail after the end was decided, while the ring drains.
        StopReason reason = engine.counters().failures.get() > 0 ? StopReason.FAILED : engine.stopReason();
        if (!options.talking.quiet) {
            SummaryText text = new SummaryText(
                    run,
                    ending(reason, run, durationIsOver),
                    errors,
                    options.journal.noJournal ? null : options.journalFolder().toString(),
                    options.isSaturating(),
                    NextSteps.of(options));
            text.lines().forEach(err::println);
        }
        if (options.talking.json) {
            out.println(SummaryJson.of(run, start.stageMs()));
        }
        String problem = out.checkError()
                ? "standard output cannot be written"
                : problem(
                        reason,
                        run,
                        engine.counters().latencyLogFailures.get() > 0,
                        startFailure == null ? errors : List.of(String.valueOf(startFailure.getMessage())));
        if (problem == null) {
            return WELL;
        }
        err.println(OneLineErrors.line(problem));
        return FAILED;
    }

    private String ending(StopReason reason, RunSummary run, boolean durationIsOver) {
        return switch (reason) {
            case FAILED -> "failed";
            case DEGRADED -> "ended when degraded, as asked";
            case FEEDS_ENDED -> run.published() == options.ticks() ? "all ticks asked for" : "all feeds have ended";
            case REQUESTED -> durationIsOver ? "the time is over" : "stopped";
        };
    }

    /** Null where all went well. */
    private String problem(StopReason reason, RunSummary run, boolean latencyLogFailed, List<String> errors) {
        return switch (reason) {
            case FAILED -> "failed: " + failure(errors);
            case DEGRADED -> "degraded: " + degradation(run, errors) + "; the run was drained and ended";
            case FEEDS_ENDED, REQUESTED -> {
                String unjournaled = unjournaled(run);
                yield unjournaled == null && latencyLogFailed ? latencyLog() : unjournaled;
            }
        };
    }

    /** A run may end while its journal pauses. */
    private String unjournaled(RunSummary run) {
        return options.journal.noJournal || run.journaledSequence() >= run.lastSequence()
                ? null
                : "disk low: data=" + options.folders.data + " has no room; sequences " + (run.journaledSequence() + 1)
                        + " to " + run.lastSequence() + " are not in the journal; make room, or lower --watermark";
    }

    private String latencyLog() {
        return "latency log: data=" + options.folders.data
                + " did not take all of it; the run itself is whole; make room for the next one's";
    }

    private static String degradation(RunSummary run, List<String> errors) {
        String reason = run.reason() + ": ";
        return errors.stream()
                .filter(error -> error.startsWith(reason))
                .findFirst()
                .orElse(String.valueOf(run.reason()));
    }

    /** A failure names its feed or stage; where none does, it is the last error that is no rejected input. */
    private static String failure(List<String> errors) {
        return errors.stream()
                .filter(error -> error.startsWith("feed=") || error.startsWith("stage="))
                .findFirst()
                .or(() -> errors.stream().filter(error -> !isReject(error)).reduce((earlier, later) -> later))
                .orElse("the cause is not known");
    }

    private static boolean isReject(String error) {
        return Stream.of(RejectReason.values()).anyMatch(reason -> error.startsWith(reason + " "));
    }
}
