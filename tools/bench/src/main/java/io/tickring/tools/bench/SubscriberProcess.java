package io.tickring.tools.bench;

import java.io.IOException;

/** A subscriber in a second JVM, which runs {@link SubscribeMain}; the clock of both is the system's. */
final class SubscriberProcess implements Subscriber {
    private final SecondJvm process;

    private SubscriberProcess(SecondJvm process) {
        this.process = process;
    }

    /** Returns once what is sent from now on will come. */
    static SubscriberProcess start(SubscribeKind kind, String address, long warmUpTicks, long ticks)
            throws IOException {
        SecondJvm process = SecondJvm.start(
                SubscribeMain.class, kind.name(), address, Long.toString(warmUpTicks), Long.toString(ticks));
        try {
            process.awaitLine(SubscribeMain.READY);
            return new SubscriberProcess(process);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    @Override
    public Received await() throws IOException {
        return Received.parse(process.awaitLine(SubscribeMain.RECEIVED));
    }

    @Override
    public void close() {
        process.close();
    }
}
