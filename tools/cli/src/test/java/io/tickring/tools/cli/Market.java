package io.tickring.tools.cli;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.SIDE_SELL;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.MutableTick;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A small market, journaled by a real engine: definitions of {@code BTC} and {@code A,"B} (sequences 1 and 2), two
 * quotes and two trades (3 to 6), a symbol {@code NEW} without a tick (7), the last checkpoint (8).
 */
public final class Market {
    public static final long OPENING_NS = 1_723_161_255_088_169_167L;

    private Market() {}

    public static void write(Path data) {
        write(data, publisher -> {
            int btc = publisher.define("BTC");
            int odd = publisher.define("A,\"B");
            publish(
                    publisher,
                    tick -> tick.quote(
                            btc,
                            OPENING_NS - 1_000,
                            OPENING_NS,
                            decimal("61800.20"),
                            decimal("61800.3"),
                            decimal("2.507"),
                            0));
            publish(
                    publisher,
                    tick -> tick.trade(
                            btc,
                            NO_TIME,
                            OPENING_NS + 1,
                            decimal("61800.3"),
                            decimal("0.006"),
                            5_266_583_935L,
                            SIDE_BUY));
            publish(
                    publisher,
                    tick -> tick.quote(
                            odd,
                            NO_TIME,
                            OPENING_NS + 1_000_000_000,
                            decimal("-37.63"),
                            decimal("0"),
                            decimal("1000"),
                            1));
            publish(
                    publisher,
                    tick -> tick.trade(
                            btc,
                            OPENING_NS,
                            OPENING_NS + 2_000_000_000,
                            decimal("61800"),
                            decimal("1.5"),
                            NO_TRADE_ID,
                            SIDE_SELL));
            publisher.define("NEW");
        });
    }

    public static void writeWithoutTicks(Path data) {
        write(data, publisher -> {});
    }

    public static void write(Path data, Consumer<TickPublisher> ticks) {
        write(data, 16, ticks);
    }

    /** @param instruments how many there may be */
    static void write(Path data, int instruments, Consumer<TickPublisher> ticks) {
        try (Engine engine = Engine.launch(
                new EngineContext().dataDirectory(data).ringCapacity(64).instruments(instruments))) {
            ticks.accept(engine.newPublisher("test"));
        }
    }

    public static void publish(TickPublisher publisher, Consumer<MutableTick> writer) {
        if (publisher.awaitClaim(1) < 0) {
            throw new IllegalStateException("the ring takes no tick");
        }
        writer.accept(publisher.claim().tick(0));
        publisher.claim().commit();
    }

    public static long decimal(String text) {
        return Decimals.parse(text.toCharArray(), 0, text.length());
    }
}
