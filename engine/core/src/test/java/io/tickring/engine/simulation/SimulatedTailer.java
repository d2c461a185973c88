package io.tickring.engine.simulation;

import io.tickring.journal.BlockCodec;
import io.tickring.journal.BlockDescriptor;
import io.tickring.journal.BlockTailer;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a {@link SimulatedStorage} as the journal's own tailer does its files: block by block, each proven by itself and the one before. */
final class SimulatedTailer implements BlockTailer {
    private static final int FLAWED = 8;

    private final List<SimulatedBlock> blocks;
    private final BlockCodec codec;
    private final SplittableRandom random;
    private final Flaw flaw;
    private final UnsafeBuffer decoded = new UnsafeBuffer(0, 0);
    private int next;
    private SimulatedBlock before;
    private SimulatedBlock block;
    private long expectedSequence;

    SimulatedTailer(List<SimulatedBlock> blocks, BlockCodec codec, SplittableRandom random, Flaw flaw) {
        this.blocks = blocks;
        this.codec = codec;
        this.random = random;
        this.flaw = flaw;
    }

    /** A simulation has one thread. */
    @Override
    public void readAhead() {}

    @Override
    public boolean next() {
        if (next == blocks.size()) {
            return false;
        }
        if (flaw == Flaw.REPEATS_A_BLOCK && block != null && random.nextInt(FLAWED) == 0) {
            return true;
        }
        boolean skips = flaw == Flaw.SKIPS_A_BLOCK && next + 1 < blocks.size() && random.nextInt(FLAWED) == 0;
        block = blocks.get(skips ? ++next : next);
        if (!block.follows(skips ? null : before) && flaw != Flaw.BELIEVES_DAMAGE) {
            throw SimulatedStorage.corrupt("block=" + next);
        }
        expectedSequence = before != null
                ? before.nextSequence()
                : next > 0 ? blocks.get(next - 1).nextSequence() : 1;
        before = block;
        next++;
        decode();
        return true;
    }

    private void decode() {
        if (block.isRaw()) {
            decoded.wrap(block.bytes(), BlockDescriptor.HEADER_LENGTH, block.payloadLength());
        } else {
            byte[] records = new byte[block.count() * codec.recordLengthBytes()];
            byte[] payload = new byte[block.payloadLength() + BlockCodec.SLACK_BYTES];
            block.bytes().getBytes(BlockDescriptor.HEADER_LENGTH, payload, 0, block.payloadLength());
            codec.decode(payload, 0, block.payloadLength(), block.firstSequence(), block.count(), records);
            decoded.wrap(records);
        }
    }

    /** Design note: goes by the first sequences of blocks alone, as the bisection in the journal's files does. */
    @Override
    public boolean seekToSequence(long sequence) {
        before = null;
        int at = blocks.size() - 1;
        while (at >= 0 && requireSound(at).firstSequence() > sequence) {
            at--;
        }
        if (at < 0) {
            next = 0;
            return false;
        }
        if (sequence >= blocks.get(at).nextSequence()) {
            at++;
            if (at == blocks.size() || !requireSound(at).isGap()) {
                next = blocks.size();
                return false;
            }
            while (blocks.get(at - 1).isGap()
                    && blocks.get(at - 2).nextSequence() == blocks.get(at - 1).firstSequence()) {
                at--;
            }
        }
        next = at;
        return true;
    }

    private SimulatedBlock requireSound(int at) {
        if (!blocks.get(at).follows(null) && flaw != Flaw.BELIEVES_DAMAGE) {
            throw SimulatedStorage.corrupt("block=" + at);
        }
        return blocks.get(at);
    }

    @Override
    public long firstSequence() {
        return block.firstSequence();
    }

    @Override
    public int count() {
        return block.count();
    }

    @Override
    public boolean isGap() {
        return block.isGap();
    }

    @Override
    public long gapFrom() {
        return expectedSequence;
    }

    @Override
    public long gapTo() {
        return block.firstSequence() - 1;
    }

    @Override
    public DirectBuffer records() {
        return decoded;
    }

    @Override
    public int recordsOffset() {
        return 0;
    }

    @Override
    public int recordsLength() {
        return decoded.capacity();
    }

    @Override
    public String fileName() {
        return Long.toString(block.cycle());
    }

    @Override
    public long blockNumber() {
        return next - 1;
    }

    @Override
    public long endSequence() {
        return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).nextSequence() - 1;
    }

    @Override
    public void close() {}
}
