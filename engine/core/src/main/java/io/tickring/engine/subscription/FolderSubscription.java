package io.tickring.engine.subscription;

import io.tickring.engine.broadcast.BroadcastReader;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.JournalStream;
import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Begins subscriptions outside the engine's process. They read the engine's files alone, and go on over its starts. */
public final class FolderSubscription {
    private static final String JOURNAL = "journal";

    private FolderSubscription() {}

    /**
     * Begins a subscription to the engine with these folders. A LOSSLESS one with a name goes on where the last of that name stopped;
     * where it begins is then of no meaning. What one call of {@link Subscription#poll} gave counts as read with the next call, or with
     * {@link Subscription#done}: after a kill it is given again.
     *
     * @param live where {@code prices} and {@code broadcast} lie
     * @throws IOException if a file that it needs is not there or cannot be read; the message names it
     * @throws SubscriptionException if another reader of that name is running, or the name is kept for another mode
     * @throws IllegalArgumentException if a setting is wrong; the message names it
     */
    public static Subscription open(Path data, Path live, SubscriptionContext context, TickListener listener)
            throws IOException {
        SubscriptionContext.check(context, listener);
        boolean lossless = context.mode() == SubscriptionMode.LOSSLESS;
        PriceTableReader prices = lossless && !context.isFromNow() ? pricesIfThere(live) : PriceTableReader.map(live);
        if (lossless && context.isFromNow() && prices.journalId() == 0) {
            throw new SubscriptionException("directory=" + data + " pid=" + prices.pid()
                    + ": the engine here journals nothing, so nothing is lossless; ask for LATEST or EVERY");
        }
        boolean keeps = lossless && context.name() != null;
        ReaderFile file = keeps ? openPlace(data, context) : null;
        Source source = null;
        try {
            source = source(data, live, context, prices, file);
            file = keeps ? file : figures(data, context);
            SubscriptionCounters counters = file == null ? SubscriptionCounters.UNSEEN : file;
            String name = context.name() == null ? "" : context.name();
            Delivery delivery = new Delivery(context, listener, new SymbolLookup(lossless ? null : prices));
            return new Subscription(name, source, delivery, counters, System::nanoTime, over -> {});
        } catch (Throwable e) {
            if (source != null) {
                source.close();
            }
            if (file != null) {
                file.close();
            }
            throw e;
        }
    }

    /** Where there is no journal, which its reader says best, nothing is written. */
    private static ReaderFile openPlace(Path data, SubscriptionContext context) throws IOException {
        if (Files.notExists(data.resolve(JOURNAL))) {
            JournalStream.open(data, null).close();
        }
        return ReaderFile.open(data, context.name(), context.mode(), true);
    }

    private static Source source(
            Path data, Path live, SubscriptionContext context, PriceTableReader prices, ReaderFile place)
            throws IOException {
        LongSupplier head = new TableHead(prices);
        return switch (context.mode()) {
            case LATEST -> new LatestSource(prices);
            case EVERY -> RecordSource.ofBroadcast(new BroadcastRecords(BroadcastReader.map(live), live), head);
            case LOSSLESS -> {
                if (place != null && place.nextSequence() > 0) {
                    JournalRange.Position next = JournalRange.Position.sequence(place.nextSequence());
                    yield RecordSource.ofJournal(data, next, head, place);
                }
                yield context.isFromNow()
                        ? new SnapshotSource(data, prices, place)
                        : RecordSource.ofJournal(data, context.from(), head, place);
            }
        };
    }

    private static PriceTableReader pricesIfThere(Path live) {
        try {
            return PriceTableReader.map(live);
        } catch (IOException notThere) {
            return null;
        }
    }

    /** A folder that only the engine may write to is read all the same: null. */
    private static ReaderFile figures(Path data, SubscriptionContext context) throws IOException {
        if (context.name() != null) {
            return ReaderFile.open(data, context.name(), context.mode(), false);
        }
        try {
            return ReaderFile.openNameless(data, context.mode());
        } catch (FileSystemException e) {
            if (e instanceof AccessDeniedException || isReadOnly(e)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isReadOnly(FileSystemException e) {
        return String.valueOf(e.getReason()).contains("Read-only");
    }
}
