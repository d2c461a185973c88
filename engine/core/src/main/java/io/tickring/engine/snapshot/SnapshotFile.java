package io.tickring.engine.snapshot;

import static io.tickring.engine.snapshot.SnapshotDescriptor.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickring.engine.snapshot.Snapshot.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes and reads one snapshot; what is read has proven itself, byte by byte. Any thread. */
final class SnapshotFile {
    private SnapshotFile() {}

    /** Writes a new file and forces it to the disk. */
    static void write(Path file, Snapshot snapshot) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(channel, header(snapshot));
            for (Section section : snapshot.sections()) {
                ByteBuffer bytes = bytes(section);
                writeAll(channel, header(section, bytes.duplicate()));
                writeAll(channel, bytes);
            }
            channel.force(true);
        }
    }

    /** @throws IOException naming what is wrong with it */
    static Snapshot read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = readPart(channel, HEADER_LENGTH);
            require(header.getInt(MAGIC_OFFSET) == MAGIC, "it does not begin with TKRN");
            require(header.getInt(HEADER_CRC_OFFSET) == crc(header, HEADER_CRC_OFFSET), "the checksum of its header");
            require(header.getInt(VERSION_OFFSET) == VERSION, "a newer version of this program wrote it");
            List<Section> sections = new ArrayList<>();
            for (int i = 0; i < header.getInt(SECTIONS_OFFSET); i++) {
                sections.add(readSection(channel));
            }
            require(channel.position() == channel.size(), "bytes follow its end");
            return new Snapshot(
                    header.getLong(JOURNAL_ID_OFFSET),
                    header.getLong(SEQUENCE_OFFSET),
                    header.getLong(DIGEST_OFFSET),
                    header.getLong(TIME_OFFSET),
                    sections);
        }
    }

    private static Section readSection(FileChannel channel) throws IOException {
        ByteBuffer header = readPart(channel, SECTION_HEADER_LENGTH);
        long length = header.getLong(LENGTH_OFFSET);
        require(length >= 0 && length <= channel.size() - channel.position(), "the length of a section");
        ByteBuffer bytes = readPart(channel, (int) length);
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().limit(SECTION_CRC_OFFSET));
        crc.update(bytes.duplicate());
        require(header.getInt(SECTION_CRC_OFFSET) == (int) crc.getValue(), "the checksum of a section");
        return new Section(
                header.getInt(TYPE_OFFSET), header.getInt(SECTION_VERSION_OFFSET), new UnsafeBuffer(bytes), (int)
                        length);
    }

    private static ByteBuffer header(Snapshot snapshot) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(LITTLE_ENDIAN);
        header.putInt(MAGIC_OFFSET, MAGIC);
        header.putInt(VERSION_OFFSET, VERSION);
        header.putLong(JOURNAL_ID_OFFSET, snapshot.journalId());
        header.putLong(SEQUENCE_OFFSET, snapshot.sequence());
        header.putLong(DIGEST_OFFSET, snapshot.digest());
        header.putInt(SECTIONS_OFFSET, snapshot.sections().size());
        header.putLong(TIME_OFFSET, snapshot.timeMs());
        return header.putInt(HEADER_CRC_OFFSET, crc(header, HEADER_CRC_OFFSET));
    }

    private static ByteBuffer header(Section section, ByteBuffer bytes) {
        ByteBuffer header = ByteBuffer.allocate(SECTION_HEADER_LENGTH).order(LITTLE_ENDIAN);
        header.putInt(TYPE_OFFSET, section.type());
        header.putInt(SECTION_VERSION_OFFSET, section.version());
        header.putLong(LENGTH_OFFSET, section.length());
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().limit(SECTION_CRC_OFFSET));
        crc.update(bytes);
        return header.putInt(SECTION_CRC_OFFSET, (int) crc.getValue());
    }

    private static int crc(ByteBuffer bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(length));
        return (int) crc.getValue();
    }

    private static ByteBuffer bytes(Section section) {
        ByteBuffer bytes = section.bytes().byteBuffer();
        return bytes == null
                ? ByteBuffer.wrap(section.bytes().byteArray(), 0, section.length())
                : bytes.duplicate().position(0).limit(section.length());
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer readPart(FileChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            require(channel.read(bytes) >= 0, "it ends too early");
        }
        return bytes.flip();
    }

    private static void require(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException(what);
        }
    }
}
