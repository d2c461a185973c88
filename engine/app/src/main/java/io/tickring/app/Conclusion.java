package io.tickring.app;

import io.tickring.app.view.Figures;
import io.tickring.engine.Engine;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StateReason;
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
                        engine.counters(),
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
            case DEGRADED -> "ended as asked when degraded";
            case FEEDS_ENDED -> run.published() == options.ticks() ? "all ticks asked for" : "all feeds have ended";
            case REQUESTED -> durationIsOver ? "the time is over" : "stopped";
        };
    }

    /** Null where all went well. */
    private String problem(StopReason reason, RunSummary run, EngineCounters counters, List<String> errors) {
        return switch (reason) {
            case FAILED -> "failed: " + failure(errors);
            case DEGRADED -> "degraded: " + degradation(run, errors) + "; the run was drained and ended";
            case FEEDS_ENDED, REQUESTED -> {
                String unjournaled = unjournaled(run, counters.unjournaled.get());
                yield unjournaled == null && counters.latencyLogFailures.get() > 0 ? latencyLog() : unjournaled;
            }
        };
    }

    /** A run may end while its journal pauses. */
    private String unjournaled(RunSummary run, long missing) {
        if (run.reason() != StateReason.DISK_LOW) {
            return null;
        }
        boolean isTold = run.journaledSequence() >= run.lastSequence();
        return "disk low: data=" + options.folders.data + " had no room at the end; " + Figures.count(missing)
                + " records are not in the journal" + (isTold ? ", which says so" : "")
                + "; make room, or lower --watermark";
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
