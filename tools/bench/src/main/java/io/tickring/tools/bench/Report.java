package io.tickring.tools.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person reads on standard output: a table for each bench, its warnings and notes, and whether its marks were met. */
final class Report {
    static final String OVERSUBSCRIBED = "oversubscribed";

    private static final String HEAD = "  %-44s %10s %16s %8s  %s%n";
    private static final String ROW = "  %-44s %10.2f %16s %7.2fx  %s%n";
    private static final double LEAST_CPU_SHARE = 0.01;

    private final PrintWriter out;
    private List<String> lastNotes = List.of();

    Report(PrintWriter out) {
        this.out = out;
    }

    void conditions(Conditions conditions) {
        conditions.lines().forEach(out::println);
        conditions.warnings().forEach(warning -> out.println("WARNING    " + warning));
        out.flush();
    }

    void bench(BenchResult result) {
        Bench bench = result.bench();
        out.println();
        out.println(bench.title());
        out.printf(HEAD, "", "M ticks/s", "min - max", "1st is", "CPU ns a tick, by thread");
        for (PeerResult peer : result.peers()) {
            Figures rates = peer.rates();
            String range = String.format(Locale.ROOT, "%.2f - %.2f", rates.min(), rates.max());
            out.printf(
                    Locale.ROOT,
                    ROW,
                    peer.name(),
                    rates.median(),
                    range,
                    peer.ratio().median(),
                    cpu(peer));
            out.println("      " + details(peer));
        }
        out.printf(
                "  Medians of %d interleaved rounds%s; the first row's rate is so many times this row's, round by round.%n",
                bench.rounds(), bench.warmUp() ? " after a warm-up" : "");
        bench.summary().lines(result.peers()).forEach(line -> out.println("  " + line));
        result.peers().stream()
                .map(PeerResult::remark)
                .filter(remark -> !remark.isEmpty())
                .forEach(remark -> out.println("  " + remark));
        warnings(result).forEach(warning -> out.println("  WARNING  " + warning));
        notes(bench.notes());
        bench.marks().forEach(mark -> out.println(mark.verdict(result)));
        out.flush();
    }

    /** Benches of one family share their notes, which are printed once. */
    private void notes(List<String> notes) {
        if (!notes.equals(lastNotes)) {
            notes.forEach(note -> out.println("  " + note));
        }
        lastNotes = notes;
    }

    /** What stands in the way of trusting a row, a line each. */
    static List<String> warnings(BenchResult result) {
        List<String> warnings = new ArrayList<>();
        String oversubscribed = result.peers().stream()
                .filter(PeerResult::isOversubscribed)
                .map(peer -> peer.name() + " (" + peer.busyThreads() + ")")
                .collect(Collectors.joining("; "));
        if (!oversubscribed.isEmpty()) {
            warnings.add("more busy threads than the " + result.peers().get(0).cores() + " cores, so no verdict: "
                    + oversubscribed);
        }
        for (PeerResult peer : result.peers()) {
            if (!peer.isRateReached()) {
                warnings.add(peer.name() + ": the rate asked for was not reached");
            }
            if (peer.runs().stream().anyMatch(PeerRun::cutShort)) {
                warnings.add(peer.name() + ": ended before its time, for the disk has no room for more");
            }
            if (peer.isHeldBackByDisk()) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s: the disk held it back, tasks waited for it in %.0f %% of the time",
                        peer.name(),
                        100 * peer.median(run -> run.lap().diskStallShare())));
            }
        }
        return warnings;
    }

    private static String details(PeerResult peer) {
        StringBuilder details = new StringBuilder();
        details.append(Arrays.stream(peer.ratio().byRound())
                .mapToObj(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .collect(Collectors.joining(" ")));
        if (peer.median(PeerRun::journalBytes) > 0) {
            details.append(String.format(
                    Locale.ROOT,
                    "; %.1f bytes a tick journaled, %.1f on the disk",
                    peer.median(PeerRun::journalBytesPerTick),
                    peer.median(PeerRun::diskBytesPerTick)));
        }
        return details + (peer.isOversubscribed() ? "; " + OVERSUBSCRIBED : "");
    }

    /** The CPU time of a tick by thread, the most first; what does not count is left out. */
    static String cpu(PeerResult peer) {
        Map<String, Double> byThread = peer.cpuNsPerTick();
        double all = byThread.values().stream().mapToDouble(Double::doubleValue).sum();
        return byThread.entrySet().stream()
                .filter(thread -> thread.getValue() >= LEAST_CPU_SHARE * all)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(thread -> String.format(Locale.ROOT, "%s %.1f", thread.getKey(), thread.getValue()))
                .collect(Collectors.joining(", "));
    }
}
