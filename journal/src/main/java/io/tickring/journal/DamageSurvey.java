package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a journal, and what of it proves itself: whether it reads to its end, which files belong to it, from which on
 * they must be written anew. Changes nothing. One thread.
 */
final class DamageSurvey {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> strangers = new ArrayList<>();
    private final List<SalvagedBlock> blocks = new ArrayList<>();
    private final List<BlockScan> scans = new ArrayList<>();
    private long[] mark;
    private JournalException damage;
    private boolean isMarkDamaged;
    private boolean isMetadataDamaged;
    private JournalRoll roll;
    private long journalId;
    private int firstRewritten;

    private DamageSurvey(Path folder) {
        this.folder = folder;
    }

    /** @throws JournalException NO_JOURNAL when there is no file of a journal, or nothing in any proves itself. */
    static DamageSurvey of(Path directory, BlockCodec codec) throws IOException {
        ChronicleSettings.apply();
        DamageSurvey survey = new DamageSurvey(JournalFiles.folder(directory));
        List<Path> all = JournalFiles.names(survey.folder).stream()
                .map(survey.folder::resolve)
                .toList();
        if (all.isEmpty()) {
            throw nothing(directory);
        }
        survey.readToItsEnd(directory, codec);
        if (survey.damage != null) {
            survey.scan(directory, all, codec);
            survey.link();
        }
        return survey;
    }

    /** The first thing that is wrong; null when the journal reads to its end and that is not too early. */
    JournalException damage() {
        return damage;
    }

    /** Those with blocks of this journal, oldest first. */
    List<Path> files() {
        return files;
    }

    /** Files of cycles in which nothing of this journal proves itself. */
    List<Path> strangers() {
        return strangers;
    }

    List<SalvagedBlock> blocks() {
        return blocks;
    }

    JournalRoll roll() {
        return roll;
    }

    long journalId() {
        return journalId;
    }

    /** Up to there nothing may be missing without a word; 0 when that is not known. */
    long durableSequence() {
        return mark == null || isMarkDamaged ? 0 : mark[1];
    }

    boolean isMarkDamaged() {
        return isMarkDamaged;
    }

    boolean isMetadataDamaged() {
        return isMetadataDamaged;
    }

    /** The number of the first file that is written anew; that of all files when none is. */
    int firstRewritten() {
        return firstRewritten;
    }

    private void readToItsEnd(Path directory, BlockCodec codec) throws IOException {
        try {
            mark = DurableMark.readAny(folder);
        } catch (JournalException e) {
            isMarkDamaged = true;
            damage = e;
        }
        try (JournalTailer tailer = JournalTailer.open(directory, codec)) {
            boolean any = false;
            while (tailer.next()) {
                any = true;
            }
            if (any && mark != null) {
                requireMark(tailer);
            }
        } catch (JournalException e) {
            if (e.reason() != Reason.CORRUPT && e.reason() != Reason.NO_JOURNAL) {
                throw e;
            }
            damage = e;
        }
    }

    private void requireMark(JournalTailer tailer) {
        if (mark[0] != tailer.journalId()) {
            isMarkDamaged = true;
            throw JournalException.corrupt(
                    DurableMark.FILE_NAME, -1, 0, "the durable mark is that of another journal", null);
        }
        if (mark[1] > tailer.endSequence()) {
            throw DurableMark.endsTooEarly(tailer.endSequence(), mark[1]);
        }
    }

    private void scan(Path directory, List<Path> all, BlockCodec codec) throws IOException {
        Map<Path, BlockScan> found = new HashMap<>();
        Map<Long, Integer> counts = new HashMap<>();
        for (Path file : all) {
            BlockScan scan = BlockScan.of(file, codec);
            found.put(file, scan);
            scan.found().forEach(block -> counts.merge(block.journalId(), 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            throw nothing(directory);
        }
        boolean isMarked = mark != null && counts.containsKey(mark[0]);
        journalId = isMarked
                ? mark[0]
                : counts.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey();
        isMarkDamaged |= mark != null && !isMarked;
        roll = mostUsed(all, found);
        for (Path file : all) {
            boolean belongs = JournalFiles.rollOf(file.getFileName().toString()) == roll && own(found.get(file)) > 0;
            (belongs ? files : strangers).add(file);
            if (belongs) {
                scans.add(found.get(file));
            }
        }
    }

    private JournalRoll mostUsed(List<Path> all, Map<Path, BlockScan> found) {
        Map<JournalRoll, Long> uses = new HashMap<>();
        for (Path file : all) {
            JournalRoll named = JournalFiles.rollOf(file.getFileName().toString());
            if (named != null) {
                uses.merge(named, own(found.get(file)), Long::sum);
            }
        }
        return uses.entrySet().stream()
                .filter(use -> use.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> damage)
                .getKey();
    }

    private long own(BlockScan scan) {
        return scan.found().stream()
                .filter(block -> block.journalId() == journalId)
                .count();
    }

    /** Finds the first file that is not as it should be, and numbers the blocks. */
    private void link() {
        firstRewritten = firstBroken();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).getFileName().toString().equals(damage.file())
                    && !damage.getMessage().contains(JournalFiles.METADATA)) {
                firstRewritten = Math.min(firstRewritten, i);
            }
        }
        long next = 0;
        int lastFile = 0;
        for (int i = 0; i < files.size(); i++) {
            for (BlockScan.Found block : scans.get(i).found()) {
                if (block.journalId() == journalId && block.firstSequence() + block.count() > next) {
                    next = block.firstSequence() + block.count();
                    lastFile = i;
                }
            }
        }
        if (next <= durableSequence()) {
            firstRewritten = Math.min(firstRewritten, lastFile);
        }
        // What Chronicle cannot open and nothing else explains.
        isMetadataDamaged = damage.getMessage().contains(JournalFiles.METADATA)
                || firstRewritten == files.size() && strangers.isEmpty() && !isMarkDamaged;
        for (int i = 0; i < files.size(); i++) {
            for (BlockScan.Found block : scans.get(i).found()) {
                if (block.journalId() == journalId) {
                    blocks.add(new SalvagedBlock(
                            i,
                            block.position(),
                            block.length(),
                            block.firstSequence(),
                            block.count(),
                            block.isGap(),
                            i < firstRewritten));
                }
            }
        }
    }

    private int firstBroken() {
        BlockScan.Found before = null;
        for (int i = 0; i < files.size(); i++) {
            List<BlockScan.Found> found = scans.get(i).found();
            boolean isSound = scans.get(i).isWhole()
                    && found.get(0).count() == 0
                    && !found.get(0).isGap();
            for (BlockScan.Found block : found) {
                isSound &= block.journalId() == journalId && (before == null || follows(block, before));
                before = block;
            }
            if (!isSound) {
                return i;
            }
        }
        return files.size();
    }

    private static boolean follows(BlockScan.Found block, BlockScan.Found before) {
        return block.previousCrc() == before.crc()
                && BlockFormat.continues(block.isGap(), block.firstSequence(), before.firstSequence() + before.count());
    }

    private static JournalException nothing(Path directory) {
        return new JournalException(
                Reason.NO_JOURNAL,
                "there is nothing of a journal to keep: directory=" + directory
                        + "; restore a copy, or choose another folder");
    }
}
