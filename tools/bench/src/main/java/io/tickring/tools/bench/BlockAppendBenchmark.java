package io.tickring.tools.bench;

import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: records into the journal in blocks of 1, 64 or 1,024, in ns a record. Each shot appends 2²⁰ records to a new journal. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
        })
public class BlockAppendBenchmark {
    private static final int RECORDS = 1 << 20;

    @Param({"1", "64", "1024"})
    private int block;

    private final TickSet set = TickSet.market(1, RECORDS);
    private Path folder;
    private JournalAppender appender;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("tickring-jmh-");
        appender = JournalAppender.open(new JournalContext().directory(folder));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        appender.close();
        WorkFolder.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long append() {
        for (int first = 0; first < RECORDS; first += block) {
            appender.append(set.records(), set.offset(first), 1L + first, block, first, false);
        }
        return appender.nextSequence();
    }
}
