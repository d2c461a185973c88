package io.tickring.app;

import io.tickring.app.view.EngineView;
import io.tickring.app.view.Screen;
import io.tickring.app.view.Terminal;
import io.tickring.engine.Engine;
import io.tickring.engine.StopReason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A running engine as a table that is rewritten in place once a second; {@code q} ends the run, {@code p} pauses recordings. */
final class LiveTable implements Narration {
    private static final long FRAME_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEY_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Engine engine;
    private final boolean hasRecordings;
    private final Screen screen;
    private final EngineView view;
    private long frameNs;
    private long dueNs;

    /** @param hasRecordings whether there is anything to pause */
    LiveTable(Engine engine, boolean hasRecordings, Terminal terminal, OutputStream out, long nowNs) {
        this.engine = engine;
        this.hasRecordings = hasRecordings;
        this.screen = new Screen(out, terminal);
        this.view = new EngineView(engine.status(), engine.prices());
        this.frameNs = nowNs;
        this.dueNs = nowNs;
    }

    @Override
    public long dueNs() {
        return dueNs;
    }

    @Override
    public void next(long nowNs) {
        boolean pressed = takeKeys();
        if (pressed || nowNs - frameNs >= 0) {
            show(nowNs);
            frameNs = Math.max(frameNs, nowNs - FRAME_NS / 2) + FRAME_NS;
        }
        dueNs = Math.min(nowNs + KEY_NS, frameNs);
    }

    @Override
    public void close() {
        try {
            screen.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers whether a key changed what is shown. */
    private boolean takeKeys() {
        boolean changed = false;
        for (int key = screen.terminal().key();
                key != Terminal.NO_KEY;
                key = screen.terminal().key()) {
            if (key == 'q') {
                engine.stop(StopReason.REQUESTED);
            } else if (key == 'p' && hasRecordings) {
                changed = true;
                if (engine.isPaused()) {
                    engine.resumeRecordings();
                } else {
                    engine.pauseRecordings();
                }
            }
        }
        return changed;
    }

    private void show(long nowNs) {
        String keys = "q end" + (hasRecordings ? engine.isPaused() ? ", p go on" : ", p pause" : "");
        String note = engine.isPaused() ? "PAUSED" : "";
        try {
            screen.show(view.lines(nowNs, System.currentTimeMillis(), screen.height(), note, keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
