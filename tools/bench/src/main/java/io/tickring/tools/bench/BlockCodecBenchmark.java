package io.tickring.tools.bench;

import io.tickring.engine.journaling.CompactCodec;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: records into compact blocks of 64 or 1,024 and out of them, in ns a record. One thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
public class BlockCodecBenchmark {
    private static final int RECORDS = 1 << 16;

    @Param({"64", "1024"})
    private int block;

    private final TickSet set = TickSet.market(1, RECORDS);
    private final CompactCodec codec = new CompactCodec();
    private byte[][] payloads;
    private int[] lengths;
    private byte[] payload;
    private byte[] records;

    /** Encodes all blocks once, for {@link #decode}. */
    @Setup
    public void encodeAll() {
        int length = block * TickDescriptor.LENGTH + BlockCodec.SLACK_BYTES;
        payloads = new byte[RECORDS / block][length];
        lengths = new int[payloads.length];
        payload = new byte[length];
        records = new byte[length];
        for (int number = 0; number < RECORDS; number++) {
            set.sequence(number);
        }
        for (int i = 0; i < payloads.length; i++) {
            lengths[i] = encode(i * block, payloads[i]);
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int encode() {
        int bytes = 0;
        for (int first = 0; first < RECORDS; first += block) {
            bytes += encode(first, payload);
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public byte decode() {
        for (int i = 0; i < payloads.length; i++) {
            codec.decode(payloads[i], 0, lengths[i], TickSet.FIRST_TICK_SEQUENCE + (long) i * block, block, records);
        }
        return records[0];
    }

    private int encode(int first, byte[] to) {
        return codec.encode(set.records(), set.offset(first), TickSet.FIRST_TICK_SEQUENCE + first, block, to);
    }
}
