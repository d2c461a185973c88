package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How far the journal is known to survive a power cut: the file {@code durable} beside the cycles, with two slots that are written
 * in turn and forced, so that a cut while one is written leaves the other. Little-endian; one thread.
 *
 * <pre>
 *   each slot, on a page of its own (0 and 4096):
 *   0 magic "TKRD" i32   4 version i32   8 generation i64   16 journal id i64   24 durable sequence i64   32 zeros   60 CRC32C of 0..59
 * </pre>
 */
final class DurableMark implements AutoCloseable {
    static final String FILE_NAME = "durable";

    private static final int MAGIC = 0x4452_4B54;
    private static final int VERSION = 1;
    private static final int SLOT_LENGTH = 64;
    private static final int SLOT_DISTANCE = 4096;
    private static final int SLOTS = 2;
    /** No journal has this id. */
    private static final long ANY = 0;

    private final Path file;
    private final RandomAccessFile bytes;
    private final long journalId;
    private final ByteBuffer slot = ByteBuffer.allocate(SLOT_LENGTH).order(LITTLE_ENDIAN);
    private final boolean[] slotsWritten = new boolean[SLOTS];
    private long generation;
    private long sequence;
    private long foundId;

    private DurableMark(Path file, RandomAccessFile bytes, long journalId) {
        this.file = file;
        this.bytes = bytes;
        this.journalId = journalId;
    }

    /**
     * Opens the mark of a journal, or makes it.
     *
     * @throws JournalException CORRUPT when it is there and neither slot proves itself, or both are another journal's
     */
    static DurableMark open(Path folder, long journalId) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        DurableMark mark = new DurableMark(file, new RandomAccessFile(file.toFile(), "rw"), journalId);
        try {
            mark.read();
            mark.makePages();
            return mark;
        } catch (IOException | RuntimeException e) {
            mark.close();
            throw e;
        }
    }

    /** The journal's id and the durable sequence, whatever journal it is; null where the mark is not there or never written. */
    static long[] readAny(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return null;
        }
        try (DurableMark mark = new DurableMark(file, new RandomAccessFile(file.toFile(), "r"), ANY)) {
            mark.read();
            return mark.generation == 0 ? null : new long[] {mark.foundId, mark.sequence};
        }
    }

    /** The durable sequence, whatever journal it is; 0 where there is no mark. Throws CORRUPT, or UNREADABLE. */
    static long newest(Path folder) {
        try {
            long[] found = readAny(folder);
            return found == null ? 0 : found[1];
        } catch (IOException e) {
            throw new JournalException(
                    JournalException.Reason.UNREADABLE,
                    "the journal's durable mark cannot be read: folder=" + folder + " cause=" + e,
                    e);
        }
    }

    /** What is wrong with a journal whose last sequence lies before what was durable. */
    static JournalException endsTooEarly(long lastSequence, long durableSequence) {
        return JournalException.corrupt(
                FILE_NAME,
                -1,
                lastSequence + 1,
                "the journal ends at sequence " + lastSequence + ", and up to " + durableSequence + " was durable",
                null);
    }

    /**
     * Gives both slots their blocks of the disk, so that no later mark needs room: a slot that was never written gets a page of zeros,
     * which is what a slot that was never written reads as.
     */
    private void makePages() throws IOException {
        for (int i = 0; i < SLOTS; i++) {
            if (!slotsWritten[i]) {
                bytes.seek((long) i * SLOT_DISTANCE);
                bytes.write(new byte[SLOT_DISTANCE]);
            }
        }
    }

    /** Whether it says anything: a journal has one from its first record on. */
    boolean isWritten() {
        return generation > 0;
    }

    /** Every record up to this sequence survives a power cut; 0 when none is known to. */
    long sequence() {
        return sequence;
    }

    /** Writes and forces; to be called after what it speaks of was forced. */
    void write(long durableSequence) throws IOException {
        long next = generation + 1;
        slot.clear();
        slot.putInt(MAGIC).putInt(VERSION).putLong(next).putLong(journalId).putLong(durableSequence);
        while (slot.position() < SLOT_LENGTH - Integer.BYTES) {
            slot.put((byte) 0);
        }
        slot.putInt(crc());
        bytes.seek(next % SLOTS * SLOT_DISTANCE);
        bytes.write(slot.array());
        bytes.getFD().sync();
        generation = next;
        sequence = durableSequence;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private void read() throws IOException {
        boolean isWritten = false;
        for (int i = 0; i < SLOTS; i++) {
            slotsWritten[i] = readSlot(i);
            isWritten |= slotsWritten[i];
        }
        if (isWritten && generation == 0) {
            throw JournalException.corrupt(
                    file.getFileName().toString(), -1, 0, "neither slot of the durable mark proves itself", null);
        }
    }

    /** Answers whether anything was ever written there; takes what proves itself and is newer. */
    private boolean readSlot(int number) throws IOException {
        bytes.seek((long) number * SLOT_DISTANCE);
        int length = 0;
        for (int count = 0; count >= 0 && length < SLOT_LENGTH; length += Math.max(0, count)) {
            count = bytes.read(slot.array(), length, SLOT_LENGTH - length);
        }
        boolean isWritten = false;
        for (int i = 0; i < length; i++) {
            isWritten |= slot.get(i) != 0;
        }
        boolean proves = length == SLOT_LENGTH
                && slot.getInt(0) == MAGIC
                && slot.getInt(4) == VERSION
                && (journalId == ANY || slot.getLong(16) == journalId)
                && slot.getInt(SLOT_LENGTH - Integer.BYTES) == crc();
        if (proves && slot.getLong(8) > generation) {
            generation = slot.getLong(8);
            foundId = slot.getLong(16);
            sequence = slot.getLong(24);
        }
        return isWritten;
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(slot.duplicate().position(0).limit(SLOT_LENGTH - Integer.BYTES));
        return (int) crc.getValue();
    }
}
