package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The ways from a stage of an engine to a subscriber. */
enum SubscribeKind {
    EVERY("every", false) {
        @Override
        SubscribeHop hop(Path folder, Path live) {
            return new BroadcastHop(live);
        }

        @Override
        SubscribeReceiver receiver(String address, Arrivals arrivals) throws IOException {
            return BroadcastHop.receiver(address, arrivals);
        }
    },
    AERON("Aeron IPC", true) {
        @Override
        SubscribeHop hop(Path folder, Path live) throws IOException {
            return AeronHop.open(folder);
        }

        @Override
        SubscribeReceiver receiver(String address, Arrivals arrivals) {
            return AeronHop.receiver(address, arrivals);
        }
    },
    CHRONICLE("Chronicle", true) {
        @Override
        SubscribeHop hop(Path folder, Path live) {
            return ChronicleHop.open(folder);
        }

        @Override
        SubscribeReceiver receiver(String address, Arrivals arrivals) {
            return ChronicleHop.receiver(address, arrivals);
        }
    };

    private final String title;
    private final boolean peer;

    SubscribeKind(String title, boolean peer) {
        this.title = title;
        this.peer = peer;
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

    /** Opens the far end, in this process or another. */
    abstract SubscribeReceiver receiver(String address, Arrivals arrivals) throws IOException;
}
