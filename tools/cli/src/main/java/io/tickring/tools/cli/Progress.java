package io.tickring.tools.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on stderr where somebody sees it, else nothing. One thread's; close it before anything else is said.
 */
final class Progress implements AutoCloseable {
    private static final int INTERVAL_MS = 200;
    private static final int WIDTH = 79;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** @param shown whether there is a terminal that nothing else is written to. */
    static Progress of(String task, boolean shown, PrintStream talk) {
        if (!shown) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MS)
                .clearDisplayOnFinish()
                // With a consumer of our own no terminal library is asked, which would unpack native code.
                .setConsumer(new DelegatingProgressBarConsumer(line -> show(line, talk), WIDTH))
                .build());
    }

    /** {@code done} of {@code all} records. */
    void update(long done, long all) {
        if (bar != null) {
            bar.maxHint(all);
            bar.stepTo(Math.max(0, Math.min(done, all)));
        }
    }

    private static void show(String line, PrintStream talk) {
        talk.print('\r' + line);
        talk.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
