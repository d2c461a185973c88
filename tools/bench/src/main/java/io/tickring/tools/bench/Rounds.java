package io.tickring.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs a bench: one round that is not counted, then rounds in which each contender runs once in a fresh folder, A B C A B C, so
 * that a machine whose speed drifts does so under all of them. Progress goes to a writer, a line a run.
 */
final class Rounds {
    private final Path folder;
    private final int rounds;
    private final PrintWriter progress;

    Rounds(Path folder, int rounds, PrintWriter progress) {
        this.folder = folder;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** The rates of each contender, in the bench's order. Throws when a contender fails or did other work than the first. */
    List<Rates> run(Bench bench) throws IOException {
        List<Contender> contenders = bench.contenders();
        double[][] rates = new double[contenders.size()][rounds];
        List<Path> prepared = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                prepared.add(Files.createTempDirectory(folder, "prepared-"));
                contender.prepare(prepared.get(prepared.size() - 1));
            }
            for (int round = -1; round < rounds; round++) {
                long digest = 0;
                for (int i = 0; i < contenders.size(); i++) {
                    Outcome outcome = runOnce(contenders.get(i));
                    digest = i == 0 ? outcome.digest() : digest;
                    requireSameWork(contenders.get(i), outcome, digest);
                    say(bench, round, contenders.get(i), outcome);
                    if (round >= 0) {
                        rates[i][round] = outcome.millionsPerSecond();
                    }
                }
            }
        } finally {
            for (Path each : prepared) {
                WorkFolder.delete(each);
            }
        }
        return List.of(rates).stream().map(Rates::new).toList();
    }

    private Outcome runOnce(Contender contender) throws IOException {
        Path fresh = Files.createTempDirectory(folder, "round-");
        System.gc();
        try {
            return contender.run(fresh);
        } finally {
            WorkFolder.delete(fresh);
        }
    }

    private static void requireSameWork(Contender contender, Outcome outcome, long digest) {
        if (outcome.digest() != digest) {
            throw new BenchException(String.format(
                    "contender=%s digest=%016x expected=%016x: its price table is not that of the first contender",
                    contender.name(), outcome.digest(), digest));
        }
    }

    private void say(Bench bench, int round, Contender contender, Outcome outcome) {
        String which = round < 0 ? "warm-up" : "round " + (round + 1) + "/" + rounds;
        progress.printf(
                Locale.ROOT,
                "%s %-10s %-38s %7.2f M/s%n",
                bench.name(),
                which,
                contender.name(),
                outcome.millionsPerSecond());
        progress.flush();
    }
}
