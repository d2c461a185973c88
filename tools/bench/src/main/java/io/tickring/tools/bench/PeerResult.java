package io.tickring.tools.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * All counted rounds of one peer.
 *
 * @param ratio of the first peer's rate to this one's, round by round
 * @param remark what else is to be said, empty for nothing
 */
record PeerResult(String name, List<PeerRun> runs, Figures ratio, int cores, String remark) {
    private static final double HELD_BACK = 0.1;

    Figures rates() {
        return rates(runs);
    }

    static Figures rates(List<PeerRun> runs) {
        return Figures.of(runs, PeerRun::millionsPerSecond);
    }

    /** Rates of reads. */
    Figures reads() {
        return Figures.of(runs, PeerRun::millionReadsPerSecond);
    }

    boolean hasReads() {
        return runs.stream().anyMatch(run -> run.reads().count() > 0);
    }

    /** Of what single reads took. */
    Figures readNs(ToDoubleFunction<PeerRun.ReadTimes> figure) {
        return new Figures(runs.stream()
                .mapToDouble(run -> figure.applyAsDouble(run.reads().times()))
                .toArray());
    }

    boolean hasReadTimes() {
        return runs.stream().noneMatch(run -> Double.isNaN(run.reads().times().p50Ns()));
    }

    int busyThreads() {
        return runs.get(0).busyThreads();
    }

    /** More busy threads than cores: how the system shares them out decides, not the peer. */
    boolean isOversubscribed() {
        return busyThreads() > cores;
    }

    /** Whether its figures can be set against a mark. */
    boolean isJudged() {
        return !isOversubscribed() && isRateReached();
    }

    boolean isRateReached() {
        return runs.stream().allMatch(PeerRun::isRateReached);
    }

    /** Whether tasks waited for the disk for more than a tenth of a run's time. */
    boolean isHeldBackByDisk() {
        return median(run -> run.journalBytes() == 0 ? 0 : run.lap().diskStallShare()) > HELD_BACK;
    }

    double median(ToDoubleFunction<PeerRun> figure) {
        return Figures.median(runs.stream().mapToDouble(figure).toArray());
    }

    /** Medians of the CPU time that a tick took, by thread. */
    Map<String, Double> cpuNsPerTick() {
        Map<String, Double> byThread = new TreeMap<>();
        runs.stream()
                .flatMap(run -> run.lap().cpuNsByThread().keySet().stream())
                .forEach(thread -> byThread.put(
                        thread,
                        median(run -> run.lap().cpuNsByThread().getOrDefault(thread, 0L) / (double) run.ticks())));
        return byThread;
    }
}
