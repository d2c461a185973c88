package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what is kept of a journal as Chronicle would have, in a folder of its own, and puts it in the place of what was there when
 * all of it is on the disk. Blocks keep sequences, key, incarnation and payload, and are linked anew. One thread.
 */
public final class SalvageWriter implements AutoCloseable {
    private final Path directory;
    private final DamageSurvey survey;
    private final JournalDictionary dictionary;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final long[] timeMs;
    private final BlockChecksum checksum = new BlockChecksum();
    private final UnsafeBuffer header = new UnsafeBuffer(new byte[BlockDescriptor.HEADER_LENGTH]);
    private int file = -1;
    private int definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
    private int recordLength;
    private int incarnation;
    private int crc;
    private long key = Long.MIN_VALUE;
    private long durableSequence;
    private long nextSequence;

    private SalvageWriter(
            Path directory,
            DamageSurvey survey,
            JournalDictionary dictionary,
            SingleChronicleQueue queue,
            long[] timeMs) {
        this.directory = directory;
        this.survey = survey;
        this.dictionary = dictionary;
        this.queue = queue;
        this.timeMs = timeMs;
        this.appender = queue.createAppender();
    }

    static SalvageWriter open(Path directory, DamageSurvey survey, JournalDictionary dictionary) {
        Path work = SalvageSwap.work(directory);
        try {
            JournalFiles.makeEmpty(work);
            long[] timeMs = {0};
            SingleChronicleQueue queue = ChronicleQueues.openForAppending(work, survey.roll(), () -> timeMs[0]);
            return new SalvageWriter(directory, survey, dictionary, queue, timeMs);
        } catch (IOException e) {
            throw DirectoryLock.unwritable(work, e);
        }
    }

    /** Says with which sequence a journal begins of which the beginning is lost; before anything else. */
    public void beginWith(long firstSequence) {
        nextSequence = firstSequence;
    }

    /** Goes to the file of the block that was read: what follows stands there. A file begins with the dictionary. */
    public void moveTo(JournalSalvage salvage, SalvagedBlock place) {
        if (place.file() == file || place.isInPlace()) {
            return;
        }
        UnsafeBuffer block = salvage.block();
        file = place.file();
        timeMs[0] = survey.roll()
                .startMs(survey.roll()
                        .cycleOf(survey.files().get(file).getFileName().toString()));
        recordLength = BlockDescriptor.recordLength(block, 0);
        incarnation = incarnation == 0 ? BlockDescriptor.incarnation(block, 0) : incarnation;
        nextSequence = nextSequence == 0 ? place.firstSequence() : nextSequence;
        definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
        writeParts(
                BlockDescriptor.KIND_RECORDS,
                nextSequence,
                dictionary.buffer(),
                dictionary.length(),
                BlockDescriptor.MAX_DICTIONARY_LENGTH);
    }

    /**
     * Keeps the block that was read. One whose file stays as it is must be told of too: the next one is linked to it.
     *
     * @param hasDefinitions whether a reader that starts later in the file needs its definitions
     */
    public void keep(JournalSalvage salvage, SalvagedBlock place, boolean hasDefinitions) {
        UnsafeBuffer block = salvage.block();
        if (place.isInPlace()) {
            crc = BlockDescriptor.crc(block, 0);
        } else {
            if (place.file() != file || place.firstSequence() != nextSequence) {
                throw new IllegalStateException("sequence=" + place.firstSequence() + " expected=" + nextSequence
                        + ": the block does not follow what was kept");
            }
            write(block, place.length());
            definitionsBefore = hasDefinitions ? lastNumber() : definitionsBefore;
        }
        key = BlockDescriptor.key(block, 0);
        incarnation = BlockDescriptor.incarnation(block, 0);
        durableSequence = BlockDescriptor.durableSequence(block, 0);
        nextSequence = place.nextSequence();
    }

    /** Writes that all is missing from where the last block ends to before {@code next}, as {@link JournalAppender#appendGap}. */
    public void gap(long next, DirectBuffer payload, int length) {
        definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
        writeParts(BlockDescriptor.KIND_GAP, next, payload, length, BlockDescriptor.MAX_PAYLOAD_LENGTH);
        nextSequence = next;
    }

    /**
     * Forces what was written, sets aside what it replaces, and puts it in its place. Nothing is deleted; cut short, the journal is
     * recovered again from where it then stands.
     *
     * @return what was set aside, by its new names in the data folder
     */
    public List<String> finish() {
        close();
        try {
            return new SalvageSwap(directory, survey).swap(nextSequence - 1);
        } catch (IOException e) {
            throw JournalSalvage.failed(directory, e);
        }
    }

    /** Lets go of the files; what was not finished is nowhere but in the work folder. */
    @Override
    public void close() {
        Closeable.closeQuietly(appender, queue);
    }

    private void writeParts(int kind, long next, DirectBuffer payload, int length, int maxLength) {
        int longest = maxLength / recordLength * recordLength;
        int done = 0;
        do {
            int part = Math.min(length - done, longest);
            boolean isLast = done + part == length;
            byte[] bytes = new byte[BlockDescriptor.HEADER_LENGTH + part];
            header.wrap(bytes);
            BlockDescriptor.encodeFixed(header, recordLength, survey.journalId(), incarnation);
            BlockDescriptor.encodeBlock(
                    header,
                    kind,
                    BlockDescriptor.CODEC_RAW,
                    isLast ? next : nextSequence,
                    0,
                    part,
                    key,
                    definitionsBefore,
                    durableSequence);
            header.putBytes(BlockDescriptor.HEADER_LENGTH, payload, done, part);
            write(header, bytes.length);
            definitionsBefore = lastNumber();
            done += part;
        } while (done < length);
    }

    private void write(UnsafeBuffer block, int length) {
        block.putInt(BlockDescriptor.DEFINITIONS_BEFORE_OFFSET, definitionsBefore, LITTLE_ENDIAN);
        block.putInt(BlockDescriptor.PREVIOUS_CRC_OFFSET, crc, LITTLE_ENDIAN);
        crc = checksum.of(block.byteArray(), length);
        block.putInt(BlockDescriptor.CRC_OFFSET, crc, LITTLE_ENDIAN);
        try (DocumentContext document = appender.writingDocument()) {
            Bytes<?> target = document.wire().bytes();
            target.write(block.byteArray(), 0, length);
        }
    }

    private int lastNumber() {
        return (int) survey.roll().rollCycle().toSequenceNumber(appender.lastIndexAppended());
    }
}
