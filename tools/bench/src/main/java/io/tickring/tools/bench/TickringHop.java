package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import java.io.IOException;
import java.nio.file.Path;

/** The engine's own ways to a subscription of one mode; it owns what they lead through. */
record TickringHop(SubscriptionMode mode, Path data, Path live) implements SubscribeHop {
    static final int BROADCAST_BYTES = 64 << 20;

    private static final String SEPARATOR = "\n";
    private static final int LIMIT = 1024;

    @Override
    public void addTo(EngineContext context) {
        if (mode == SubscriptionMode.EVERY) {
            context.broadcastBytes(BROADCAST_BYTES);
        }
    }

    @Override
    public String address() {
        return data + SEPARATOR + live;
    }

    @Override
    public void awaitReceiver() {
        // It is there once it is open: a receiver tells the writer nothing.
    }

    @Override
    public void close() {
        // The engine owns the files.
    }

    /** @param engine null in another process, and where the subscription is to know the folders alone */
    static SubscribeReceiver receiver(SubscriptionMode mode, Engine engine, String address, Arrivals arrivals)
            throws IOException {
        SubscriptionContext context = new SubscriptionContext().mode(mode);
        String[] folders = address.split(SEPARATOR);
        Subscription subscription = engine == null
                ? FolderSubscription.open(Path.of(folders[0]), Path.of(folders[1]), context, arrivals)
                : engine.subscribe(context, arrivals);
        return new SubscribeReceiver() {
            @Override
            public int poll() {
                int given = subscription.poll(LIMIT);
                if (given == Subscription.ENDED) {
                    throw new BenchException("mode=" + mode + " end=" + subscription.endReason() + ": the subscription"
                            + " ended before all ticks were there: " + subscription.failure());
                }
                return given;
            }

            @Override
            public void close() {
                subscription.close();
            }
        };
    }
}
