package io.tickring.tools.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tickring.engine.price.PriceRow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A reader beside the writer sees all fields of one moment, never an older moment after a newer one, and in the end everything. */
@JCStressTest
@Outcome(
        id = {"2, [2-6], 6", "3, [3-6], 6", "4, [4-6], 6", "5, [5-6], 6", "6, 6, 6"},
        expect = ACCEPTABLE,
        desc = "Two whole rows, the second as new as the first or newer; the newest at last.")
@Outcome(expect = FORBIDDEN, desc = "A torn row, an older one after a newer, or a write that was lost.")
@State
public class RowIsWholeTest {
    private final StressTable table = new StressTable();
    private final PriceRow row = new PriceRow();

    @Actor
    public void write() {
        table.apply(2, 3);
    }

    @Actor
    public void read(III_Result result) {
        result.r1 = table.read(row);
        result.r2 = table.read(row);
    }

    @Arbiter
    public void readAtLast(III_Result result) {
        result.r3 = table.read(row);
    }
}
