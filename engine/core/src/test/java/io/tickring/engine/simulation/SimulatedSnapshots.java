package io.tickring.engine.simulation;

import io.tickring.engine.snapshot.Snapshot;
import io.tickring.engine.snapshot.Snapshot.Section;
import io.tickring.engine.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A folder of snapshots in memory: each is written and forced, then renamed, then the folder is forced; a power cut in between leaves
 * of each name what was there before or after.
 */
final class SimulatedSnapshots implements SnapshotStore {
    private static final int KEPT = 3;
    private static final int HEADER_LENGTH = 36;
    private static final int SECTION_HEADER_LENGTH = 12;

    private final SplittableRandom random;
    private final Runnable operation;
    private final Flaw flaw;
    private final TreeMap<Long, byte[]> files = new TreeMap<>();
    private final TreeMap<Long, byte[]> forced = new TreeMap<>();
    private boolean failsNext;

    /** @param operation called before and after each thing that lasts: there the process may end */
    SimulatedSnapshots(SplittableRandom random, Runnable operation, Flaw flaw) {
        this.random = random;
        this.operation = operation;
        this.flaw = flaw;
    }

    void failNext() {
        failsNext = true;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Of one of them, to be hurt. */
    byte[] anyBytes() {
        return new ArrayList<>(files.values()).get(random.nextInt(files.size()));
    }

    void cutPower() {
        TreeSet<Long> names = new TreeSet<>(files.keySet());
        names.addAll(forced.keySet());
        for (Long name : names) {
            byte[] left = (random.nextBoolean() ? files : forced).get(name);
            if (left == null) {
                files.remove(name);
            } else {
                files.put(name, left);
            }
        }
        forced.clear();
        forced.putAll(files);
    }

    @Override
    public void store(Snapshot snapshot) throws IOException {
        operation.run();
        if (failsNext) {
            failsNext = false;
            throw new IOException("the disk does not take it");
        }
        byte[] bytes = encode(snapshot);
        operation.run();
        files.put(snapshot.sequence(), bytes);
        operation.run();
        forced.clear();
        forced.putAll(files);
        operation.run();
        while (files.size() > KEPT) {
            files.pollFirstEntry();
        }
    }

    @Override
    public Snapshot newest(
            long journalId, long lastSequence, Function<Snapshot, String> faults, Consumer<String> refusals) {
        for (Map.Entry<Long, byte[]> file : files.descendingMap().entrySet()) {
            Snapshot snapshot = decode(file.getValue());
            String fault = snapshot == null
                    ? "the checksum"
                    : snapshot.sequence() > lastSequence ? "it lies behind the journal" : faults.apply(snapshot);
            if (fault == null) {
                return snapshot;
            }
            refusals.accept("a snapshot was passed over: file=" + file.getKey() + " cause=" + fault);
        }
        return null;
    }

    private byte[] encode(Snapshot snapshot) {
        ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        bytes.putLong(0, snapshot.journalId());
        bytes.putLong(8, flaw == Flaw.MISDATES_SNAPSHOTS ? snapshot.sequence() - 1 : snapshot.sequence());
        bytes.putLong(16, snapshot.digest());
        bytes.putLong(24, snapshot.timeMs());
        bytes.putInt(32, snapshot.sections().size());
        int end = HEADER_LENGTH;
        for (Section section : snapshot.sections()) {
            bytes.putInt(end, section.type());
            bytes.putInt(end + 4, section.version());
            bytes.putInt(end + 8, section.length());
            bytes.putBytes(end + SECTION_HEADER_LENGTH, section.bytes(), 0, section.length());
            end += SECTION_HEADER_LENGTH + section.length();
        }
        bytes.putInt(end, checksum(bytes.byteArray(), end));
        byte[] all = new byte[end + Integer.BYTES];
        bytes.getBytes(0, all);
        return all;
    }

    /** Null when it does not prove itself. */
    private static Snapshot decode(byte[] all) {
        UnsafeBuffer bytes = new UnsafeBuffer(all);
        int end = all.length - Integer.BYTES;
        if (bytes.getInt(end) != checksum(all, end)) {
            return null;
        }
        List<Section> sections = new ArrayList<>();
        int at = HEADER_LENGTH;
        for (int i = 0; i < bytes.getInt(32); i++) {
            int length = bytes.getInt(at + 8);
            byte[] body = new byte[length];
            bytes.getBytes(at + SECTION_HEADER_LENGTH, body);
            sections.add(new Section(bytes.getInt(at), bytes.getInt(at + 4), new UnsafeBuffer(body), length));
            at += SECTION_HEADER_LENGTH + length;
        }
        return new Snapshot(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16), bytes.getLong(24), sections);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
