package io.tickring.engine;

import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process with several lossless subscribers, a thread each, from the journal's start on; told to end it prints what each was given. */
final class CrowdProcess {
    private CrowdProcess() {}

    static Process start(Path folder, int subscribers) throws IOException {
        return JavaProcess.start(CrowdProcess.class, folder.toString(), Integer.toString(subscribers));
    }

    /** The engine has ended. */
    static void end(Process process) throws IOException {
        process.getOutputStream().close();
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<Tally> tallies = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            Tally tally = new Tally();
            SubscriptionContext context = new SubscriptionContext()
                    .mode(SubscriptionMode.LOSSLESS)
                    .name("crowd-" + i)
                    .fromStart();
            tallies.add(tally.start(FolderSubscription.open(folder, folder, context, tally)));
        }
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        for (Tally tally : tallies) {
            Subscription subscription = tally.subscription();
            Await.until("the journal's end", () -> subscription.lagRecords() == 0);
            subscription.close();
            tally.awaitEnd();
            System.out.println(tally.ticks + " missed " + tally.missed + " fault " + tally.fault);
        }
    }
}
