package io.tickring.engine.simulation;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;

import io.tickring.engine.SteppedEngine;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Claims, writes, commits and aborts as a seed says, dies with a claim in hand now and then, and tells the model. */
final class SimulatedPublisher {
    private static final int MOST_SLOTS = 12;
    private static final int STRANGER = 1_000;

    private final SteppedEngine engine;
    private final TickPublisher publisher;
    private final int source;
    private final Model model;
    private final SimulatedClock clock;
    private final SplittableRandom random;
    private final boolean skips;
    private final MutableTick tick = new MutableTick();
    private final Tick written = new Tick();
    private byte[][] held = {};
    private long firstHeld;
    private boolean isDead;

    /**
     * @param number from 1 on; the supervisor is number 0
     * @param skips whether ticks that a {@link SimulatedHandler} throws at are skipped
     */
    SimulatedPublisher(
            SteppedEngine engine,
            int number,
            Model model,
            SimulatedClock clock,
            SplittableRandom random,
            boolean skips) {
        this.engine = engine;
        this.publisher = engine.newPublisher("publisher " + number);
        this.source = number;
        this.model = model;
        this.clock = clock;
        this.random = random;
        this.skips = skips;
    }

    /** One thing. */
    void act(int instruments) throws InterruptedException {
        if (isDead) {
            return;
        }
        if (held.length > 0) {
            release();
        } else if (random.nextInt(20) == 0) {
            define("S" + random.nextInt(instruments));
        } else if (random.nextInt(300) == 0) {
            Thread owner = new Thread(this::claim);
            owner.start();
            owner.join();
            isDead = held.length > 0;
        } else {
            claim();
            if (random.nextInt(4) > 0) {
                release();
            }
        }
    }

    /** After the supervisor has looked: what the dead thread held is padded. */
    void mourn() {
        if (isDead) {
            pad();
            isDead = false;
        }
    }

    /** Lets the handlers see what is held. */
    void release() {
        if (held.length == 0) {
            return;
        }
        if (random.nextInt(16) == 0) {
            publisher.claim().abort();
            pad();
            return;
        }
        for (int i = 0; i < held.length; i++) {
            Tick record = written.wrap(new UnsafeBuffer(held[i]), 0);
            if (record.isTick()) {
                copy(record, publisher.claim().tick(i));
            }
            if (skips && SimulatedHandler.isBad(record)) {
                tick.wrap(new UnsafeBuffer(held[i]), 0).skip();
            }
            model.accept(firstHeld + i, Model.bytes(new UnsafeBuffer(held[i]), firstHeld + i, source));
        }
        publisher.claim().commit();
        held = new byte[0][];
    }

    private static void copy(Tick from, MutableTick to) {
        if (from.type() == TickDescriptor.QUOTE) {
            to.quote(
                    from.instrumentId(),
                    from.exchangeTimeNs(),
                    from.receiveTimeNs(),
                    from.bid(),
                    from.ask(),
                    from.bidSize(),
                    from.askSize());
        } else {
            to.trade(
                    from.instrumentId(),
                    from.exchangeTimeNs(),
                    from.receiveTimeNs(),
                    from.price(),
                    from.size(),
                    from.tradeId(),
                    from.side());
        }
    }

    private void pad() {
        UnsafeBuffer padding = new UnsafeBuffer(new byte[LENGTH]);
        tick.wrap(padding, 0).padding();
        for (int i = 0; i < held.length; i++) {
            model.accept(firstHeld + i, Model.bytes(padding, firstHeld + i, 0));
        }
        held = new byte[0][];
    }

    /** Gives {@code symbol} an id, when there is room for its definition. */
    int define(String symbol) {
        Integer known = model.symbols().get(symbol);
        if (known == null && engine.room() == 0) {
            return -1;
        }
        int id = publisher.define(symbol);
        if (known == null && id >= 0) {
            UnsafeBuffer record = new UnsafeBuffer(new byte[LENGTH]);
            tick.wrap(record, 0).definition(model.symbols().size(), symbol);
            long sequence = engine.lastClaimedSequence();
            model.accept(sequence, Model.bytes(record, sequence, source));
        }
        return id;
    }

    private void claim() {
        int count = 1 + random.nextInt(MOST_SLOTS);
        long first = publisher.tryClaim(count);
        if (first < 0) {
            return;
        }
        firstHeld = first;
        held = new byte[count][LENGTH];
        for (byte[] record : held) {
            write(tick.wrap(new UnsafeBuffer(record), 0));
        }
    }

    private void write(MutableTick record) {
        int id = random.nextInt(100) == 0 ? STRANGER : random.nextInt(8);
        long receiveNs = clock.epochNs() - random.nextInt(100);
        long exchangeNs = random.nextInt(3) == 0 ? TickDescriptor.NO_TIME : receiveNs - random.nextInt(1_000);
        long price = (1 + random.nextInt(1_000)) * 1_000_000L;
        long size = random.nextInt(50) == 0 ? random.nextLong(1L << 60) + 1 : random.nextInt(1, 100) * 100_000_000L;
        if (random.nextInt(40) == 0) {
            record.padding();
        } else if (random.nextBoolean()) {
            record.quote(id, exchangeNs, receiveNs, price, price + random.nextInt(1_000), size, size + 1);
        } else {
            long tradeId = random.nextInt(5) == 0 ? TickDescriptor.NO_TRADE_ID : random.nextInt(1_000);
            record.trade(id, exchangeNs, receiveNs, price, size, tradeId, (byte) random.nextInt(3));
        }
    }
}
