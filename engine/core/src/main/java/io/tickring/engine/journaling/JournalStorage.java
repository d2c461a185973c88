package io.tickring.engine.journaling;

import io.tickring.engine.snapshot.SnapshotStore;
import io.tickring.journal.BlockAppender;
import io.tickring.journal.BlockCodec;
import io.tickring.journal.BlockTailer;
import io.tickring.journal.JournalContext;
import java.io.IOException;

/** Where an engine keeps its journal and its snapshots: a {@link FolderStorage}, or what stands in for one. */
public interface JournalStorage {
    /** Opens the journal behind its last block, or begins it. Throws the journal's exception. */
    BlockAppender openAppender(JournalContext context);

    /** Opens the journal before its first block. Throws the journal's exception. */
    BlockTailer openTailer(BlockCodec codec);

    SnapshotStore snapshots();

    /** The room that is left, in bytes. */
    long usableBytes() throws IOException;
}
