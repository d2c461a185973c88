package io.tickring.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.EngineContext;
import io.tickring.engine.SteppedEngine;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.ThrowPolicy;
import io.tickring.engine.Visibility;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.ring.TickProcessor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The life of one data folder as a seed decides it: an engine runs, its parts take their steps in any order that threads could, things
 * fail, it ends in any way, it starts again; and after each start everything is there that must be. At last nothing fails any more, and
 * the engine must get on.
 *
 * <p>Source of the idea: TigerBeetle's and FoundationDB's simulators.
 */
final class Simulation {
    private static final int INSTRUMENTS = 16;
    private static final int MOST_RUNS = 4;
    private static final int MOST_STEPS = 400;
    private static final int LIVE_TICKS = 100;
    private static final int LIVE_STEPS = 20_000;

    private final SplittableRandom random;
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedStorage storage;
    private final Model model = new Model(INSTRUMENTS);
    private final List<SimulatedPublisher> publishers = new ArrayList<>();
    private SteppedEngine engine;
    /** The processor that is taking its step, and must not be asked to take another. */
    private int busy = -1;

    private boolean isFaultExpected;
    private boolean diskWasLow;
    private boolean isJournaledFirst;
    private boolean isDurableFirst;
    /** Every record up to here must be there after the next start. */
    private long floor;
    /** As {@link #floor}, if the power is cut. */
    private long durableFloor;

    private final Set<Event> events = EnumSet.noneOf(Event.class);

    Simulation(long seed, Flaw flaw) {
        random = new SplittableRandom(seed);
        storage = new SimulatedStorage(random.split(), flaw);
    }

    /** Throws an error when anything is not as it must be. */
    void run() throws Exception {
        for (int runs = 1 + random.nextInt(MOST_RUNS); runs > 0; runs--) {
            try {
                if (startWithFaults()) {
                    live();
                    end();
                }
            } catch (SimulatedCrash crash) {
                crash();
            }
        }
        storage.heal();
        start(random.nextBoolean());
        if (random.nextBoolean()) {
            fillDisk();
            for (int steps = random.nextInt(100); steps > 0; steps--) {
                step();
            }
            storage.heal();
        }
        getOn();
        stop();
        start(random.nextBoolean());
        stop();
    }

    /** What has happened. */
    Set<Event> events() {
        return events;
    }

    /** Of everything that is left: the same for the same seed. */
    int fingerprint() {
        return 31 * storage.fingerprint() + random.nextInt();
    }

    // Starts.

    /** Answers false when the start was refused because of a damage, which has been undone. */
    private boolean startWithFaults() throws Exception {
        if (random.nextInt(8) == 0) {
            storage.crashWithin(random.nextInt(6));
        }
        if (random.nextInt(3) > 0 || storage.isEmpty()) {
            start(random.nextInt(3) == 0);
            return true;
        }
        Runnable flipBack = storage.flip();
        try {
            open(random.nextBoolean());
        } catch (RuntimeException e) {
            assertThat(EngineJournal.isDamage(e))
                    .as("a damage is told as one: %s", e)
                    .isTrue();
            events.add(Event.DAMAGE_FOUND);
            return false;
        } catch (SimulatedCrash crash) {
            floor = durableFloor;
            throw crash;
        } finally {
            flipBack.run();
        }
        if (engine.sealed().isEmpty()) {
            events.add(Event.DAMAGE_NOT_READ);
        } else {
            floor = durableFloor;
        }
        verify();
        return true;
    }

    private void start(boolean rebuilding) throws Exception {
        open(rebuilding);
        verify();
    }

