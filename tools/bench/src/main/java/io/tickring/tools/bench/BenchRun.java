package io.tickring.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the bench's command: checks that there is room, measures what was asked, prints it, and writes it to the files. */
final class BenchRun {
    private static final long JITTER_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long QUICK_JITTER_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final WorkFolder folder;
    private final PrintWriter out;
    private final PrintWriter progress;
    private final ResultFile json;
    private final ResultFile html;
    private final Report report;
    private final List<BenchResult> results = new ArrayList<>();
    private final List<MeasuresResult> measures = new ArrayList<>();
    private Conditions conditions;
    private LatencyResult latency;

    /** @param json null for none, as {@code html} */
    BenchRun(WorkFolder folder, PrintWriter out, PrintWriter progress, ResultFile json, ResultFile html) {
        this.folder = folder;
        this.out = out;
        this.progress = progress;
        this.json = json;
        this.html = html;
        this.report = new Report(out);
    }

    /**
     * @param quick takes less time for the system's jitter
     * @param restSeconds before each run that counts latencies
     */
    void begin(boolean quick, double restSeconds) {
        conditions = Conditions.of(folder.path(), OsJitter.measure(quick ? QUICK_JITTER_NS : JITTER_NS), restSeconds);
        report.conditions(conditions);
    }

    /** Measures; the files hold each bench as soon as it is done. */
    BenchSession run(List<String> names, BenchContext context) throws IOException {
        context.roomBytes(folder.roomBytes());
        for (String name : names) {
            switch (name) {
                case LatencyBench.NAME -> latency(context);
                case RestartBench.NAME -> restart(context);
                case DurabilityBench.NAME -> durability(context);
                case CrowdBench.NAME -> crowd(context);
                case SubscribeBench.NAME -> subscribe(context);
                case Designs.NAME -> designs(context);
                case Replay.NAME -> replay(context);
                default -> compare(Benches.named(name, context));
            }
        }
        return session();
    }

    private BenchSession session() {
        return new BenchSession(conditions, List.copyOf(results), List.copyOf(measures), latency);
    }

    private void compare(List<Bench> benches) throws IOException {
        for (Bench bench : benches) {
            requireRoom(bench.name(), bench.bytesNeeded());
        }
        Rounds rounds = new Rounds(folder.path(), progress);
        for (Bench bench : benches) {
            BenchResult result = rounds.run(bench);
            results.add(result);
            report.bench(result);
            write();
        }
    }

    private void write() throws IOException {
        if (json != null) {
            json.write(stream -> SessionJson.write(session(), stream));
        }
        if (html != null) {
            html.write(stream -> stream.write(SessionHtml.page(session()).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void latency(BenchContext context) throws IOException {
        latency = new LatencyBench(folder, context, LatencyPeer.all(), LatencyPeer::run, progress).run();
        new LatencyText(out).print(latency, conditions.jitter());
        write();
    }

    private void replay(BenchContext context) throws IOException {
        requireRoom(SeekBench.NAME, SeekBench.bytesNeeded(context.seekTicks()));
        compare(Benches.named(Replay.NAME, context));
        keep(SeekBench.of(folder.path(), context, progress).run());
    }

    private void restart(BenchContext context) throws IOException {
        requireRoom(RestartBench.NAME, RestartBench.bytesNeeded());
        TickSet set = TickSet.market(Benches.SEED, context.setCapacity());
        keep(new RestartBench(folder.path(), context.rounds(), set, progress).run());
    }

    private void durability(BenchContext context) throws IOException {
        long seconds = Math.max(1, Math.round(context.seconds()));
        requireRoom(DurabilityBench.NAME, DurabilityBench.bytesNeeded(seconds));
        TickSet set = TickSet.market(Benches.SEED, context.setCapacity());
        keep(new DurabilityBench(runs(context), context.timedRounds(), set, seconds, progress).run());
    }

    private void crowd(BenchContext context) throws IOException {
        long seconds = Math.max(1, Math.round(context.seconds()));
        requireRoom(CrowdBench.NAME, CrowdBench.bytesNeeded(seconds));
        TickSet set = TickSet.market(Benches.SEED, context.setCapacity());
        CrowdLoad load = CrowdLoad.of(set, seconds);
        keep(new CrowdBench(runs(context), context.timedRounds(), load.ticks(), load::run, progress).run());
    }

    private void subscribe(BenchContext context) throws IOException {
        requireRoom(SubscribeBench.NAME, SubscribeBench.bytesNeeded(context));
        compare(Benches.named(SubscribeBench.NAME, context));
        keep(new SubscribeBench(runs(context), context, SubscribeWay.all(), SubscribeWay::run, progress).run());
    }

    private void designs(BenchContext context) throws IOException {
        compare(Benches.named(Designs.NAME, context));
        keep(CountersBench.of(context, progress).run());
        keep(SharingBench.of(context, progress).run());
    }

    /** Of benches that count latencies, and warm up in each run. */
    private Runs runs(BenchContext context) {
        return new Runs(folder.path(), context.restSeconds());
    }

    private void keep(MeasuresResult result) throws IOException {
        measures.add(result);
        new MeasuresText(out).print(result);
        write();
    }

    private void requireRoom(String name, long bytes) throws IOException {
        String missing = folder.missing(bytes);
        if (missing != null) {
            throw new BenchException("bench=" + name + " " + missing);
        }
    }
}
