package io.tickring.engine.journaling;

import io.tickring.engine.analytics.FiguresFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.TableCopy;
import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.snapshot.Snapshot;
import io.tickring.engine.status.EngineCounters;
import io.tickring.journal.BlockAppender;
import io.tickring.journal.BlockTailer;
import io.tickring.journal.DirectoryLock;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;

/** An engine's own journal: held under the folder's lock from open to close, recovered from, then appended to. */
public final class EngineJournal implements AutoCloseable {
    private final JournalStorage storage;
    private final BlockAppender appender;
    private final DefinitionLog definitions;

    private EngineJournal(JournalStorage storage, BlockAppender appender, DefinitionLog definitions) {
        this.storage = storage;
        this.appender = appender;
        this.definitions = definitions;
    }

    /**
     * Opens or begins the journal in {@code storage}. Throws the journal's exception, one line, when it is in use (with the
     * pid), cannot be written, is damaged or rolls otherwise.
     *
     * @param roll null for what the journal has
     * @param continued the journal that one which begins now takes over, from its first sequence on and with the definitions that
     *     stand before it; null for one that begins with sequence 1
     */
    public static EngineJournal open(
            JournalStorage storage, RollInterval roll, EpochClock clock, JournalFeed continued) {
        DefinitionLog definitions = new DefinitionLog();
        if (continued != null) {
            definitions.addFrom(continued.definitionsBefore(), 0, continued.definitionsBeforeCount());
        }
        BlockAppender appender = storage.openAppender(new JournalContext()
                .roll(roll == null ? null : roll.journalRoll)
                .dictionary(definitions.journaled())
                .codec(new CompactCodec())
                .epochClock(clock)
                .firstSequence(continued == null ? 1 : continued.firstSequence()));
        if (!appender.isNew()) {
            definitions.clear();
        }
        return new EngineJournal(storage, appender, definitions);
    }

    /** Keeps other engines off a folder in which this one writes no journal. */
    public static AutoCloseable lock(Path folder) {
        return DirectoryLock.acquire(folder);
    }

    /** Whether {@code cause} says that a journal is damaged, rather than that it cannot be used here and now. */
    public static boolean isDamage(Throwable cause) {
        return cause instanceof JournalException journal && journal.reason() == JournalException.Reason.CORRUPT;
    }

    /** Whether {@code cause} says that a journal cannot be forced to the disk. */
    public static boolean isForceFailure(Throwable cause) {
        return cause instanceof JournalException journal && journal.reason() == JournalException.Reason.FSYNC;
    }

    /** Whether {@code cause} says that the journal's files are no longer where they were. */
    public static boolean isGone(Throwable cause) {
        return cause instanceof JournalException journal && journal.reason() == JournalException.Reason.GONE;
    }

    /** Throws the journal's exception when its files are no longer where they were. One thread at a time. */
    public void requirePresent() {
        appender.requirePresent();
    }

    public boolean isNew() {
        return appender.isNew();
    }

    /** What was done about a torn tail, in one line; empty where there was none. */
    public String sealed() {
        return appender.sealed();
    }

    /** As {@link BlockAppender#checks}. */
    public List<String> checks() {
        return appender.checks();
    }

    /** As {@link BlockAppender#notices}. */
    public List<String> notices() {
        return appender.notices();
    }

    public long nextSequence() {
        return appender.nextSequence();
    }

    public long journalId() {
        return appender.journalId();
    }

    /** 1 for a new journal, one more at each start. */
    public int incarnation() {
        return appender.incarnation();
    }

    /**
     * Gives the state after everything journaled so far to a fresh table and {@code instruments}: the newest snapshot that proves
     * itself, and what the journal has behind it. Before the first append.
     *
     * @param figures that start with the same state, null for none
     * @param usesSnapshots false to read the whole journal all the same
     * @param notices told, in one line each, of a snapshot that was passed over
     */
    public RecoveredState recover(
            PriceTableHandler table,
            FiguresFile figures,
            InstrumentRegistry instruments,
            boolean usesSnapshots,
            JournalRecovery.Progress progress,
            Consumer<String> notices)
            throws IOException {
        Snapshot snapshot = usesSnapshots ? newestSnapshot(figures, notices) : null;
        TickHandler recovering = figures == null ? null : figures.recovering();
        JournalRecovery recovery = new JournalRecovery(table, recovering, instruments, definitions);
        if (snapshot != null) {
            StateSnapshot.restore(snapshot, table, figures, recovery);
        }
        long sequence = snapshot == null ? 0 : snapshot.sequence();
        try (BlockTailer journal = storage.openTailer(new CompactCodec())) {
            return new RecoveredState(sequence, recovery.recover(journal, sequence, progress));
        }
    }

    private Snapshot newestSnapshot(FiguresFile figures, Consumer<String> notices) throws IOException {
        long last = nextSequence() - 1;
        return storage.snapshots()
                .newest(journalId(), last, snapshot -> StateSnapshot.fault(snapshot, figures, last), notices);
    }

    /** A copy of the definitions up to {@code sequence}, which is journaled. Any thread. */
    DirectBuffer definitionsUpTo(long sequence) {
        return definitions.copyUpTo(sequence);
    }

    /**
     * What lets the stage pass records over for a time.
     *
     * @param copy made by the price stage, asked for by the journal's
     */
    public JournalPause pause(EngineCounters counters, TableCopy copy) {
        return new JournalPause(appender, definitions, counters, copy);
    }

    /**
     * The stage that appends to this journal.
     *
     * @param forcesEachBlock whether it forces each block to the disk before it goes on
     */
    public TickHandler handler(EngineCounters counters, boolean forcesEachBlock, JournalPause pause) {
        return new JournalHandler(appender, definitions, counters, forcesEachBlock, pause);
    }

    /** Makes everything journaled before the call survive a power cut; answers up to where. Any thread; throws FSYNC, once and for all. */
    public long force() {
        return appender.force();
    }

    /** Every record up to this sequence survives a power cut. Any thread. */
    public long durableSequence() {
        return appender.durableSequence();
    }

    @Override
    public void close() {
        appender.close();
    }
}
