package io.tickring.engine;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Producers that publish quotes and trades of many instruments into an engine, as fast as it takes them or at a pace. */
final class Market implements AutoCloseable {
    private static final int HOT = 48;
    private static final int SLOW = 48;
    private static final int CLAIM = 16;

    private final Engine engine;
    private final long definitionEveryTicks;
    private final long pauseNs;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * @param definitionEveryTicks how many ticks of a producer lie between two instruments that it defines, 0 for none
     * @param pauseNs between two claims of 16 ticks, 0 for full speed
     */
    private Market(Engine engine, long definitionEveryTicks, long pauseNs) {
        this.engine = engine;
        this.definitionEveryTicks = definitionEveryTicks;
        this.pauseNs = pauseNs;
    }

    static Market open(Engine engine, int producers, long definitionEveryTicks, long pauseNs) {
        Market market = new Market(engine, definitionEveryTicks, pauseNs);
        for (int i = 0; i < producers; i++) {
            int number = i;
            Thread thread = new Thread(() -> market.publish(number), "producer-" + i);
            market.threads.add(thread);
            thread.start();
        }
        return market;
    }

    String name() {
        return "market of " + threads.size();
    }

    private void publish(int number) {
        TickPublisher publisher = engine.newPublisher("producer-" + number);
        SplittableRandom random = new SplittableRandom(number);
        List<Integer> hot = new ArrayList<>();
        List<Integer> slow = new ArrayList<>();
        for (int i = 0; i < HOT; i++) {
            hot.add(publisher.define("HOT" + i));
        }
        for (int i = 0; i < SLOW; i++) {
            slow.add(publisher.define("SLOW" + i));
        }
        long nextDefinition = definitionEveryTicks;
        for (long ticks = 0; !over && publisher.awaitClaim(CLAIM) > 0; ticks += CLAIM) {
            for (int i = 0; i < CLAIM; i++) {
                List<Integer> group = random.nextInt(2_000) == 0 ? slow : hot;
                write(publisher.claim().tick(i), group.get(random.nextInt(group.size())), random);
            }
            publisher.claim().commit();
            if (definitionEveryTicks > 0 && ticks >= nextDefinition && hot.size() < Joining.INSTRUMENTS / 10) {
                hot.add(publisher.define("NEW" + number + "." + hot.size()));
                nextDefinition += definitionEveryTicks;
            }
            if (pauseNs > 0) {
                LockSupport.parkNanos(pauseNs);
            }
        }
    }

    private static void write(MutableTick tick, int id, SplittableRandom random) {
        long timeNs = random.nextLong(1L << 60);
        long price = 1 + random.nextInt(1_000_000);
        if (random.nextInt(4) > 0) {
            tick.quote(id, timeNs, timeNs + 1, price, price + random.nextInt(-1, 5), 1 + random.nextInt(9), 1);
        } else {
            tick.trade(id, timeNs, timeNs, price, 5, random.nextInt(100), TickDescriptor.SIDE_BUY);
        }
    }

    /** Producers end; what they published is all claimed then. */
    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
