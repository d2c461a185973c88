package io.tickring.tools.bench;

import io.tickring.engine.EngineContext;
import io.tickring.engine.broadcast.BroadcastReader;
import java.io.IOException;
import java.nio.file.Path;

/** The engine's own broadcast: a mapped file in its live folder. */
record BroadcastHop(Path live) implements SubscribeHop {
    static final int CAPACITY_BYTES = 64 << 20;

    @Override
    public void addTo(EngineContext context) {
        context.broadcastBytes(CAPACITY_BYTES);
    }

    @Override
    public String address() {
        return live.toString();
    }

    @Override
    public void awaitReceiver() {
        // It is there once it is open: a receiver tells the writer nothing.
    }

    @Override
    public void close() {
        // The engine owns the file.
    }

    static SubscribeReceiver receiver(String address, Arrivals arrivals) throws IOException {
        BroadcastReader reader = BroadcastReader.map(Path.of(address));
        return new SubscribeReceiver() {
            @Override
            public int poll() {
                if (!reader.poll()) {
                    return 0;
                }
                if (reader.missed() > 0) {
                    arrivals.miss(reader.missed());
                }
                arrivals.take(reader.records(), reader.offset(), reader.count());
                return 1;
            }

            @Override
            public void close() {
                // The mapping goes with its buffer.
            }
        };
    }
}
