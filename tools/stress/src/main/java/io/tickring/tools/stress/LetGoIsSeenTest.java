package io.tickring.tools.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tickring.engine.ring.LetGo;
import io.tickring.engine.ring.RingReader;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A reader that is let go while it copies, and whose slots are then written anew, takes nothing of what it copied. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "All records as they were, before it was let go.")
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "It was let go.")
@Outcome(expect = FORBIDDEN, desc = "It took a record that was written after it was let go.")
@State
public class LetGoIsSeenTest {
    private final StressRing ring = new StressRing();
    private final RingReader reader = ring.newHoldingReader();
    private final UnsafeBuffer copy = ring.newBuffer();

    public LetGoIsSeenTest() {
        ring.fill(1);
    }

    @Actor
    public void read(I_Result result) {
        int count = reader.poll(copy, 0, Integer.MAX_VALUE);
        result.r1 = count > 0 ? ring.numberOfAll(copy, count) : count;
    }

    @Actor
    public void letGo() {
        reader.letGo(LetGo.IDLE);
        ring.fill(2);
    }
}