    private void open(boolean rebuilding) throws Exception {
        isJournaledFirst = random.nextBoolean();
        isDurableFirst = random.nextInt(3) == 0;
        EngineContext context = SteppedEngine.context(storage, clock, clock)
                .threading(random.nextBoolean() ? ThreadingMode.SHARED : ThreadingMode.DEDICATED)
                .visible(isJournaledFirst ? Visibility.JOURNALED : Visibility.APPLIED)
                .durability(isDurableFirst ? Durability.BLOCK : Durability.PROCESS)
                .ringCapacity(16 << random.nextInt(4))
                .instruments(INSTRUMENTS)
                .checkpointInterval(4 << random.nextInt(5))
                .snapshotInterval(random.nextInt(4) == 0 ? 0 : 8 << random.nextInt(6))
                .rebuilding(rebuilding);
        boolean skips = random.nextInt(3) == 0;
        for (int number = 0; skips && number < SimulatedHandler.HANDLERS; number++) {
            context.onThrow(ThrowPolicy.SKIP).handler("handler " + number, new SimulatedHandler(number));
        }
        engine = new SteppedEngine(context, this::passTime);
        note(Event.BEGUN_ANEW, storage.hasBegunAnew());
        publishers.clear();
        int most = 1 + random.nextInt(3);
        for (int number = 1; number <= most; number++) {
            publishers.add(new SimulatedPublisher(engine, number, model, clock, random, skips));
        }
        isFaultExpected = false;
    }

    private void noteStart(int missing) {
        long snapshot = engine.snapshotSequence();
        note(Event.GAP, missing > 0);
        note(Event.SNAPSHOT_IN_A_GAP, snapshot > 0 && model.isMissing(snapshot));
        note(Event.SNAPSHOT_AND_RECORDS, snapshot > 0 && snapshot < engine.firstSequence() - 1);
        note(Event.TORN_TAIL, !engine.sealed().isEmpty());
        note(Event.SNAPSHOT_PASSED_OVER, engine.errors().stream().anyMatch(text -> text.contains("passed over")));
    }

    private void noteEnd() {
        note(Event.DEAD_CLAIM, engine.counters().deadClaims.get() > 0);
        note(Event.SKIP, engine.counters().skipped.get() > 0);
        note(Event.STRANGER, engine.counters().unknownInstruments.get() > 0);
        note(Event.FAILED_SNAPSHOT, engine.counters().snapshotsFailed.get() > 0);
        note(Event.FAILED_FORCE, EngineJournal.isForceFailure(engine.failure()));
        note(Event.FAILED_APPEND, engine.failure() instanceof IllegalStateException);
    }

    private void note(Event event, boolean hasHappened) {
        if (hasHappened) {
            events.add(event);
        }
    }

    /** What an engine knows after its start is what it must know. */
    private void verify() {
        long last = engine.firstSequence() - 1;
        assertThat(last).as("the last sequence after a start").isGreaterThanOrEqualTo(floor);
        model.truncate(last);
        int missing = model.verify(storage.openTailer());
        assertThat(missing == 0 || diskWasLow)
                .as("missing=%d for no reason", missing)
                .isTrue();
        assertThat(Model.rows(engine.table()))
                .as("the table after a start from snapshot=%d at sequence=%d", engine.snapshotSequence(), last)
                .isEqualTo(Model.rows(model.apply()));
        assertThat(engine.prices().appliedSequence()).isEqualTo(last == 0 ? 0 : last);
        Map<String, Integer> symbols = model.symbols();
        symbols.forEach((symbol, id) -> assertThat(publishers.get(0).define(symbol))
                .as("the id of %s", symbol)
                .isEqualTo(id));
        assertThat(engine.lastClaimedSequence()).isEqualTo(last);
        noteStart(missing);
        check();
    }

    // Runs.

    private void live() throws Exception {
        if (random.nextInt(3) == 0) {
            storage.crashWithin(random.nextInt(200));
        }
        for (int steps = random.nextInt(MOST_STEPS); steps > 0 && engine.failure() == null; steps--) {
            if (random.nextInt(50) == 0) {
                fail();
            }
            step();
        }
    }

    /** Something goes wrong from now on. */
    private void fail() {
        switch (random.nextInt(14)) {
            case 0 -> {
                storage.failForces();
                isFaultExpected = true;
            }
            case 1 -> {
                storage.failAppends();
                isFaultExpected = true;
            }
            case 2 -> storage.snapshots().failNext();
            case 3, 4, 5, 6, 7 -> fillDisk();
            default -> storage.diskIsLow(false);
        }
    }

    private void fillDisk() {
        storage.diskIsLow(true);
        diskWasLow = true;
    }

    /** One step of one part. */
    private void step() throws Exception {
        switch (random.nextInt(16)) {
            case 0, 1 -> supervise();
            case 2 -> engine.force();
            case 3 -> engine.storeSnapshot();
            case 4, 5, 6, 7, 8 ->
                publishers.get(random.nextInt(publishers.size())).act(INSTRUMENTS + 4);
            default -> stepProcessor(random.nextInt(engine.processors()));
        }
        check();
    }

