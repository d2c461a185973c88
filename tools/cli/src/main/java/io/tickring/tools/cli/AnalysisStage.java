package io.tickring.tools.cli;

import io.tickring.engine.analytics.Analysis;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.Correlation;
import org.agrona.DirectBuffer;

/** The stage of a replay that computes figures. */
final class AnalysisStage implements ReplayStage {
    private final Analysis analysis;
    private final Correlation.Progress progress;
    private AnalysisResult result;
    private volatile long doneSequence;
    private volatile Exception failure;

    /** @param progress of what is left to do when all records are taken */
    AnalysisStage(Analysis analysis, Correlation.Progress progress) {
        this.analysis = analysis;
        this.progress = progress;
    }

    @Override
    public void defineAll(DirectBuffer definitions, int count) {
        analysis.onBatch(definitions, 0, 0, count);
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        if (failure != null) {
            return;
        }
        try {
            analysis.onBatch(records, offset, firstSequence, count);
            doneSequence = firstSequence + count - 1;
        } catch (RuntimeException e) {
            failure = spoken(e);
        } catch (OutOfMemoryError e) {
            failure = CommandException.failed(noMemory(e));
        }
    }

    @Override
    public boolean hasWorkers() {
        return true;
    }

    @Override
    public long doneSequence() {
        return doneSequence;
    }

    @Override
    public Exception failure() {
        return failure;
    }

    @Override
    public void end() {
        try {
            result = analysis.end(progress);
        } catch (RuntimeException e) {
            throw spoken(e);
        }
    }

    /** What did not fit is garbage by now: the matrix of all pairs, or years of returns. */
    static String noMemory(OutOfMemoryError e) {
        return "the figures do not fit into memory (" + CommandErrors.oneLine(e)
                + "): name fewer instruments, a longer interval or a shorter range, or give java more by -Xmx";
    }

    /** What an analysis refuses in the middle of its work, it says in words for people. */
    private static RuntimeException spoken(RuntimeException e) {
        return e instanceof IllegalStateException ? CommandException.failed(e.getMessage()) : e;
    }

    /** What was found, at the end. */
    AnalysisResult result() {
        return result;
    }
}
