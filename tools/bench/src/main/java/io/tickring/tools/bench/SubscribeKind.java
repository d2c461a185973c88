package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.subscription.SubscriptionMode;
import java.io.IOException;
import java.nio.file.Path;

/** The ways from a stage of an engine to a subscriber. */
enum SubscribeKind {
    EVERY("every", SubscriptionMode.EVERY),
    LATEST("latest", SubscriptionMode.LATEST),
    LOSSLESS("lossless", SubscriptionMode.LOSSLESS),
    AERON("Aeron IPC", null) {
        @Override
        SubscribeHop hop(Path folder, Path live) throws IOException {
            return AeronHop.open(folder);
        }

        @Override
        SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) {
            return AeronHop.receiver(address, arrivals);
        }
    },
    CHRONICLE("Chronicle", null) {
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
    private final SubscriptionMode mode;

    /** @param mode null for what is no subscription of Tickring's */
    SubscribeKind(String title, SubscriptionMode mode) {
        this.title = title;
        this.mode = mode;
    }

    /** Whether what it gives stands for several ticks, of which one alone is measured. */
    boolean isConflating() {
        return mode == SubscriptionMode.LATEST;
    }

    /** Whether it is what Tickring's own ways are set against. */
    boolean isPeer() {
        return mode == null;
    }

    String title() {
        return title;
    }

    /**
     * @param folder on the disk, empty but for the engine
     * @param live the engine's live folder, in memory where the system has a place for that
     */
    SubscribeHop hop(Path folder, Path live) throws IOException {
        return new TickringHop(mode, folder.resolve(SubscribeWay.DATA), live);
    }

    /**
     * Opens the far end.
     *
     * @param engine null in another process
     */
    SubscribeReceiver receiver(Engine engine, String address, Arrivals arrivals) throws IOException {
        return TickringHop.receiver(mode, engine, address, arrivals);
    }
}
