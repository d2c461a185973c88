package io.tickring.app;

import io.tickring.app.view.Figures;
import io.tickring.engine.Startup;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long the start took, from {@code main} to a running engine, stage by stage. */
final class StartLine {
    private static final String TOTAL = "total";
    private static final double NS_PER_MS = 1e6;

    private final Startup startup;
    private final Map<String, Double> stageMs = new LinkedHashMap<>();

    /** @param mainNs when {@code main} began and {@code nowNs} when the engine ran, of {@code System.nanoTime} */
    StartLine(Startup startup, long mainNs, long nowNs) {
        this.startup = startup;
        stageMs.put("main", (nowNs - mainNs - startup.totalNs()) / NS_PER_MS);
        startup.stageNs().forEach((stage, ns) -> stageMs.put(stage, ns / NS_PER_MS));
        stageMs.put(TOTAL, (nowNs - mainNs) / NS_PER_MS);
    }

    /** By stage, in the order of the start; the last is {@code total}. */
    Map<String, Double> stageMs() {
        return stageMs;
    }

    String text() {
        return "running after " + ms(stageMs.get(TOTAL))
                + stageMs.entrySet().stream()
                        .filter(stage -> !stage.getKey().equals(TOTAL))
                        .map(stage -> stage.getKey() + " " + ms(stage.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"))
                + source();
    }

    private String source() {
        if (startup.snapshotSequence() == 0 && startup.records() == 0) {
            return "";
        }
        String records = Figures.count(startup.records());
        return startup.snapshotSequence() == 0
                ? ", from " + records + " records of the journal"
                : ", from the snapshot at sequence " + Figures.count(startup.snapshotSequence()) + " and " + records
                        + " records behind it";
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, "%,.0f ms", ms);
    }
}
