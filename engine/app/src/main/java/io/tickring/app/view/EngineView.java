package io.tickring.app.view;

import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.status.StatusReader.ReportedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A running engine at a glance, out of its mapped files, in this process or any other: the most active instruments, then the
 * engine's figures. One thread's; remembers the last look, for rates.
 */
public final class EngineView {
    private static final int BLANK_LINES = 2;

    private final StatusReader status;
    private final InstrumentLines instruments;
    private final PriceTableReader prices;
    private final EngineLines engine;
    private boolean hasLook;
    private long lastNs;

    public EngineView(StatusReader status, PriceTableReader prices) {
        this.status = status;
        this.prices = prices;
        this.instruments = new InstrumentLines(prices);
        this.engine = new EngineLines(status);
    }

    /**
     * The lines for now, at most {@code height} of them where it has room for the figures.
     *
     * @param note what else the title says, as {@code paused}; may be empty
     * @param keys the last line, what keys do; empty for none
     */
    public List<String> lines(long nowNs, long nowEpochMs, int height, String note, String keys) {
        double seconds = hasLook ? (nowNs - lastNs) / 1e9 : 0;
        hasLook = true;
        lastNs = nowNs;
        List<String> figures = engine.next(seconds);
        List<String> lines = new ArrayList<>();
        lines.add(title(nowEpochMs) + (note.isEmpty() ? "" : " - " + note));
        int used = 1 + BLANK_LINES + 1 + figures.size() + (keys.isEmpty() ? 0 : BLANK_LINES);
        lines.add("");
        lines.addAll(instruments.next(Math.max(1, height - used), seconds, nowEpochMs));
        lines.add("");
        lines.addAll(figures);
        if (!keys.isEmpty()) {
            lines.add("");
            lines.add(keys);
        }
        return lines;
    }

    private String title(long nowEpochMs) {
        long seconds = Math.max(0, TimeUnit.MILLISECONDS.toSeconds(nowEpochMs - status.startEpochMs()));
        return String.format(
                Locale.ROOT,
                "tickring, pid %d, %s for %d:%02d:%02d, %s instruments",
                status.pid(),
                stateName(),
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60,
                Figures.count(prices.instruments()));
    }

    private String stateName() {
        ReportedState reported = status.reported();
        String name = reported.state().name().toLowerCase(Locale.ROOT);
        return reported.reason() == null ? name : name + " (" + reported.reason() + ")";
    }
}
