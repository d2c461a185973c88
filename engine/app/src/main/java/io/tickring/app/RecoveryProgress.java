package io.tickring.app;

import io.tickring.app.view.Figures;
import io.tickring.engine.journaling.JournalRecovery;
import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far the table is rebuilt from the journal: a bar on a terminal, one line elsewhere, nothing when quiet.
 * Ends the rebuilding when the process is asked to stop. Used by the thread that launches the engine.
 */
final class RecoveryProgress implements JournalRecovery.Progress, AutoCloseable {
    private static final int WIDTH = 79;
    private static final int UPDATE_MS = 200;
    /** So many are read in no time. */
    private static final long FEW = 1_000_000;

    private final OrderlyEnd end;
    private final PrintWriter err;
    private final boolean isShown;
    private final boolean isTerminal;
    private boolean begun;
    private ProgressBar bar;

    RecoveryProgress(OrderlyEnd end, PrintWriter err, boolean isShown, boolean isTerminal) {
        this.end = end;
        this.err = err;
        this.isShown = isShown;
        this.isTerminal = isTerminal;
    }

    @Override
    public void onProgress(long sequence, long lastSequence) {
        if (end.isAsked()) {
            throw new StoppedException();
        }
        if (isShown && !begun) {
            begin(sequence, lastSequence);
        }
        if (bar != null) {
            bar.stepTo(sequence);
        }
    }

    /** Leaves the bar on the screen as far as it came. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            err.println();
            bar = null;
        }
    }

    private void begin(long sequence, long lastSequence) {
        begun = true;
        if (lastSequence - sequence < FEW) {
            return;
        }
        if (!isTerminal) {
            err.println("tickring: rebuilding the table, from sequence " + Figures.count(sequence) + " to "
                    + Figures.count(lastSequence));
            return;
        }
        bar = new ProgressBarBuilder()
                .setTaskName("rebuilding the table")
                .setInitialMax(lastSequence)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MS)
                // With a consumer of our own no terminal library is asked, which would start processes and unpack
                // native code.
                .setConsumer(new DelegatingProgressBarConsumer(this::show, WIDTH))
                .build();
    }

    private void show(String line) {
        err.print('\r' + line);
        err.flush();
    }

    /** The rebuilding was asked to stop. */
    static final class StoppedException extends CancellationException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped while the table was rebuilt");
        }
    }
}
