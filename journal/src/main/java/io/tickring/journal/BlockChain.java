package io.tickring.journal;

/**
 * What a block must continue: the id and CRC, sequence, key and incarnation of the block before it. So a block or a file
 * that is missing, repeated, moved or foreign is seen where it stands. Only a gap block may leave sequences out. One thread.
 */
final class BlockChain {
    private boolean linked;
    private boolean identified;
    private long journalId;
    private int crc;
    private long nextSequence;
    private long key;
    private int incarnation;
    private int cycle;
    private long number;

    /** Forgets the block before: the next one is taken as it comes, but for its journal. */
    void unlink() {
        linked = false;
    }

    /** The sequence that the next block must begin with; 0 when unlinked. */
    long expectedSequence() {
        return linked ? nextSequence : 0;
    }

    /** @throws JournalException CORRUPT when the block does not continue the one before. */
    void accept(BlockReader block) {
        String fault = fault(block);
        if (fault != null) {
            throw block.damaged(linked ? nextSequence : block.firstSequence(), fault);
        }
        linked = true;
        identified = true;
        journalId = BlockDescriptor.journalId(block.block(), 0);
        crc = BlockDescriptor.crc(block.block(), 0);
        nextSequence = block.nextSequence();
        key = block.key();
        incarnation = BlockDescriptor.incarnation(block.block(), 0);
        cycle = block.cycle();
        number = block.number();
    }

    private String fault(BlockReader block) {
        if (identified && BlockDescriptor.journalId(block.block(), 0) != journalId) {
            return "the block belongs to another journal";
        }
        if (block.number() == 0 && (block.count() != 0 || block.isGap())) {
            return "the file does not begin with a dictionary block";
        }
        if (!linked) {
            return null;
        }
        if (block.number() != (block.cycle() == cycle ? number + 1 : 0)) {
            return "a block before this one is missing";
        }
        if (BlockDescriptor.previousCrc(block.block(), 0) != crc
                || !BlockFormat.continues(block.isGap(), block.firstSequence(), nextSequence)) {
            return "the block does not follow the one before, which ends before sequence " + nextSequence
                    + ": a file or a block is missing, repeated or moved";
        }
        if (block.key() < key || BlockDescriptor.incarnation(block.block(), 0) < incarnation) {
            return "the block is older than the one before";
        }
        return null;
    }
}
