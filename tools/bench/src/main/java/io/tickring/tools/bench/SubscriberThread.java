package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import java.io.IOException;
import org.agrona.concurrent.IdleStrategy;

/** A subscriber on a thread of this process. */
final class SubscriberThread implements Subscriber {
    private final String name;
    private final Arrivals arrivals;
    private final long ticks;
    private final SubscribeReceiver receiver;
    private final PollThread thread;

    private SubscriberThread(
            String name, Arrivals arrivals, long ticks, SubscribeReceiver receiver, IdleStrategy idle) {
        this.name = name;
        this.arrivals = arrivals;
        this.ticks = ticks;
        this.receiver = receiver;
        this.thread = new PollThread("subscriber", receiver::poll, idle);
    }

    /**
     * Returns once what is sent from now on will come.
     *
     * @param engine null in another process
     */
    static SubscriberThread start(
            SubscribeKind kind, Engine engine, String address, long warmUpTicks, long ticks, IdleStrategy idle)
            throws IOException {
        Arrivals arrivals = new Arrivals(warmUpTicks, System::nanoTime);
        return new SubscriberThread(kind.title(), arrivals, ticks, kind.receiver(engine, address, arrivals), idle);
    }

    @Override
    public Received await() {
        Waiting.until(name, ticks, arrivals::through, thread::failure);
        return new Received(arrivals.missed(), arrivals.latenciesNs());
    }

    @Override
    public void close() {
        thread.close();
        receiver.close();
    }
}
