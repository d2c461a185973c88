package io.tickring.tools.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A reader beside a writer that goes round it more than once: whole messages or none, in order, each hole told, the newest at last. */
@JCStressTest
@Outcome(id = "[0-9]+, [0-9]+, 20", expect = ACCEPTABLE, desc = "Whole messages in order, and in the end the newest.")
@Outcome(
        expect = FORBIDDEN,
        desc = "A torn message, one out of order, a hole that was not told, or a message that never comes.")
@State
public class MessageIsWholeTest {
    private static final int LAST = 20;

    private final StressBroadcast broadcast = new StressBroadcast();

    @Actor
    public void write() {
        broadcast.write(1, LAST);
    }

    @Actor
    public void read(III_Result result) {
        result.r1 = broadcast.read();
        result.r2 = inOrder(result.r1, broadcast.read());
    }

    /** What is left, up to nothing: its last one. */
    @Arbiter
    public void readOn(III_Result result) {
        int last = Math.max(result.r1, result.r2);
        for (int next = broadcast.read(); next != 0; next = broadcast.read()) {
            last = last == StressBroadcast.TORN ? last : inOrder(last, next);
        }
        result.r3 = last;
        broadcast.close();
    }

    private static int inOrder(int before, int next) {
        return next != 0 && next <= before ? StressBroadcast.TORN : next;
    }
}
