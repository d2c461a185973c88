package io.tickring.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a bench: one round that is not counted where it asks for it, then rounds in which each peer runs once in a fresh folder, A B
 * C C B A, so that a machine whose speed drifts does so under all of them. Progress goes to a writer, a line a run.
 */
final class Rounds {
    /** A rate counts from the first tick on: behind a rest it would wait for memory to be given anew. */
    private static final double NO_REST = 0;

    private final Path folder;
    private final Runs runs;
    private final PrintWriter progress;

    Rounds(Path folder, PrintWriter progress) {
        this.folder = folder;
        this.runs = new Runs(folder, NO_REST);
        this.progress = progress;
    }

    /** The result of each peer, in the bench's order. Throws when a peer fails or did not do its work. */
    BenchResult run(Bench bench) throws IOException {
        Map<Peer, List<PeerRun>> done = new LinkedHashMap<>();
        List<Path> prepared = new ArrayList<>();
        try {
            for (Peer peer : bench.peers()) {
                done.put(peer, new ArrayList<>());
                prepared.add(Files.createTempDirectory(folder, "prepared-"));
                peer.prepare(prepared.get(prepared.size() - 1));
            }
            for (int round = bench.warmUp() ? -1 : 0; round < bench.rounds(); round++) {
                for (Peer peer : inTurn(bench.peers(), round)) {
                    PeerRun run = runs.run(peer::run);
                    say(bench, round, peer, run);
                    if (round >= 0) {
                        done.get(peer).add(run);
                    }
                }
            }
        } finally {
            for (Path each : prepared) {
                WorkFolder.delete(each);
            }
        }
        return result(bench, done);
    }

    private static BenchResult result(Bench bench, Map<Peer, List<PeerRun>> runs) {
        List<PeerResult> peers = new ArrayList<>();
        Figures first = PeerResult.rates(runs.get(bench.peers().get(0)));
        runs.forEach((peer, ofPeer) -> peers.add(new PeerResult(
                peer.name(),
                ofPeer,
                first.per(PeerResult.rates(ofPeer)),
                Runtime.getRuntime().availableProcessors(),
                peer.remark())));
        return new BenchResult(bench, peers);
    }

    private void say(Bench bench, int round, Peer peer, PeerRun run) {
        progress.printf(
                Locale.ROOT,
                "%s %-10s %-44s %7.2f M/s%n",
                bench.name(),
                label(round, bench.rounds()),
                peer.name(),
                run.millionsPerSecond());
        progress.flush();
    }

    /** Every second round goes backwards: what a run leaves behind, of unwritten pages say, is not always the same one's to bear. */
    static <P> List<P> inTurn(List<P> peers, int round) {
        List<P> turn = new ArrayList<>(peers);
        if (round % 2 == 1) {
            Collections.reverse(turn);
        }
        return turn;
    }

    /** A round, from 0, in words; the warm-up is below 0. */
    static String label(int round, int rounds) {
        return round < 0 ? "warm-up" : "round " + (round + 1) + "/" + rounds;
    }
}
