package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** How an appender comes to be: the folder's lock, what a killed owner or a power cut left, the last block, the queue. */
final class JournalOpening {
    private static final String NOTHING_PROVED =
            "no record was durable and none proves itself: the journal is begun anew, folder=";

    private JournalOpening() {}

    /** As {@link JournalAppender#open}. */
    static JournalAppender open(JournalContext context) {
        context.conclude();
        ChronicleSettings.apply();
        DirectoryLock lock = DirectoryLock.acquire(context.directory());
        Path folder = JournalFiles.folder(lock.directory());
        boolean folderIsNew = Files.notExists(folder);
        try {
            createFolder(folder);
            return openSealing(context, lock, folder);
        } catch (Throwable e) {
            if (folderIsNew) {
                deleteFolder(folder);
            }
            lock.discard();
            throw e instanceof JournalException known ? known : notOpened(folder, e);
        }
    }

    /** Opens the journal; where it does not read to its end and only what was not durable is hurt, without that. */
    private static JournalAppender openSealing(JournalContext context, DirectoryLock lock, Path folder)
            throws IOException {
        if (DurableMark.readAny(folder) == null) {
            UnfinishedJournal.clear(folder);
        }
        try {
            return openAsItIs(context, lock, folder, "");
        } catch (JournalException e) {
            return openMended(context, lock, folder, e);
        }
    }

    private static JournalAppender openMended(
            JournalContext context, DirectoryLock lock, Path folder, JournalException damage) throws IOException {
        if (damage.reason() != Reason.CORRUPT) {
            throw damage;
        }
        String sealed = TornTail.seal(folder);
        if (sealed == null && DurableMark.newest(folder) == 0 && UnfinishedJournal.clear(folder)) {
            sealed = NOTHING_PROVED + folder;
        }
        if (sealed == null) {
            throw damage;
        }
        return openAsItIs(context, lock, folder, sealed);
    }

    private static JournalAppender openAsItIs(JournalContext context, DirectoryLock lock, Path folder, String sealed)
            throws IOException {
        SingleChronicleQueue queue = null;
        try {
            JournalFiles files = JournalFiles.scan(folder);
            files.requireWritable();
            JournalRoll roll = rollOf(context, files);
            files.deleteUnfinished();
            if (files.isEmpty() || Files.notExists(folder.resolve(JournalFiles.METADATA))) {
                // Chronicle makes its metadata with holes; touching one on a full disk ends the whole JVM.
                AppendRoom.requireForFile(folder);
            }
            int[] cycles = files.cycles();
            AppendClock clock = new AppendClock(context.epochClock(), newestMs(cycles, roll));
            clock.advance();
            queue = ChronicleQueues.openForAppending(folder, roll, clock);
            return open(context, roll, lock, clock, queue, cycles, sealed);
        } catch (Throwable e) {
            Closeable.closeQuietly(queue);
            throw e;
        }
    }

    private static JournalAppender open(
            JournalContext context,
            JournalRoll roll,
            DirectoryLock lock,
            AppendClock clock,
            SingleChronicleQueue queue,
            int[] cycles,
            String sealed)
            throws IOException {
        try (BlockReader reader = new BlockReader(queue, roll, context.codec())) {
            BlockReader last = readLast(reader, cycles) ? reader : null;
            if (last != null && BlockDescriptor.recordLength(last.block(), 0) != context.recordLengthBytes()) {
                throw new JournalException(
                        Reason.ROLL_MISMATCH,
                        "the journal has records of another length: directory=" + context.directory()
                                + " recordLengthBytes=" + BlockDescriptor.recordLength(last.block(), 0) + " asked="
                                + context.recordLengthBytes() + "; choose another folder");
            }
            long journalId = last == null ? randomId() : BlockDescriptor.journalId(last.block(), 0);
            Path folder = JournalFiles.folder(lock.directory());
            SelfCheck check = SelfCheck.run(
                    folder, newestMs(cycles, roll) - context.epochClock().time());
            JournalPresence presence = new JournalPresence(folder);
            JournalForcer forcer = JournalForcer.open(folder, roll, journalId, last);
            JournalAppender opened = new JournalAppender(
                    context, roll, lock, clock, queue, last, journalId, forcer, presence, check, sealed);
            return begun(context, roll.cycleAt(clock.currentTimeMillis()), opened);
        }
    }

    private static JournalAppender begun(JournalContext context, int cycle, JournalAppender opened) throws IOException {
        try {
            requireReadable(context, opened);
            if (opened.isNew()) {
                opened.begin(cycle);
            }
            return opened;
        } catch (Throwable e) {
            opened.abandon();
            throw e;
        }
    }

    /** What is not known durable may have holes, behind which its end is sound; also blocks that own no sequence. */
    private static void requireReadable(JournalContext context, JournalAppender opened) {
        long durable = opened.durableSequence();
        if (!opened.isMarked() && durable == 0 || durable >= opened.nextSequence() - 1) {
            return;
        }
        try (JournalTailer tailer = JournalTailer.open(context.directory(), context.codec())) {
            tailer.seekToSequence(durable);
            while (tailer.next()) {
                continue;
            }
        }
    }

    /** When the newest file begins; 0 where there is none. */
    private static long newestMs(int[] cycles, JournalRoll roll) {
        return cycles.length == 0 ? 0 : roll.startMs(cycles[cycles.length - 1]);
    }

    private static boolean readLast(BlockReader reader, int[] cycles) {
        for (int i = cycles.length - 1; i >= 0; i--) {
            long count = reader.countIn(cycles[i]);
            if (count > 0) {
                if (!reader.readAt(cycles[i], count - 1)) {
                    throw reader.missing(cycles[i], count - 1, 0);
                }
                return true;
            }
        }
        return false;
    }

    private static JournalRoll rollOf(JournalContext context, JournalFiles files) {
        if (files.isEmpty()) {
            return context.roll() == null ? JournalRoll.HOURLY : context.roll();
        }
        if (context.roll() != null && context.roll() != files.roll()) {
            throw new JournalException(
                    Reason.ROLL_MISMATCH,
                    "the journal has another roll: directory=" + context.directory() + " roll=" + files.roll()
                            + " asked=" + context.roll() + "; keep the journal's, or choose another folder");
        }
        return files.roll();
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw DirectoryLock.unwritable(folder, e);
        }
    }

    private static void deleteFolder(Path folder) {
        try {
            JournalFiles.delete(folder);
        } catch (IOException e) {
            // The failure that brought us here says more.
        }
    }

    private static long randomId() {
        SecureRandom random = new SecureRandom();
        long id = 0;
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }

    private static JournalException notOpened(Path folder, Throwable cause) {
        return new JournalException(
                Reason.UNWRITABLE,
                DiskCause.isNoRoom(folder, cause)
                        ? DiskCause.makeRoom(folder)
                        : "the journal cannot be opened: folder=" + folder + " cause=" + DiskCause.text(cause)
                                + "; check permissions and disk, or delete metadata.cq4t, which is rebuilt",
                cause);
    }
}
