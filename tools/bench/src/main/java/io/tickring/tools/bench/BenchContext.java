package io.tickring.tools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How much a run of the bench measures, and on what. Not to be changed once benches are made of it. */
final class BenchContext {
    /** No peer comes so far. */
    private static final double HIGHEST_RATE = 256e6;

    private static final int QUICK_SEEKS = 20;

    private long ticks = 20_000_000;
    private double seconds = 60;
    private int rounds = 5;
    private int timedRounds = 3;
    private int seeks = 50;
    private long seekTicks;
    private int setCapacity = 1 << 20;
    private long roomBytes = Long.MAX_VALUE;
    private Path recordings;
    private List<Double> rates = ladder();
    private List<Double> subscribeRates = List.of(100e3, 1e6);
    private double rungSeconds = 2;
    private int rungRounds = 3;
    private double restSeconds = 3;

    /** Few and short rounds: all comparisons within five minutes. */
    BenchContext quick() {
        return ticks(2_000_000)
                .seconds(3)
                .rounds(2)
                .timedRounds(1)
                .rates(List.of(10_000.0, 100_000.0, 1_000_000.0))
                .rungSeconds(0.5)
                .rungRounds(2)
                .restSeconds(0)
                .seeks(QUICK_SEEKS);
    }

    /** Ticks of a run that ends by their number. Default 20 million. */
    BenchContext ticks(long count) {
        this.ticks = count;
        return this;
    }

    long ticks() {
        return ticks;
    }

    /** Length of a run that ends by the time. Default 60. */
    BenchContext seconds(double length) {
        this.seconds = length;
        return this;
    }

    double seconds() {
        return seconds;
    }

    /** Rounds of runs that end by the number of ticks. Default 5. */
    BenchContext rounds(int count) {
        this.rounds = count;
        return this;
    }

    int rounds() {
        return rounds;
    }

    /** Rounds of runs that end by the time. Default 3. */
    BenchContext timedRounds(int count) {
        this.timedRounds = count;
        return this;
    }

    int timedRounds() {
        return timedRounds;
    }

    /** Times that a journal is gone to. Default 50. */
    BenchContext seeks(int count) {
        this.seeks = count;
        return this;
    }

    int seeks() {
        return seeks;
    }

    /** Ticks of the journal in which times are gone to. Default {@link #ticks}. */
    BenchContext seekTicks(long count) {
        this.seekTicks = count;
        return this;
    }

    long seekTicks() {
        return seekTicks == 0 ? ticks : seekTicks;
    }

    /** Prepared records, a power of two; a longer run uses them again. Default 2²⁰. */
    BenchContext setCapacity(int records) {
        this.setCapacity = records;
        return this;
    }

    int setCapacity() {
        return setCapacity;
    }

    /** What the disk has left for a run; one that ends by the time ends before it takes more. Default no limit. */
    BenchContext roomBytes(long bytes) {
        this.roomBytes = bytes;
        return this;
    }

    long roomBytes() {
        return roomBytes;
    }

    /** A folder of recordings, whose ticks are journaled to count their bytes; null, the default, for made-up ones. */
    BenchContext recordings(Path folder) {
        this.recordings = folder;
        return this;
    }

    Path recordings() {
        return recordings;
    }

    /** Rates of the latency's ladder in ticks a second, rising. Default 10,000 to 1 million, and then each twice the last. */
    BenchContext rates(List<Double> rising) {
        this.rates = rising.stream().sorted().distinct().toList();
        return this;
    }

    List<Double> rates() {
        return rates;
    }

    /** Rates of subscribe in ticks a second. Default 100,000 and 1 million. */
    BenchContext subscribeRates(List<Double> all) {
        this.subscribeRates = all;
        return this;
    }

    List<Double> subscribeRates() {
        return subscribeRates;
    }

    /** How long each rate of the ladder is held. Default 2. */
    BenchContext rungSeconds(double length) {
        this.rungSeconds = length;
        return this;
    }

    double rungSeconds() {
        return rungSeconds;
    }

    /** Rounds of each rate of the ladder. Default 3. */
    BenchContext rungRounds(int count) {
        this.rungRounds = count;
        return this;
    }

    int rungRounds() {
        return rungRounds;
    }

    /** How long nothing is done before each run that counts latencies. Default 3. */
    BenchContext restSeconds(double length) {
        this.restSeconds = length;
        return this;
    }

    double restSeconds() {
        return restSeconds;
    }

    private static List<Double> ladder() {
        List<Double> rates = new ArrayList<>(List.of(10e3, 50e3, 100e3, 250e3, 500e3, 1e6));
        for (double rate = 2e6; rate <= HIGHEST_RATE; rate *= 2) {
            rates.add(rate);
        }
        return rates;
    }
}
