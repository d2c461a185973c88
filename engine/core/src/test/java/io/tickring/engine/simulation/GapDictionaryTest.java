package io.tickring.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.EngineContext;
import io.tickring.engine.SteppedEngine;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockTailer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine dies between the dictionary of a new file and the gap behind it, in which an instrument was defined. */
class GapDictionaryTest {
    /** What an append or a dictionary takes of a {@link SimulatedStorage}. */
    private static final int OPERATIONS_OF_A_BLOCK = 2;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1), Flaw.NONE);

    /** @param before what is journaled before the gap */
    @ParameterizedTest
    @CsvSource({"'',''", "A,A"})
    void shouldHoldWhatIsJournaledAlone(String before, String expected) throws IOException {
        SteppedEngine engine = start();
        define(engine, before);
        storage.diskIsLow(true);
        supervise(engine);
        define(engine, "B");
        storage.diskIsLow(false);
        clock.advance(TimeUnit.SECONDS.toNanos(2));
        supervise(engine);
        storage.crashWithin(OPERATIONS_OF_A_BLOCK);
        define(engine, "CD");
        assertThat(engine.failure()).isInstanceOf(SimulatedCrash.class);
        storage.kill();

        assertThat(String.join(" ", lastDictionary())).isEqualTo(expected);
        SteppedEngine again = start();
        assertThat(again.firstSequence()).isEqualTo(before.length() + 1);
        assertThat(again.table().instruments()).isEqualTo(before.length());
        assertThat(again.newPublisher("again").define("E")).isEqualTo(before.length());
    }

    private SteppedEngine start() throws IOException {
        EngineContext context = SteppedEngine.context(storage, clock, clock)
                .threading(ThreadingMode.SHARED)
                .instruments(8);
        return new SteppedEngine(context, () -> clock.advance(TimeUnit.MILLISECONDS.toNanos(40)));
    }

    /** Each symbol in a batch of its own: the journal's stage asks for a copy of the table at one, and has it at a later one. */
    private static void define(SteppedEngine engine, String symbols) {
        for (int i = 0; i < symbols.length(); i++) {
            engine.newPublisher(symbols).define(symbols.substring(i, i + 1));
            for (int processor = 0; processor < engine.processors(); processor++) {
                engine.step(processor, TickProcessor.MAX_BATCH);
            }
        }
    }

    private void supervise(SteppedEngine engine) {
        clock.advance(TimeUnit.SECONDS.toNanos(2));
        engine.supervise();
    }

    private List<String> lastDictionary() {
        List<String> symbols = new ArrayList<>();
        BlockTailer journal = storage.openTailer();
        while (journal.next()) {
            symbols.clear();
            for (int at = 0; journal.count() == 0 && at < journal.recordsLength(); at += TickDescriptor.LENGTH) {
                symbols.add(new Tick()
                        .wrap(journal.records(), journal.recordsOffset() + at)
                        .symbol());
            }
        }
        return symbols;
    }
}
