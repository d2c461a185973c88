package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.price.TableDigest;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalTailer;
import io.tickring.journal.JournalVerification;
import io.tickring.journal.JournalVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Proves a journal: first that every block is whole and in its place, then that its ticks, applied to a fresh table, give the
 * digest of each checkpoint in the stream. Behind a gap that the journal tells of it goes on from the state that stands there, and
 * leaves out the checkpoints that speak of another. Reads only; one thread.
 */
public final class JournalCheck {
    /**
     * What was found.
     *
     * @param gaps that the journal itself tells of; they are no errors
     * @param checkpoints that were compared and agree
     * @param digest of the table after the last record that is sound
     * @param error null if the journal is sound; else one line: file, block, first bad or diverging sequence, what to do
     */
    public record Result(
            long blocks,
            long ticks,
            long firstSequence,
            long lastSequence,
            List<JournalGap> gaps,
            long checkpoints,
            long digest,
            String error) {
        public Result {
            gaps = List.copyOf(gaps);
        }

        public boolean ok() {
            return error == null;
        }
    }

    private final Path folder;
    private final JournalRecovery.Progress progress;
    private final TreeMap<Long, Long> expected = new TreeMap<>();
    private final Tick tick = new Tick();
    private long ticks;
    private int instruments;
    private String illegal;

    /** @param progress is told as the ticks are applied, in the second pass. */
    public JournalCheck(Path folder, JournalRecovery.Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Reads the journal twice. Throws the journal's exception if there is none. */
    public Result run() {
        JournalVerification integrity = JournalVerifier.verify(folder, new CompactCodec(), this::onSoundBlock);
        State state = new State(Math.max(1, instruments));
        String divergence = integrity.lastSequence() == 0 ? null : state.compare(integrity.lastSequence());
        String error = integrity.error() != null ? integrity.error() : illegal != null ? illegal : divergence;
        return new Result(
                integrity.blocks(),
                ticks,
                integrity.firstSequence(),
                integrity.lastSequence(),
                state.gaps,
                state.agreed,
                state.writer.digest(),
                error);
    }

    private void onSoundBlock(long firstSequence, int count, DirectBuffer records, int offset, int length) {
        for (int record = offset; record < offset + length; record += TickDescriptor.LENGTH) {
            tick.wrap(records, record);
            if (tick.type() == TickDescriptor.DEFINITION) {
                define(firstSequence);
            } else if (count > 0 && tick.isTick()) {
                ticks++;
            } else if (count > 0 && tick.type() == TickDescriptor.CHECKPOINT) {
                expected.put(tick.checkpointSequence(), tick.checkpointDigest());
            }
        }
    }

    private void define(long blockSequence) {
        int id = tick.instrumentId();
        if (InstrumentIds.isLegal(id)) {
            instruments = Math.max(instruments, id + 1);
        } else if (illegal == null) {
            illegal = "sequence=" + Math.max(blockSequence, tick.sequence()) + ": the definition's instrument id " + id
                    + " is none; whoever wrote this journal did not follow its format: do not use it";
        }
    }

    /** The second pass: the table, compared wherever a checkpoint speaks of it. */
    private final class State {
        private final PriceTableWriter writer;
        private final PriceTableHandler handler;
        private final GapReader gap = new GapReader();
        private final List<JournalGap> gaps = new ArrayList<>();
        private long comparableFrom;
        private long agreed;

        State(int capacity) {
            EngineCounters uncounted = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
            writer = new PriceTableWriter(PriceTableFile.inMemory(capacity), capacity);
            handler = new PriceTableHandler(
                    writer, Long.MAX_VALUE, (sequence, digest) -> {}, uncounted.applied, uncounted.unknownInstruments);
        }

        /** Applies everything up to {@code lastSequence}; answers the first disagreement, or null. */
        String compare(long lastSequence) {
            try (JournalTailer tailer = CompactCodec.openTailer(folder)) {
                tailer.readAhead();
                long done = 0;
                boolean begun = false;
                while (done < lastSequence && tailer.next()) {
                    if (tailer.isGap()) {
                        begun |= takeOver(tailer);
                    } else if (tailer.count() == 0 && !begun) {
                        JournalRecovery.definitionsBefore(
                                tailer,
                                (first, count, records, offset) -> handler.onBatch(records, offset, first, count));
                    }
                    begun |= tailer.count() > 0;
                    String divergence = apply(tailer);
                    if (divergence != null) {
                        return divergence;
                    }
                    done = tailer.firstSequence() + tailer.count() - 1;
                    progress.onProgress(done, lastSequence);
                }
                return null;
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }

        private boolean takeOver(JournalTailer block) {
            boolean isComplete = gap.take(block);
            if (isComplete) {
                gap.restore(handler);
                comparableFrom = gap.comparableFrom();
                if (gap.gap().count() > 0) {
                    gaps.add(gap.gap());
                }
            }
            return isComplete;
        }

        /** Applies one block, in as many parts as there are checkpoints that speak of its records. */
        private String apply(JournalTailer block) {
            long first = block.firstSequence();
            long end = first + block.count();
            int offset = block.recordsOffset();
            while (first < end) {
                Map.Entry<Long, Long> checkpoint = expected.ceilingEntry(Math.max(first, comparableFrom));
                boolean speaks = checkpoint != null && checkpoint.getKey() < end;
                int count = (int) ((speaks ? checkpoint.getKey() + 1 : end) - first);
                handler.onBatch(block.records(), offset, first, count);
                if (speaks && writer.digest() != checkpoint.getValue()) {
                    return divergence(checkpoint, block);
                }
                agreed += speaks ? 1 : 0;
                offset += count << TickDescriptor.LENGTH_SHIFT;
                first += count;
            }
            return null;
        }

        private String divergence(Map.Entry<Long, Long> checkpoint, JournalTailer block) {
            return "file=" + block.fileName() + " block=" + block.blockNumber() + " sequence=" + checkpoint.getKey()
                    + ": the table's digest is " + TableDigest.format(writer.digest()) + ", the checkpoint says "
                    + TableDigest.format(checkpoint.getValue())
                    + "; the ticks were applied otherwise when they were written: verify with the version that wrote them";
        }
    }
}
