package io.tickring.engine;

import io.tickring.engine.broadcast.BroadcastDescriptor;
import io.tickring.engine.price.PriceTableDescriptor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/** What an engine's settings may be, as far as it does not depend on the machine. */
final class SettingCheck {
    private static final int MAX_NAME_LENGTH = 15;
    private static final List<String> ENGINES_OWN =
            List.of(EngineParts.PRICE, EngineParts.BROADCAST, EngineParts.JOURNAL, EngineParts.COUNTERS);
    private static final long MAX_LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private SettingCheck() {}

    /** @throws IllegalArgumentException names the setting, the value and what it may be. */
    static void check(EngineContext context) {
        int instruments = context.instruments();
        require(
                instruments >= 1 && instruments <= PriceTableDescriptor.MAX_CAPACITY,
                "instruments=" + instruments + " must be from 1 to " + PriceTableDescriptor.MAX_CAPACITY);
        require(context.ticks() >= 0, "ticks=" + context.ticks() + " must not be below 0");
        require(context.pace() > 0, "pace=" + context.pace() + " must be above 0");
        require(
                context.checkpointInterval() >= 1,
                "checkpointInterval=" + context.checkpointInterval() + " must be above 0");
        long lingerNs = context.lingerNs();
        require(lingerNs >= 0 && lingerNs <= MAX_LINGER_NS, "linger=" + lingerNs + "ns must be from 0 to 1s");
        checkBroadcast(context.broadcastBytes());
        if (context.analytics != null) {
            context.analytics.conclude();
        }
        require(context.watermarkBytes() >= 0, "watermarkBytes=" + context.watermarkBytes() + " must not be below 0");
        require(
                context.snapshotInterval() >= 0,
                "snapshotInterval=" + context.snapshotInterval() + " must not be below 0");
        require(
                context.liveDirectory() == null || context.dataDirectory() != null,
                "liveDirectory=" + context.liveDirectory() + " needs a dataDirectory");
        require(
                context.visible() != Visibility.JOURNALED || context.journaling(),
                "visible=journaled needs a journal: leave the journal on, or say visible=applied");
        require(
                !context.idleLimit().isNegative() && !context.idleLimit().isZero(),
                "idleLimit=" + context.idleLimit().toNanos() + "ns must be above 0");
        context.handlers().keySet().forEach(SettingCheck::checkHandler);
        context.handlersBehindPrices().keySet().forEach(SettingCheck::checkHandler);
    }

    private static void checkBroadcast(int bytes) {
        boolean fits = BitUtil.isPowerOfTwo(bytes)
                && bytes >= BroadcastDescriptor.MIN_CAPACITY
                && bytes <= BroadcastDescriptor.MAX_CAPACITY;
        require(
                bytes == 0 || fits,
                "broadcastBytes=" + bytes + " must be a power of two from 1 MiB to 1 GiB, or 0 for off");
    }

    private static void checkHandler(String name) {
        require(
                !name.isEmpty() && name.length() <= MAX_NAME_LENGTH,
                "handler=" + name + " must have a name of 1 to " + MAX_NAME_LENGTH + " characters");
        require(
                !ENGINES_OWN.contains(name) && !name.matches(EngineParts.ANALYTICS + "(-[0-9]+)?"),
                "handler=" + name + " is the name of a stage of the engine's own");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
