package io.tickring.tools.cli;

import io.tickring.engine.analytics.Analysis;
import io.tickring.engine.analytics.AnalysisResult;
import org.agrona.DirectBuffer;

/** The stage of a replay that computes figures. */
final class AnalysisStage implements ReplayStage {
    private final Analysis analysis;
    private AnalysisResult result;
    private volatile long doneSequence;
    private volatile Exception failure;

    AnalysisStage(Analysis analysis) {
        this.analysis = analysis;
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
            failure = e;
        }
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
        result = analysis.end();
    }

    /** What was found, at the end. */
    AnalysisResult result() {
        return result;
    }
}
