package io.tickring.tools.bench;

import java.io.IOException;
import java.io.OutputStream;

/** The subscribing process: says when it is ready, receives all ticks of a run, says what they took; ends early with its standard input. */
public final class SubscribeMain {
    static final String READY = "ready";
    static final String RECEIVED = "received ";

    private SubscribeMain() {}

    /** @param arguments kind, address, ticks of the warm-up, all ticks */
    public static void main(String[] arguments) throws IOException {
        SubscribeKind kind = SubscribeKind.valueOf(arguments[0]);
        long warmUpTicks = Long.parseLong(arguments[2]);
        long ticks = Long.parseLong(arguments[3]);
        Thread input = new Thread(SubscribeMain::endWithInput, "input");
        input.setDaemon(true);
        input.start();
        try (SubscriberThread subscriber =
                SubscriberThread.start(kind, null, arguments[1], warmUpTicks, ticks, SubscribeWay.idle())) {
            System.out.println(READY);
            System.out.println(RECEIVED + subscriber.await().format());
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The bench's process is gone: as good as its end of output.
        }
        Runtime.getRuntime().halt(1);
    }
}
