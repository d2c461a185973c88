package io.tickring.tools.cli;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.SIDE_NONE;
import static io.tickring.engine.tick.TickDescriptor.SIDE_SELL;

import io.tickring.engine.ring.TickPublisher;
import java.nio.file.Path;

/**
 * A market whose figures are known, journaled by a real engine: trades and three quotes of {@code A,B}, three quotes of {@code C}, one
 * trade of {@code D}, and {@code NEW} without a tick.
 */
final class FigureMarket {
    /** 2024-08-09T00:00:00Z. */
    static final long T0_NS = 1_723_161_600_000_000_000L;

    static final long SECOND_NS = 1_000_000_000L;

    private final TickPublisher publisher;
    private int id;
    private long receiveTimeNs = T0_NS;

    private FigureMarket(TickPublisher publisher) {
        this.publisher = publisher;
    }

    static void write(Path data) {
        Market.write(data, publisher -> new FigureMarket(publisher).publish());
    }

    /** {@code count} instruments {@code S0}, {@code S1} ... with a quote each. */
    static void writeMany(Path data, int count) {
        Market.write(data, count, publisher -> {
            FigureMarket market = new FigureMarket(publisher);
            for (int i = 0; i < count; i++) {
                market.of("S" + i);
                market.quote(0, "1", "2", "1", "1");
            }
        });
    }

    /** {@code UP} and {@code DOWN}, whose mids are each other's inverse, and {@code FLAT} with one quote. */
    static void writeOpposites(Path data) {
        Market.write(data, publisher -> {
            FigureMarket market = new FigureMarket(publisher);
            market.of("UP");
            market.quote(0, "0.5", "1.5", "1", "1");
            market.quote(1, "1.5", "2.5", "1", "1");
            market.quote(2, "0.5", "1.5", "1", "1");
            market.of("DOWN");
            market.quote(0, "0.5", "1.5", "1", "1");
            market.quote(1, "0.25", "0.75", "1", "1");
            market.quote(2, "0.5", "1.5", "1", "1");
            market.quote(2, "0.5", "1.5", "1", "1");
            market.of("FLAT");
            market.quote(0, "1", "2", "1", "1");
        });
    }

    /** A trade of one instrument in each of so many seconds, each at a higher price. */
    static void writeTrades(Path data, String symbol, int count) {
        Market.write(data, publisher -> {
            FigureMarket market = new FigureMarket(publisher);
            market.of(symbol);
            for (int i = 0; i < count; i++) {
                market.trade(T0_NS + i * SECOND_NS, Integer.toString(i + 1), "1", SIDE_BUY);
            }
        });
    }

    /** One instrument that is called so, with a trade at the beginning. */
    static void writeOne(Path data, String symbol) {
        Market.write(data, publisher -> {
            FigureMarket market = new FigureMarket(publisher);
            market.of(symbol);
            market.trade(T0_NS, "1", "1", SIDE_BUY);
        });
    }

    /** Quotes by receive time, trades by exchange time: of minute 0 with one late, none in 1, in 2, a late one in 3, none in 4, in 5. */
    private void publish() {
        of("A,B");
        quote(0, "99", "101", "3", "1");
        quote(1, "100", "104", "1", "2");
        quote(3, "99", "101", "1", "3");
        trade(T0_NS + 10 * SECOND_NS, "100", "1", SIDE_BUY);
        trade(T0_NS + 20 * SECOND_NS, "105", "2", SIDE_SELL);
        trade(T0_NS + 5 * SECOND_NS, "99.5", "1", SIDE_NONE);
        trade(T0_NS + 60 * SECOND_NS - 1, "101", "0.5", SIDE_BUY);
        receiveTimeNs = T0_NS + 120 * SECOND_NS;
        trade(NO_TIME, "110", "1", SIDE_BUY);
        trade(T0_NS + 30 * SECOND_NS, "1", "7", SIDE_SELL);
        trade(T0_NS + 300 * SECOND_NS, "120", "2", SIDE_SELL);
        trade(T0_NS + 185 * SECOND_NS, "1000", "0.25", SIDE_BUY);
        of("C");
        receiveTimeNs = T0_NS;
        quote(0, "49", "51", "1", "1");
        quote(1, "50", "52", "1", "1");
        quote(3, "51", "53", "1", "1");
        of("D");
        trade(T0_NS, "7", "1", SIDE_BUY);
        publisher.define("NEW");
    }

    private void of(String symbol) {
        id = publisher.define(symbol);
    }

    private void quote(int atS, String bid, String ask, String bidSize, String askSize) {
        receiveTimeNs = T0_NS + atS * SECOND_NS;
        Market.publish(
                publisher,
                tick -> tick.quote(
                        id,
                        NO_TIME,
                        receiveTimeNs,
                        Market.decimal(bid),
                        Market.decimal(ask),
                        Market.decimal(bidSize),
                        Market.decimal(askSize)));
    }

    private void trade(long exchangeTimeNs, String price, String size, byte side) {
        Market.publish(
                publisher,
                tick -> tick.trade(
                        id,
                        exchangeTimeNs,
                        receiveTimeNs,
                        Market.decimal(price),
                        Market.decimal(size),
                        NO_TRADE_ID,
                        side));
    }
}
