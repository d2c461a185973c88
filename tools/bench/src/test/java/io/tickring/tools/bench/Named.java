package io.tickring.tools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** A peer that does nothing and says so; and what benches and results are made of in tests. */
record Named(String name, PeerRun outcome) implements Peer {
    Named(String name) {
        this(name, run(1, 1));
    }

    @Override
    public PeerRun run(Path folder) {
        return outcome;
    }

    static Bench bench(Peer... peers) {
        return bench(2, List.of(), peers);
    }

    static Bench bench(int rounds, List<Mark> marks, Peer... peers) {
        return new Bench("test", "test", List.of(peers), rounds, true, marks, List.of("a note"), 0);
    }

    /** A run of a million ticks at a rate. */
    static PeerRun run(double millionsPerSecond, int busyThreads) {
        return PeerRun.unjournaled(1_000_000, Lap.of((long) (1e9 / millionsPerSecond)), busyThreads);
    }

    /** A result of peers A, B and so on with these rates by round, one busy thread each. */
    static BenchResult result(double[]... rates) {
        return result(1, rates);
    }

    static BenchResult result(int busyThreads, double[]... rates) {
        List<PeerResult> results = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            List<PeerRun> runs = DoubleStream.of(rates[i])
                    .mapToObj(rate -> run(rate, busyThreads))
                    .toList();
            Figures ratio = new Figures(rates[0]).per(new Figures(rates[i]));
            results.add(new PeerResult(Character.toString('A' + i), runs, ratio, 2, ""));
        }
        Peer[] peers = results.stream().map(each -> new Named(each.name())).toArray(Peer[]::new);
        return new BenchResult(bench(rates[0].length, List.of(new Mark(0, 1, 3.0)), peers), results);
    }

    static double[] rates(double... byRound) {
        return byRound;
    }
}
