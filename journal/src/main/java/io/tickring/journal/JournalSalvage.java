package io.tickring.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What can be kept of a journal that an appender refuses: every block that proves itself, read past Chronicle. Holds the folder's
 * lock for life and changes nothing before {@link #rewrite}. Who uses it decides which blocks are kept, and writes what stands in
 * the place of the others. One thread.
 */
public final class JournalSalvage implements AutoCloseable {
    private final DirectoryLock lock;
    private final boolean isLook;
    private final DamageSurvey survey;
    private final BlockCodec codec;
    private final UnsafeBuffer block = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer decoded = new UnsafeBuffer(0, 0);
    private FileChannel channel;
    private int channelFile = -1;

    private JournalSalvage(DirectoryLock lock, boolean isLook, DamageSurvey survey, BlockCodec codec) {
        this.lock = lock;
        this.isLook = isLook;
        this.survey = survey;
        this.codec = codec;
    }

    /**
     * Takes the folder's lock and looks at the journal.
     *
     * @param codec  of the blocks that are not raw; null when all are.
     * @param isLook whether nothing will be written: then no byte of the folder changes.
     * @throws JournalException LOCKED, UNREADABLE, or NO_JOURNAL when nothing of one is there.
     */
    public static JournalSalvage open(Path directory, BlockCodec codec, boolean isLook) {
        requireFolder(directory);
        DirectoryLock lock = isLook ? DirectoryLock.acquireForALook(directory) : DirectoryLock.acquire(directory);
        try {
            return new JournalSalvage(lock, isLook, DamageSurvey.of(lock.directory(), codec), codec);
        } catch (IOException e) {
            lock.discard();
            throw failed(directory, e);
        } catch (RuntimeException e) {
            lock.discard();
            throw e;
        }
    }

    /** What is wrong with the journal, in one line; null when nothing is. Then there are no blocks here. */
    public String damage() {
        return survey.damage() == null ? null : survey.damage().getMessage();
    }

    /** Every block of this journal that proves itself, in the order of the files and within them. */
    public List<SalvagedBlock> blocks() {
        return survey.blocks();
    }

    /** Up to there the journal was durable; 0 when that is not known. */
    public long durableSequence() {
        return survey.durableSequence();
    }

    /** What a rewrite sets aside, under the names that it then gets in the data folder. */
    public List<String> filesSetAside() {
        try {
            return damage() == null ? List.of() : new SalvageSwap(lock.directory(), survey).names();
        } catch (IOException e) {
            throw failed(lock.directory(), e);
        }
    }

    /** Reads a block; it is valid until the next call. */
    public void read(SalvagedBlock place) {
        try {
            if (channelFile != place.file()) {
                closeChannel();
                channel = FileChannel.open(survey.files().get(place.file()), StandardOpenOption.READ);
                channelFile = place.file();
            }
            byte[] bytes = Arrays.copyOf(
                    ProvenBlocks.read(channel, place.position(), place.length()),
                    place.length() + BlockCodec.SLACK_BYTES);
            block.wrap(bytes, 0, place.length());
            if (!BlockFormat.isRaw(block)) {
                decode(bytes, place);
            }
        } catch (IOException e) {
            throw failed(lock.directory(), e);
        }
    }

    /** Holds the records of the block that was read, from {@link #recordsOffset()} on. */
    public DirectBuffer records() {
        return BlockFormat.isRaw(block) ? block : decoded;
    }

    public int recordsOffset() {
        return BlockFormat.isRaw(block) ? BlockDescriptor.HEADER_LENGTH : 0;
    }

    /** Of the records, in bytes; those of a dictionary or gap block too. */
    public int recordsLength() {
        return BlockFormat.isRaw(block)
                ? block.capacity() - BlockDescriptor.HEADER_LENGTH
                : BlockDescriptor.recordCount(block, 0) * BlockDescriptor.recordLength(block, 0);
    }

    /**
     * Begins to write the journal anew, from the first file that is not as it should be; files before it are never touched.
     *
     * @param dictionary what each file begins with, asked whenever one does
     */
    public SalvageWriter rewrite(JournalDictionary dictionary) {
        if (isLook) {
            throw new IllegalStateException("isLook=true: nothing may be written");
        }
        return SalvageWriter.open(lock.directory(), survey, dictionary);
    }

    /** The header and payload of the block that was read. */
    UnsafeBuffer block() {
        return block;
    }

    /** Gives the folder back. Does nothing the second time. */
    @Override
    public void close() {
        closeChannel();
        if (isLook) {
            lock.discard();
        } else {
            lock.close();
        }
    }

    private void decode(byte[] bytes, SalvagedBlock place) {
        int length = place.count() * BlockDescriptor.recordLength(block, 0);
        if (decoded.capacity() < length) {
            decoded.wrap(new byte[length]);
        }
        int payload = place.length() - BlockDescriptor.HEADER_LENGTH;
        codec.decode(
                bytes,
                BlockDescriptor.HEADER_LENGTH,
                payload,
                place.firstSequence(),
                place.count(),
                decoded.byteArray());
    }

    private void closeChannel() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw failed(lock.directory(), e);
        }
    }

    private static void requireFolder(Path directory) {
        if (!JournalFiles.folder(directory).toFile().isDirectory()) {
            throw new JournalException(
                    JournalException.Reason.NO_JOURNAL,
                    "there is no journal: directory=" + directory + "; name a folder in which an engine kept one");
        }
    }

    static JournalException failed(Path directory, IOException cause) {
        return new JournalException(
                JournalException.Reason.UNREADABLE,
                "the journal cannot be recovered: directory=" + directory + " cause=" + cause,
                cause);
    }
}
