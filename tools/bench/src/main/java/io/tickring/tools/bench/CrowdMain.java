package io.tickring.tools.bench;

import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The subscribers of a crowd that are outside the engine's process: a second JVM with the folder and their number as arguments. Says
 * when all have begun; ends when its input does, and then says the fewest ticks that one was given, and what all of them missed.
 */
final class CrowdMain {
    static final String READY = "ready";
    static final String GIVEN = "given ";

    private static final long SETTLE_MS = 50;

    private CrowdMain() {}

    /** The second JVM. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Path.of(arguments[0]);
        List<CrowdReader> readers = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            CrowdReader reader = new CrowdReader("reader-" + i);
            reader.start(FolderSubscription.open(
                    data, data, new SubscriptionContext().mode(SubscriptionMode.LOSSLESS), reader));
            readers.add(reader);
        }
        while (!readers.stream().allMatch(CrowdReader::hasBegun)) {
            Thread.sleep(SETTLE_MS);
        }
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // Until the other side has no more to say.
        }
        long fewest = settled(readers);
        long missed = readers.stream().mapToLong(CrowdReader::missed).sum();
        readers.forEach(CrowdReader::stop);
        System.out.println(GIVEN + fewest + " " + missed);
    }

    /** The fewest ticks, once nothing more has come for a while. */
    private static long settled(List<CrowdReader> readers) throws InterruptedException {
        long last = -1;
        long now = fewest(readers);
        while (now != last) {
            Thread.sleep(10 * SETTLE_MS);
            last = now;
            now = fewest(readers);
        }
        return now;
    }

    private static long fewest(List<CrowdReader> readers) {
        return readers.stream().mapToLong(CrowdReader::ticks).min().orElse(0);
    }
}
