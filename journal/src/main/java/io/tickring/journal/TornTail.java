package io.tickring.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * What a power cut leaves behind what was durable: blocks with holes between. Everything that proves itself is kept, in a fresh file
 * in the place of the torn one, which is set aside under {@code NAME.torn}; a file behind it too. Nothing at or before the durable
 * sequence is ever cut.
 *
 * <p>Source: the split of a torn tail from corruption is etcd's write-ahead log's: only what was never acknowledged is repaired.
 */
final class TornTail {
    private static final String WORK = "sealing";
    private static final String ASIDE = ".torn";

    private final Path folder;
    private final JournalRoll roll;
    private final long journalId;
    private final List<Integer> cycles = new ArrayList<>();
    private final List<ProvenBlocks> blocks = new ArrayList<>();

    private TornTail(Path folder, JournalRoll roll, long journalId) {
        this.folder = folder;
        this.roll = roll;
        this.journalId = journalId;
    }

    /**
     * Seals the torn tail of a journal that does not read to its end.
     *
     * @return what was kept and what was set aside, in one line; null when the damage is at or before what was durable, or nothing is
     *     known to be: then everything is as it was.
     */
    static String seal(Path folder) throws IOException {
        long[] mark = DurableMark.readAny(folder);
        if (mark == null) {
            return null;
        }
        List<String> names = JournalFiles.names(folder);
        TornTail tail = new TornTail(folder, JournalFiles.rollOf(names), mark[0]);
        return tail.read(names, mark[1]) ? tail.seal() : null;
    }

    /** Reads the files that hold what is not durable; answers whether what is durable proves itself. */
    private boolean read(List<String> names, long durableSequence) throws IOException {
        int oldest = names.size();
        boolean isDurable = false;
        while (oldest > 0 && !isDurable) {
            String name = names.get(--oldest);
            ProvenBlocks found = ProvenBlocks.of(folder.resolve(name), journalId);
            cycles.add(0, roll.cycleOf(name));
            blocks.add(0, found);
            isDurable = !found.isEmpty() && found.firstSequence() <= durableSequence;
        }
        for (String name : names.subList(0, oldest)) {
            JournalFiles.requireHeader(folder.resolve(name));
        }
        return !blocks.isEmpty()
                && !blocks.get(0).isEmpty()
                && blocks.get(0).firstSequence() <= durableSequence + 1
                && blocks.get(last()).nextSequence() > durableSequence;
    }

    /** The last file in a row of files of which each follows the one before. */
    private int last() {
        int last = 0;
        while (last + 1 < blocks.size() && blocks.get(last + 1).follows(blocks.get(last))) {
            last++;
        }
        return last;
    }

    private String seal() throws IOException {
        int torn = last();
        Path file = folder.resolve(roll.fileName(cycles.get(torn)));
        Path fresh = rewrite(file, cycles.get(torn), blocks.get(torn));
        List<String> aside = new ArrayList<>();
        for (int i = cycles.size() - 1; i > torn; i--) {
            Path behind = folder.resolve(roll.fileName(cycles.get(i)));
            Path name = JournalFiles.aside(behind, ASIDE);
            Files.move(behind, name, StandardCopyOption.ATOMIC_MOVE);
            aside.add(name.getFileName().toString());
        }
        Path name = JournalFiles.aside(file, ASIDE);
        JournalFiles.replace(file, fresh, name);
        aside.add(name.getFileName().toString());
        JournalForcer.force(folder);
        JournalFiles.delete(folder.resolve(WORK));
        return "a torn tail was sealed: kept to sequence " + (blocks.get(torn).nextSequence() - 1) + ", set aside "
                + String.join(", ", aside);
    }

    /** A file of the same name with the proven blocks alone, as Chronicle would have written them, forced. */
    private Path rewrite(Path torn, int cycle, ProvenBlocks proven) throws IOException {
        Path work = folder.resolve(WORK);
        JournalFiles.makeEmpty(work);
        long startMs = roll.startMs(cycle);
        try (SingleChronicleQueue queue =
                        ChronicleQueues.openForAppending(work, roll, new AppendClock(() -> startMs, startMs));
                ExcerptAppender appender = queue.createAppender();
                FileChannel from = FileChannel.open(torn, StandardOpenOption.READ)) {
            for (ProvenBlocks.Place place : proven.places()) {
                byte[] block = ProvenBlocks.read(from, place.position(), place.length());
                try (DocumentContext document = appender.writingDocument()) {
                    Bytes<?> target = document.wire().bytes();
                    target.write(block);
                }
            }
        }
        Path fresh = work.resolve(torn.getFileName());
        JournalForcer.force(fresh);
        return fresh;
    }
}
