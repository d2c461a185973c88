package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.subscription.SubscriptionMode;
import java.io.IOException;
import java.nio.file.Path;

/** The ways from a stage of an engine to a subscriber. */
enum SubscribeKind {
    EVERY("every", false) {
        @Override
        SubscribeHop hop(Path folder, Path live) {
            return own(SubscriptionMode.EVERY, folder, live);
        }

        @Override
        SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) throws IOException {
            return TickringHop.receiver(SubscriptionMode.EVERY, engine, address, arrivals);
        }
    },
    LATEST("latest", false) {
        @Override
        SubscribeHop hop(Path folder, Path live) {
            return own(SubscriptionMode.LATEST, folder, live);
        }

        @Override
        SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) throws IOException {
            return TickringHop.receiver(SubscriptionMode.LATEST, engine, address, arrivals);
        }
    },
    LOSSLESS("lossless", false) {
        @Override
        SubscribeHop hop(Path folder, Path live) {
            return own(SubscriptionMode.LOSSLESS, folder, live);
        }

        @Override
        SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) throws IOException {
            return TickringHop.receiver(SubscriptionMode.LOSSLESS, engine, address, arrivals);
        }
    },
    AERON("Aeron IPC", true) {
        @Override
        SubscribeHop hop(Path folder, Path live) throws IOException {
            return AeronHop.open(folder);
        }

        @Override
        SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) {
            return AeronHop.receiver(address, arrivals);
        }
    },
    CHRONICLE("Chronicle", true) {
        @Override
        SubscribeHop hop(Path folder, Path live) {
            return ChronicleHop.open(folder);
        }

        @Override
        SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) {
            return ChronicleHop.receiver(address, arrivals);
        }
    };

    private final String title;
    private final boolean peer;

    SubscribeKind(String title, boolean peer) {
        this.title = title;
        this.peer = peer;
    }

    private static SubscribeHop own(SubscriptionMode mode, Path folder, Path live) {
        return new TickringHop(mode, folder.resolve(SubscribeWay.DATA), live);
    }

    /** Whether what it gives stands for several ticks, of which one alone is measured. */
    boolean isConflating() {
        return this == LATEST;
    }

    /** Whether it is what Tickring's own ways are set against. */
    boolean isPeer() {
        return peer;
    }

    String title() {
        return title;
    }

    /**
     * @param folder on the disk, empty but for the engine
     * @param live the engine's live folder, in memory where the system has a place for that
     */
    abstract SubscribeHop hop(Path folder, Path live) throws IOException;

    /**
     * Opens the far end.
     *
     * @param engine null in another process
     */
    abstract SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) throws IOException;
}
