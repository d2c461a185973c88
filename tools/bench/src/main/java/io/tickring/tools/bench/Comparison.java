package io.tickring.tools.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sets a session's ratios against an earlier one's. A ratio has fallen when it is lower by more than the noise of both: the ratio of
 * the first peer to another of the same round, so a slower machine alone changes none.
 */
final class Comparison {
    /** What became of a ratio. */
    enum Verdict {
        FELL,
        KEPT,
        ROSE,
        /** Oversubscribed, then or now. */
        NO_VERDICT
    }

    /** A ratio then and now. */
    record Row(String bench, String peer, Baseline.Row then, Figures now, Verdict verdict) {}

    private final String machineThen;
    private final String machineNow;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    Comparison(Baseline baseline, BenchSession session) {
        machineThen = baseline.machine();
        machineNow = session.conditions().machine();
        for (BenchResult result : session.results()) {
            PeerResult first = result.peers().get(0);
            // The first peer's ratio is that to itself.
            for (PeerResult peer : result.peers().subList(1, result.peers().size())) {
                boolean oversubscribed = first.isOversubscribed() || peer.isOversubscribed();
                compare(
                        baseline,
                        new PeerRatio(result.bench().name(), first.name(), peer.name(), peer.ratio(), oversubscribed));
            }
        }
        if (session.latency() != null) {
            session.latency().ratios().stream()
                    .filter(ratio -> !ratio.peer().equals(ratio.first()))
                    .forEach(ratio -> compare(baseline, ratio));
        }
    }

    private void compare(Baseline baseline, PeerRatio now) {
        Baseline.Row firstThen = baseline.rows().get(new Baseline.Key(now.bench(), now.first()));
        Baseline.Row then = baseline.rows().get(new Baseline.Key(now.bench(), now.peer()));
        if (firstThen == null || then == null) {
            unknown.add(now.bench() + " " + now.peer());
            return;
        }
        boolean judged = !firstThen.oversubscribed() && !then.oversubscribed() && !now.oversubscribed();
        Verdict verdict = judged ? verdict(then, now.ratio()) : Verdict.NO_VERDICT;
        rows.add(new Row(now.bench(), now.peer(), then, now.ratio(), verdict));
    }

    static Verdict verdict(Baseline.Row then, Figures now) {
        double change = now.median() - then.ratio();
        double noise = now.noise() + then.noise();
        if (change < -noise) {
            return Verdict.FELL;
        }
        return change > noise ? Verdict.ROSE : Verdict.KEPT;
    }

    List<Row> rows() {
        return rows;
    }

    /** Whether some ratio is lower than before by more than the noise. */
    boolean fell() {
        return rows.stream().anyMatch(row -> row.verdict() == Verdict.FELL);
    }

    void print(PrintWriter out, Object file) {
        out.println();
        out.println("compared with " + file
                + ": how many times a row's rate the first row's is, or its latency the first row's");
        if (!machineThen.equals(machineNow)) {
            out.println("  WARNING  that was measured on another machine: " + machineThen);
        }
        unknown.forEach(each -> out.println("  it tells nothing of " + each));
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "  %-10s %-20s %-44s %.2f ± %.2f, was %.2f ± %.2f%n",
                    row.verdict().name().replace('_', ' '),
                    row.bench(),
                    row.peer(),
                    row.now().median(),
                    row.now().noise(),
                    row.then().ratio(),
                    row.then().noise());
        }
        out.flush();
    }
}
