package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalStream;
import io.tickring.engine.price.RebuiltTable;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.WhenBehind;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever joins, wherever, has from the snapshot on the engine's own table at each checkpoint of it. */
class SnapshotThenLiveTest {
    private static final int JOINS = Integer.getInteger("subscription.joins", 100);
    private static final int JOINS_FROM_OUTSIDE = Integer.getInteger("subscription.joinsFromOutside", 30);

    @TempDir
    private Path folder;

    private final List<Joining.Mark> marks = new ArrayList<>();

    @Test
    void shouldBeTheEnginesTableInItsProcess() {
        run(JOINS * 4 / 10, new EngineContext(), 0, this::joinInProcess);
    }

    @Test
    void shouldBeTheEnginesTableInItsProcessWhileInstrumentsAndStatesChange() {
        run(JOINS - JOINS * 4 / 10, new EngineContext().timeToLive(shortLife()), 50_000, this::joinInProcess);
    }

    @Test
    void shouldBeTheEnginesTableInAnotherProcess() {
        run(JOINS_FROM_OUTSIDE * 4 / 10, new EngineContext(), 0, this::joinFromAnother);
    }

    @Test
    void shouldBeTheEnginesTableInAnotherProcessWhileInstrumentsAndStatesChange() {
        run(
                JOINS_FROM_OUTSIDE - JOINS_FROM_OUTSIDE * 4 / 10,
                new EngineContext().timeToLive(shortLife()),
                50_000,
                this::joinFromAnother);
    }

    /** How subscribers come to an engine that runs. */
    @FunctionalInterface
    private interface Joins {
        void join(Engine engine, int joins) throws IOException;
    }

    private void run(int joins, EngineContext context, long definitionEveryTicks, Joins way) {
        Engine engine = Engine.launch(context.dataDirectory(folder)
                .instruments(Joining.INSTRUMENTS)
                .checkpointInterval(Joining.INTERVAL)
                .snapshotInterval(0));
        try (engine;
                Market market = Market.open(engine, 2, definitionEveryTicks, 0)) {
            Await.until(market.name(), () -> engine.prices().appliedSequence() > 1_000);
            way.join(engine, joins);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(engine.stopReason()).isEqualTo(StopReason.REQUESTED);
        assertThat(engine.counters().failures.get()).isZero();
        assertThat(marks).hasSizeGreaterThanOrEqualTo(2 * joins);
        compare(engine.summary().lastSequence());
    }

    private void joinInProcess(Engine engine, int joins) {
        SplittableRandom random = new SplittableRandom(joins);
        for (int i = 0; i < joins; i++) {
            LockSupport.parkNanos(random.nextLong(2_000_000));
            SubscriptionContext context =
                    new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).whenBehind(WhenBehind.HOLD);
            marks.addAll(Joining.marks(listener -> engine.subscribe(context, listener), 2, random));
        }
    }

    private void joinFromAnother(Engine engine, int joins) throws IOException {
        Process process = JavaProcess.start(JoiningProcess.class, folder.toString(), Integer.toString(joins));
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            for (; line != null && !line.equals("done"); line = lines.readLine()) {
                marks.add(Joining.Mark.parse(line));
            }
            assertThat(line).as("the other process came to its end").isEqualTo("done");
        } finally {
            process.destroyForcibly();
        }
    }

    /** With what the journal's checkpoints say, and with the table that its records make. */
    private void compare(long last) {
        TreeMap<Long, Joining.Mark> expected = new TreeMap<>();
        Map<Long, Long> checkpoints = new HashMap<>();
        marks.forEach(mark -> expected.put(mark.sequence(), mark));
        RebuiltTable table = new RebuiltTable(Joining.INSTRUMENTS);
        Tick tick = new Tick();
        long next = expected.firstKey();
        try (JournalStream journal = JournalStream.open(folder, null)) {
            for (long at = 0; at < last; ) {
                if (!journal.next() || journal.gap() != null) {
                    throw new AssertionError("the journal at " + at + " of " + last + ": " + journal.gap());
                }
                for (int i = 0; i < journal.count(); i++) {
                    int offset = journal.offset() + i * TickDescriptor.LENGTH;
                    tick.wrap(journal.records(), offset);
                    at = tick.sequence();
                    table.record(journal.records(), offset);
                    if (tick.type() == TickDescriptor.CHECKPOINT) {
                        checkpoints.put(tick.checkpointSequence(), tick.checkpointDigest());
                    }
                    if (at == next) {
                        expected.put(at, new Joining.Mark(at, table.digest(), table.checksum()));
                        next = Objects.requireNonNullElse(expected.higherKey(at), Long.MAX_VALUE);
                    }
                }
            }
        }
        assertThat(marks.stream()
                        .filter(mark -> !mark.equals(expected.get(mark.sequence())))
                        .map(mark -> mark + " expected " + expected.get(mark.sequence())))
                .as("of %d marks those that are not the journal's", marks.size())
                .isEmpty();
        List<Joining.Mark> atCheckpoints = marks.stream()
                .filter(mark -> checkpoints.containsKey(mark.sequence()))
                .toList();
        System.out.println("snapshot then live: joins=" + marks.size() / 2 + " marks=" + marks.size()
                + " at checkpoints=" + atCheckpoints.size() + " of " + checkpoints.size() + " records=" + last);
        assertThat(atCheckpoints)
                .hasSizeGreaterThan(marks.size() / 2)
                .allMatch(mark -> mark.digest() == checkpoints.get(mark.sequence()));
    }

    private static TimeToLive shortLife() {
        return TimeToLive.of(Duration.ofMillis(20)).with("SLOW*", Duration.ofMillis(5), Duration.ofMillis(40));
    }
}
