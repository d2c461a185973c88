package io.tickring.engine.snapshot;

/**
 * The layout of a snapshot file: a header, then sections one behind the other up to the file's end. All little-endian.
 *
 * <pre>
 *  header    0 magic i32          4 version i32       8 journal id i64    16 sequence i64
 *           24 table digest i64  32 section count i32 36 zero             40 time, ms since the epoch i64
 *           48 zero i64                                                   56 zero i32     60 CRC32C of 0..59 i32
 *
 *  section   0 type i32           4 version i32       8 length in bytes i64, a multiple of 8
 *           16 zero i64          24 zero i32         28 CRC32C of 0..27 and the bytes i32
 *           32 the bytes
 * </pre>
 *
 * The state is that after the record with {@code sequence} of the journal with {@code journal id}.
 */
public final class SnapshotDescriptor {
    public static final int MAGIC = 0x4E524B54; // "TKRN"
    public static final int VERSION = 1;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 4;
    public static final int JOURNAL_ID_OFFSET = 8;
    public static final int SEQUENCE_OFFSET = 16;
    public static final int DIGEST_OFFSET = 24;
    public static final int SECTIONS_OFFSET = 32;
    public static final int TIME_OFFSET = 40;
    public static final int HEADER_CRC_OFFSET = 60;
    public static final int HEADER_LENGTH = 64;

    public static final int TYPE_OFFSET = 0;
    public static final int SECTION_VERSION_OFFSET = 4;
    public static final int LENGTH_OFFSET = 8;
    public static final int SECTION_CRC_OFFSET = 28;
    public static final int SECTION_HEADER_LENGTH = 32;

    private SnapshotDescriptor() {}
}
