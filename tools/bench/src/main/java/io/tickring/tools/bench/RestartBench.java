package io.tickring.tools.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickring.app.EngineCommand;
import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a start takes on journals of several lengths, with and without records behind the newest snapshot: the engine's own command
 * line in a fresh JVM, from {@code main} until it runs, as it says itself. The journals are in the page cache. Rounds are interleaved.
 */
final class RestartBench {
    static final String NAME = "restart";

    private static final long MILLION = 1_000_000;
    private static final long[] LENGTHS = {10 * MILLION, 100 * MILLION};
    private static final long[] BEHIND = {0, 2 * MILLION};
    private static final int BATCH = 64;
    private static final double LIMIT_MS = 1_000;
    private static final double LIMIT_MS_PER_MILLION = 150;
    /** A journal of so many ticks, of which so many lie behind the newest snapshot. */
    private record Case(long ticks, long behind, Path folder) {
        String name() {
            return String.format(Locale.ROOT, "%,d ticks, %,d behind snapshot", ticks, behind);
        }

        double limitMs() {
            return LIMIT_MS + LIMIT_MS_PER_MILLION * behind / MILLION;
        }
    }

    private final Path folder;
    private final int rounds;
    private final TickSet set;
    private final PrintWriter progress;

    RestartBench(Path folder, int rounds, TickSet set, PrintWriter progress) {
        this.folder = folder;
        this.rounds = rounds;
        this.set = set;
        this.progress = progress;
    }

    /** What the journals take on the disk. */
    static long bytesNeeded() {
        return 2 * 16 * (LENGTHS[0] + LENGTHS[1]);
    }

    /** Measures each journal. */
    MeasuresResult run() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (long ticks : LENGTHS) {
            for (long behind : BEHIND) {
                cases.add(prepare(ticks, behind));
            }
        }
        double[][] ms = new double[cases.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < ms.length; i++) {
                double startMs = start(cases.get(i));
                progress.printf(
                        Locale.ROOT,
                        "restart round %d of %,d ticks: %,.0f ms%n",
                        round + 1,
                        cases.get(i).ticks(),
                        startMs);
                progress.flush();
                if (round >= 0) {
                    ms[i][round] = startMs;
                }
            }
        }
        return result(cases, ms);
    }

    private MeasuresResult result(List<Case> cases, double[][] ms) {
        List<MeasuresResult.Row> rows = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        for (int i = 0; i < ms.length; i++) {
            Case each = cases.get(i);
            Figures figures = new Figures(ms[i]);
            rows.add(new MeasuresResult.Row(each.name(), "ms", figures));
            verdicts.add(MeasuresResult.verdict(
                    figures.median() <= each.limitMs(),
                    String.format(
                            Locale.ROOT,
                            "%s: %,.0f ms (mark: at most %,.0f ms)",
                            each.name(),
                            figures.median(),
                            each.limitMs())));
        }
        String note = String.format(
                Locale.ROOT,
                "Medians of %d interleaved rounds after a warm-up. Not included: the JVM before main.",
                rounds);
        return new MeasuresResult(
                NAME,
                "restart: from main to a running engine, journals in the page cache",
                rows,
                List.of(note),
                verdicts);
    }

    private Case prepare(long ticks, long behind) throws IOException {
        Path data = Files.createTempDirectory(folder, "restart-");
        progress.printf(Locale.ROOT, "restart: writing a journal of %,d ticks%n", ticks);
        progress.flush();
        write(data, ticks - behind, 10 * MILLION);
        if (behind > 0) {
            write(data, behind, 0);
        }
        return new Case(ticks, behind, data);
    }

    private void write(Path data, long ticks, long snapshotInterval) {
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .instruments(TickSet.INSTRUMENTS)
                .snapshotInterval(snapshotInterval))) {
            TickPublisher publisher = engine.newPublisher("bench");
            TickSet.define(publisher);
            for (long number = 0; number < ticks; number += BATCH) {
                int count = (int) Math.min(BATCH, ticks - number);
                if (publisher.publish(set.records(), set.offset(number), count) < 0) {
                    throw new BenchException("bench=restart: the engine stopped taking ticks");
                }
            }
        }
    }

    private static double start(Case journal) throws IOException {
        List<String> command = SecondJvm.command(
                EngineCommand.class,
                "--data",
                journal.folder().toString(),
                "--ticks",
                "0",
                "--snapshot",
                "off",
                "--instruments",
                Integer.toString(TickSet.INSTRUMENTS + 64),
                "--json",
                "--quiet");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String summary = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return totalMs(summary);
    }

    private static double totalMs(String summary) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(summary)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && json.currentName().equals("total")) {
                    json.nextToken();
                    return json.getDoubleValue();
                }
            }
        }
        throw new BenchException("bench=restart: the engine did not start: " + summary);
    }
}
