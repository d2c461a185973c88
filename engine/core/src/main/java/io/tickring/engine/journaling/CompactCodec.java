package io.tickring.engine.journaling;

import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockCodec;
import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** What the engine's journal is written in: compact blocks, but raw ones for a few records. One thread's; {@link #another()} for more. */
public final class CompactCodec implements BlockCodec {
    /** Fewer records have too little in common. */
    private static final int MIN_RECORDS = 4;

    private final CompactBlockEncoder encoder = new CompactBlockEncoder();
    private final CompactBlockDecoder decoder = new CompactBlockDecoder();

    /** Opens the engine's journal in a data folder, before its first block. Throws the journal's exception. */
    public static JournalTailer openTailer(Path folder) {
        return JournalTailer.open(folder, new CompactCodec());
    }

    @Override
    public int number() {
        return CompactBlockDescriptor.CODEC;
    }

    @Override
    public BlockCodec another() {
        return new CompactCodec();
    }

    @Override
    public int recordLengthBytes() {
        return TickDescriptor.LENGTH;
    }

    @Override
    public int encode(DirectBuffer records, int offset, long firstSequence, int count, byte[] payload) {
        return count < MIN_RECORDS ? 0 : encoder.encode(records, offset, firstSequence, count, payload);
    }

    @Override
    public void decode(byte[] payload, int offset, int length, long firstSequence, int count, byte[] records) {
        decoder.decode(payload, offset, length, firstSequence, count, records);
    }
}
