package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.nio.file.Path;

/** Reads a whole journal and checks every block and every link between blocks. Read-only; any thread may call. */
public final class JournalVerifier {
    private long blocks;
    private long records;
    private long gaps;
    private long firstSequence;
    private long lastSequence;
    private long bytes;
    private int cycles;
    private long durable;

    private JournalVerifier() {}

    /**
     * Verifies the journal in {@code directory} as it is now and hands each sound block to {@code perBlock}.
     *
     * @param codec of the blocks that are not raw; null when all are.
     * @return damage included: it is a finding, not an exception.
     * @throws JournalException NO_JOURNAL when there is none; what {@code perBlock} throws goes through.
     */
    public static JournalVerification verify(Path directory, BlockCodec codec, BlockConsumer perBlock) {
        JournalVerifier verifier = new JournalVerifier();
        try {
            // Before the journal is opened: an engine may write on.
            verifier.durable = DurableMark.newest(JournalFiles.folder(directory));
        } catch (JournalException e) {
            return verifier.result(e.getMessage());
        }
        try (JournalTailer tailer = JournalTailer.open(directory, codec)) {
            verifier.cycles = tailer.cycles();
            tailer.readAhead();
            while (verifier.hasNext(tailer)) {
                perBlock.onBlock(
                        tailer.firstSequence(),
                        tailer.count(),
                        tailer.records(),
                        tailer.recordsOffset(),
                        tailer.recordsLength());
            }
            return verifier.result(verifier.missingEnd());
        } catch (JournalException e) {
            if (e.reason() != Reason.CORRUPT) {
                throw e;
            }
            return verifier.result(e.getMessage());
        } catch (InternalError e) {
            // A length that leads past a file's end: the JVM may tell of the page that is not there later than it was
            // asked for.
            return verifier.result(JournalException.corrupt(
                            "-", -1, verifier.lastSequence + 1, "a file is shorter than its blocks say: " + e, e)
                    .getMessage());
        }
    }

    private boolean hasNext(JournalTailer tailer) {
        if (!tailer.next()) {
            return false;
        }
        blocks++;
        bytes += tailer.blockLengthBytes();
        if (tailer.count() > 0) {
            firstSequence = records == 0 ? tailer.firstSequence() : firstSequence;
            records += tailer.count();
            lastSequence = tailer.firstSequence() + tailer.count() - 1;
        } else if (tailer.isGap()) {
            gaps += tailer.gapTo() < tailer.gapFrom() ? 0 : 1;
            lastSequence = tailer.gapTo();
        }
        return true;
    }

    /** Null unless the journal ends before what its mark said was durable, when this began. */
    private String missingEnd() {
        return durable <= lastSequence
                ? null
                : DurableMark.endsTooEarly(lastSequence, durable).getMessage();
    }

    private JournalVerification result(String error) {
        return new JournalVerification(
                error == null, blocks, records, gaps, firstSequence, lastSequence, bytes, cycles, error);
    }
}