    private void supervise() {
        clock.advance(random.nextLong(TimeUnit.MILLISECONDS.toNanos(400)));
        acceptCheckpointsOf(engine::supervise);
        publishers.forEach(SimulatedPublisher::mourn);
    }

    /** What {@code part} publishes is checkpoints alone. */
    private void acceptCheckpointsOf(Runnable part) {
        long before = engine.lastClaimedSequence();
        try {
            part.run();
        } finally {
            for (long sequence = before + 1; sequence <= engine.lastClaimedSequence(); sequence++) {
                model.acceptCheckpoint(sequence);
            }
        }
    }

    private void stepProcessor(int processor) {
        if (processor != busy) {
            int outer = busy;
            busy = processor;
            // Few records, as if others had come while it was at work.
            engine.step(processor, random.nextBoolean() ? TickProcessor.MAX_BATCH : 1 + random.nextInt(12));
            busy = outer;
        }
    }

    /** While the journal's stage waits for the price stage, time passes, and perhaps that one takes a step. */
    private void passTime() {
        clock.advance(random.nextLong(TimeUnit.MILLISECONDS.toNanos(40)));
        if (busy >= 0) {
            stepProcessor(random.nextInt(engine.processors()));
        }
    }

    /** Looks at what the counters promise, at any time. */
    private void check() {
        if (engine.failure() instanceof SimulatedCrash crash) {
            throw crash;
        }
        if (engine.failure() != null && !isFaultExpected) {
            throw new AssertionError("the engine has failed and nothing was wrong", engine.failure());
        }
        long journaled = engine.counters().journaledSequence.get();
        long durable = engine.counters().durableSequence.get();
        long applied = engine.prices().appliedSequence();
        boolean wasPaused = engine.counters().unjournaled.get() > 0;
        require(journaled <= engine.lastClaimedSequence(), "journaled and not claimed", journaled);
        require(journaled >= floor, "journaled falls", journaled);
        require(durable <= journaled, "durable and not journaled", durable);
        require(durable >= durableFloor, "durable falls", durable);
        require(!isJournaledFirst || wasPaused || applied <= journaled, "applied before it is journaled", applied);
        require(
                !isDurableFirst || engine.failure() != null || durable == journaled,
                "journaled and not durable with its block",
                journaled);
        floor = journaled;
        durableFloor = durable;
    }

    private static void require(boolean holds, String fault, long sequence) {
        if (!holds) {
            throw new AssertionError(fault + ": sequence=" + sequence);
        }
    }

    // Ends.

    private void end() throws Exception {
        noteEnd();
        switch (random.nextInt(3)) {
            case 0 -> stop();
            case 1 -> kill();
            default -> cutPower();
        }
    }

    private void crash() {
        events.add(Event.END_IN_AN_OPERATION);
        if (random.nextBoolean()) {
            kill();
        } else {
            cutPower();
        }
    }

    private void kill() {
        events.add(Event.KILL);
        storage.kill();
    }

    private void cutPower() {
        events.add(Event.POWER_CUT);
        storage.cutPower();
        floor = durableFloor;
    }

    private void stop() {
        publishers.forEach(SimulatedPublisher::release);
        supervise();
        acceptCheckpointsOf(engine::stop);
        check();
        boolean wasPaused = engine.counters().unjournaled.get() > 0;
        if (engine.failure() == null) {
            assertThat(Model.rows(engine.table())).as("the table at the end").isEqualTo(Model.rows(model.apply()));
            require(wasPaused || floor == engine.lastClaimedSequence(), "not journaled by an orderly end", floor);
            require(durableFloor == floor, "not durable by an orderly end", durableFloor);
        }
        events.add(Event.ORDERLY_END);
        storage.kill();
    }

    /** Nothing fails any more: so many ticks are applied, journaled and durable within so many steps. */
    private void getOn() throws Exception {
        long goal = engine.lastClaimedSequence() + LIVE_TICKS;
        int steps = 0;
        while (engine.counters().durableSequence.get() < goal || engine.prices().appliedSequence() < goal) {
            assertThat(steps++).as("steps to get %d ticks through", LIVE_TICKS).isLessThan(LIVE_STEPS);
            step();
        }
    }
}
