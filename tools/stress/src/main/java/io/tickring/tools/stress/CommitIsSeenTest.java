package io.tickring.tools.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** While a publisher claims, writes and commits, the handler sees each record once, whole, in order. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Both records, whole, under their sequences.")
@Outcome(expect = FORBIDDEN, desc = "A record that was not whole when it was handed over, came twice, or not at all.")
@State
public class CommitIsSeenTest {
    private final StressRing ring = new StressRing();

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
