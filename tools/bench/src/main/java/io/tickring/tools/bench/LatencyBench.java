package io.tickring.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The ladder: at each rate, from the lowest, rounds in which each peer runs once, A B C C B A; a peer that does not hold a rate in
 * most rounds comes to no higher one. Ends with the last rate, or when no peer is left.
 */
final class LatencyBench {
    static final String NAME = "latency";

    static final List<String> NOTES = List.of(
            "From the time at which a tick was due, not from when it was sent: a sender that is held up makes its ticks late.",
            "One thread sends, one tick a claim, excerpt or message; one receives, puts it into the same price table and then reads",
            "the clock, once a batch. Both threads of each peer spin where there are two cores, else the receiver yields.",
            "Tickring: an engine with threads SHARED, journal, counters and stamps; readable: behind the price stage's batch; journaled:",
            "behind the journal's and the counters'. With --visible journaled the journal comes before the price table.",
            "Chronicle Queue: its tailer reads the mapped file, an excerpt at a time. Aeron: IPC, its driver's thread mostly rests.",
            "Tickring also has a supervisor's thread that mostly rests. Not included: forcing to the disk (page cache alone), checkpoints.");

    private static final double WARM_UP_RATE = 500_000;
    private static final int SET_CAPACITY = 1 << 16;
    private static final int DISK_BYTES_PER_TICK = 100;

    /** Runs a peer once at a rate in an empty folder. */
    @FunctionalInterface
    interface Runner {
        LatencyRun run(LatencyPeer peer, Path folder, TickSet set, LatencyRung rung) throws IOException;
    }

    private final WorkFolder folder;
    private final Runs runs;
    private final BenchContext context;
    private final List<LatencyPeer> peers;
    private final Runner runner;
    private final PrintWriter progress;
    private final TickSet set;
    private final Map<LatencyPeer, String> ended = new LinkedHashMap<>();
    private final Map<String, List<LatencyRow>> rows = new LinkedHashMap<>();

    LatencyBench(
            WorkFolder folder, BenchContext context, List<LatencyPeer> peers, Runner runner, PrintWriter progress) {
        this.folder = folder;
        this.runs = new Runs(folder.path(), context.restSeconds());
        this.context = context;
        this.peers = peers;
        this.runner = runner;
        this.progress = progress;
        this.set = TickSet.market(Benches.SEED, Math.min(SET_CAPACITY, context.setCapacity()));
    }

    LatencyResult run() throws IOException {
        peers.forEach(peer -> peer.points().forEach(point -> rows.put(point, new ArrayList<>())));
        double lowest = context.rates().get(0);
        for (LatencyPeer peer : peers) {
            runOnce(peer, new LatencyRung(Math.max(lowest, WARM_UP_RATE), context.rungSeconds()), "warm-up");
        }
        for (double rate : context.rates()) {
            climb(new LatencyRung(rate, context.rungSeconds()));
        }
        List<LatencySeries> series = new ArrayList<>();
        for (LatencyPeer peer : peers) {
            String end = ended.getOrDefault(peer, "the ladder's last rate");
            peer.points().forEach(point -> series.add(new LatencySeries(point, List.copyOf(rows.get(point)), end)));
        }
        return new LatencyResult(
                series,
                context.rungRounds(),
                context.rungSeconds(),
                Runtime.getRuntime().availableProcessors());
    }

    private void climb(LatencyRung rung) throws IOException {
        if (folder.missing((rung.ticks() + rung.warmUpTicks()) * DISK_BYTES_PER_TICK) != null) {
            peers.forEach(peer -> ended.putIfAbsent(peer, "the disk has no room for a higher rate"));
        }
        List<LatencyPeer> left =
                peers.stream().filter(peer -> !ended.containsKey(peer)).toList();
        Map<LatencyPeer, List<LatencyRun>> done = new LinkedHashMap<>();
        left.forEach(peer -> done.put(peer, new ArrayList<>()));
        for (int round = 0; round < context.rungRounds(); round++) {
            for (LatencyPeer peer : Rounds.inTurn(left, round)) {
                done.get(peer).add(runOnce(peer, rung, Rounds.label(round, context.rungRounds())));
            }
        }
        done.forEach((peer, ofPeer) -> keep(peer, rung, ofPeer));
    }

    private void keep(LatencyPeer peer, LatencyRung rung, List<LatencyRun> runs) {
        String broken = broken(runs);
        if (!broken.isEmpty()) {
            ended.put(peer, String.format(Locale.ROOT, "breaks at %,.0f a second: %s", rung.ticksPerSecond(), broken));
        }
        IntStream.range(0, peer.points().size())
                .forEach(point -> rows.get(peer.points().get(point))
                        .add(new LatencyRow(
                                rung.ticksPerSecond(),
                                runs.stream()
                                        .map(run -> run.latenciesNs().get(point))
                                        .toList(),
                                runs.get(0).busyThreads(),
                                broken)));
    }

    /** Why the rate did not hold in most of the rounds, or empty. */
    static String broken(List<LatencyRun> runs) {
        List<String> broken =
                runs.stream().map(LatencyRun::broken).filter(Objects::nonNull).toList();
        return broken.size() * 2 > runs.size() ? broken.get(0) : "";
    }

    private LatencyRun runOnce(LatencyPeer peer, LatencyRung rung, String which) throws IOException {
        LatencyRun run = runs.run(fresh -> runner.run(peer, fresh, set, rung));
        say(peer, rung, which, run);
        return run;
    }

    private void say(LatencyPeer peer, LatencyRung rung, String which, LatencyRun run) {
        String broken = run.broken();
        progress.printf(
                Locale.ROOT,
                "%s %-10s %,12.0f/s %-40s p50 %9.2f µs, p99 %9.2f µs%s%n",
                NAME,
                which,
                rung.ticksPerSecond(),
                peer.name(),
                run.latenciesNs().get(0).getValueAtPercentile(50) / 1e3,
                run.latenciesNs().get(0).getValueAtPercentile(99) / 1e3,
                broken == null ? "" : "; " + broken);
        progress.flush();
    }
}
