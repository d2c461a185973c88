package io.tickring.engine;

import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** A process that joins an engine again and again, by its folder, and prints what its tables were. */
final class JoiningProcess {
    private JoiningProcess() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        int joins = Integer.parseInt(arguments[1]);
        SplittableRandom random = new SplittableRandom(joins);
        for (int i = 0; i < joins; i++) {
            LockSupport.parkNanos(random.nextLong(2_000_000));
            Joining.marks(listener -> subscribe(folder, listener), 2, random)
                    .forEach(mark -> System.out.println(mark.line()));
        }
        System.out.println("done");
    }

    private static Subscription subscribe(Path folder, TickListener listener) {
        try {
            return FolderSubscription.open(
                    folder, folder, new SubscriptionContext().mode(SubscriptionMode.LOSSLESS), listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
