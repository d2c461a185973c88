package io.tickring.tools.bench;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: a tick into its row, alone or in a batch of 64, and a row out of the table, in ns each. One thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
public class PriceRowBenchmark {
    private static final int BATCH = 64;
    private static final int CAPACITY = 1 << 16;

    private final TickSet set = TickSet.market(1, CAPACITY);
    private final PeerTable table = PeerTable.inMemory();
    private final PriceTableHandler stage = table.stage();
    private final PriceTableReader reader = table.reader();
    private final PriceRow row = new PriceRow();
    private long number;

    @Setup
    public void define() {
        table.define();
    }

    @Benchmark
    public void writeOne() {
        stage.onBatch(set.records(), set.offset(number), TickSet.FIRST_TICK_SEQUENCE + number, 1);
        number++;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void write64() {
        stage.onBatch(set.records(), set.offset(number), TickSet.FIRST_TICK_SEQUENCE + number, BATCH);
        number += BATCH;
    }

    @Benchmark
    public long read() {
        reader.read((int) number++ & TickSet.INSTRUMENTS - 1, row);
        return row.bid();
    }
}
