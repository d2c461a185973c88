package io.tickring.tools.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tickring.engine.ring.WaitMode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A handler that parks while a publisher commits is woken for each record; one that is not never ends, which fails the test. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Both records, whole, under their sequences.")
@Outcome(expect = FORBIDDEN, desc = "A record that was not whole, came twice, or not at all.")
@State
public class WakeIsSeenTest {
    private final StressRing ring = new StressRing(WaitMode.BLOCK);

    @Actor
    public void publish() {
        ring.publish(1);
        ring.publish(2);
    }

    @Actor
    public void handle(II_Result result) {
        ring.handle();
        result.r1 = ring.sequenceOf(1);
        result.r2 = ring.sequenceOf(2);
    }
}
