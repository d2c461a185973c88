package io.tickring.engine.journaling;

import io.tickring.engine.snapshot.SnapshotFolder;
import io.tickring.engine.snapshot.SnapshotStore;
import io.tickring.journal.BlockAppender;
import io.tickring.journal.BlockCodec;
import io.tickring.journal.BlockTailer;
import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalTailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An engine's data folder. */
public record FolderStorage(Path folder) implements JournalStorage {
    @Override
    public BlockAppender openAppender(JournalContext context) {
        return JournalAppender.open(context.directory(folder));
    }

    @Override
    public BlockTailer openTailer(BlockCodec codec) {
        return JournalTailer.open(folder, codec);
    }

    @Override
    public SnapshotStore snapshots() {
        return SnapshotFolder.of(folder);
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
