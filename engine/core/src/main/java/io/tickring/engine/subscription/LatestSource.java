package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import java.io.IOException;
import java.util.Arrays;

/**
 * Gives the rows of the price table that have changed since they were given last, all that hold a tick at first. Costs the engine
 * nothing: it reads the table alone. A row that is being written is left for the next round; where its writer died in it, until another
 * start of the engine puts another table in the place of this one.
 */
final class LatestSource implements Source {
    private static final int FIRST_ROWS = 64;
    private static final long UNCOUNTED = -1;

    private final PriceRow row = new PriceRow();
    private final CurrentTable current;
    private long[] versions = new long[FIRST_ROWS];
    private long[] updates = new long[FIRST_ROWS];
    private int nextId;
    /** What a row held before the first look at it was not folded by this subscription. */
    private boolean firstRound = true;

    private final long begunBehind;
    /** Whether this round came past a row that was being written. */
    private boolean leftOne;

    private long roundSequence = -1;
    private volatile long position = -1;

    LatestSource(PriceTableReader table) {
        this(table, 0);
    }

    /** Goes on for a subscriber that was given each tick up to {@code position}: rows without a newer one are not given. */
    LatestSource(PriceTableReader table, long position) {
        this.current = new CurrentTable(table);
        this.begunBehind = position;
    }

    @Override
    public int poll(Delivery delivery, int limit) throws IOException {
        boolean endsRound = nextId > 0;
        int given = giveRound(delivery, limit);
        // Rows that the end of a round came past long ago may have changed: 0 means that there is nothing.
        return given == 0 && endsRound && nextId == 0 ? giveRound(delivery, limit) : given;
    }

    private int giveRound(Delivery delivery, int limit) throws IOException {
        if (nextId == 0) {
            roundSequence = current.table().appliedSequence();
            boolean nothingNew = roundSequence == position;
            if ((nothingNew || leftOne) && goesOnWithAnother(delivery) || nothingNew) {
                return 0;
            }
            leftOne = false;
            tellOfBeginning(delivery);
        }
        int given = 0;
        int instruments = current.table().instruments();
        for (; nextId < instruments && given < limit && !delivery.isStopped(); nextId++) {
            given += give(nextId, delivery);
        }
        if (nextId == instruments) {
            nextId = 0;
            firstRound = false;
            position = leftOne ? position : roundSequence;
        }
        return given;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long head() {
        return current.table().appliedSequence();
    }

    private int give(int id, Delivery delivery) {
        PriceTableReader table = current.table();
        if (id >= versions.length) {
            versions = Arrays.copyOf(versions, 2 * versions.length);
            updates = Arrays.copyOf(updates, versions.length);
        }
        // A row that was not asked for is not even looked at: a line that is read elsewhere is dearer to write.
        if (delivery.refuses(id) || table.version(id) == versions[id] || !delivery.accepts(id, table)) {
            return 0;
        }
        if (!table.tryRead(id, row)) {
            leftOne = true;
            updates[id] = firstRound ? UNCOUNTED : updates[id];
            return 0;
        }
        versions[id] = row.version();
        long now = row.quotes() + row.trades();
        boolean isCounted = !firstRound && updates[id] != UNCOUNTED;
        long folded = isCounted ? Math.max(0, now - updates[id] - 1) : 0;
        updates[id] = now;
        if (now == 0 || firstRound && row.sequence() <= begunBehind) {
            return 0;
        }
        delivery.row(row, folded);
        return 1;
    }

    private void tellOfBeginning(Delivery delivery) {
        if (firstRound && begunBehind > 0 && roundSequence > begunBehind) {
            delivery.missed(begunBehind + 1, roundSequence, MissedCause.CONFLATED);
        }
    }

    /**
     * Another start of the engine puts another table in the place of this one: all its rows are given. Where it went on from the same
     * journal, what was folded is counted on.
     */
    private boolean goesOnWithAnother(Delivery delivery) throws IOException {
        long journalId = current.table().journalId();
        if (!current.movesOn()) {
            return false;
        }
        position = -1;
        leftOne = false;
        Arrays.fill(versions, 0);
        delivery.forgetInstruments();
        if (journalId == 0 || journalId != current.table().journalId()) {
            Arrays.fill(updates, 0);
            firstRound = true;
        }
        return true;
    }
}
