package io.tickring.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;

/** How this module opens Chronicle queues: raw bytes, chunks of 64 MiB, short time-outs, readers read-only. */
final class ChronicleQueues {
    private static final long CHUNK_BYTES = 64L << 20;
    private static final long TIMEOUT_MS = 500;
    private static final long UNLOCKED = Long.MIN_VALUE;
    private static final String[] LOCKS = {"chronicle.write.lock", "chronicle.append.lock"};

    private ChronicleQueues() {}

    static SingleChronicleQueue openForReading(Path folder, JournalRoll roll) {
        return builder(folder, roll).readOnly(true).build();
    }

    /** Only for the holder of the directory's lock: any lock that Chronicle finds is stale, and is freed first. */
    static SingleChronicleQueue openForAppending(Path folder, JournalRoll roll, TimeProvider clock) {
        freeStaleLocks(folder.resolve(JournalFiles.METADATA));
        SingleChronicleQueueBuilder builder = builder(folder, roll).timeProvider(clock);
        SingleChronicleQueue queue = builder.build();
        if (builder.readOnly()) {
            queue.close();
            throw new JournalException(
                    JournalException.Reason.UNWRITABLE,
                    "Chronicle opened the journal read-only: folder=" + folder
                            + "; check permissions, or delete metadata.cq4t, which is rebuilt");
        }
        return queue;
    }

    private static SingleChronicleQueueBuilder builder(Path folder, JournalRoll roll) {
        return SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(roll.rollCycle())
                .blockSize(CHUNK_BYTES)
                .timeoutMS(TIMEOUT_MS);
    }

    private static void freeStaleLocks(Path metadata) {
        if (Files.notExists(metadata)) {
            return;
        }
        SingleChronicleQueueBuilder.addAliases();
        try (TableStore<Metadata.NoMeta> table = SingleTableBuilder.binary(metadata.toFile(), Metadata.NoMeta.INSTANCE)
                .build()) {
            for (String name : LOCKS) {
                LongValue lock = table.doWithExclusiveLock(t -> t.acquireValueFor(name));
                lock.setVolatileValue(UNLOCKED);
                net.openhft.chronicle.core.io.Closeable.closeQuietly(lock);
            }
        }
    }
}
