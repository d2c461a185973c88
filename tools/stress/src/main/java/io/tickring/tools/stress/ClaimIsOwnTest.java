package io.tickring.tools.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two publishers that claim at once get slots of their own: neither overwrites the other, and no sequence is left out. */
@JCStressTest
@Outcome(
        id = {"1, 2", "2, 1"},
        expect = ACCEPTABLE,
        desc = "Both records, whole, in one order or the other.")
@Outcome(expect = FORBIDDEN, desc = "One slot for two, a record that is not whole, or a gap.")
@State
public class ClaimIsOwnTest {
    private final StressRing ring = new StressRing();

    @Actor
    public void publishFirst() {
        ring.publish(1);
    }

    @Actor
    public void publishSecond() {
        ring.publish(2);
    }

    @Arbiter
    public void handle(II_Result result) {
        ring.handle();
        result.r1 = ring.sequenceOf(1);
        result.r2 = ring.sequenceOf(2);
    }
}
