package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;

import java.io.IOException;
import java.io.InputStream;

/**
 * Quotes and trades of a CSV file (RFC 4180, UTF-8), plain, gzip or zstd, told by content. The columns are those that the settings
 * name, else those that the header names as {@code replay --csv} or Databento's dbn do. A row with a bid and an ask and a price and
 * a size is two ticks, the quote first, and counts as two; so does a trade of dbn's with the book before it.
 *
 * <p>A row of other than the header's number of columns is malformed, but for empty fields at its end; the last row is taken as
 * whole where only its line break is missing. Empty lines are skipped. One path a feed.
 */
public final class CsvFeed implements Feed {
    private final String path;
    private final CsvContext context;
    private final InputStream standardInput;
    private final EarlyRejects earlyRejects = new EarlyRejects();
    private CsvRows rows;
    private CsvColumns columns;
    private CsvTicks ticks;
    private boolean rowIsPending;
    private boolean closed;

    private CsvFeed(String path, CsvContext context, InputStream standardInput) {
        this.path = path;
        this.context = context;
        this.standardInput = standardInput;
    }

    /**
     * A feed of the file at {@code path}, where {@code -} is the standard input. The header of a file is tried here and let go
     * again; that of a pipe or the standard input is met by {@link #firstReceiveTimeNs} or {@link #run}, which then fail alike.
     *
     * @throws IOException naming the path and why it cannot be read, or the column that it lacks.
     */
    public static CsvFeed open(String path, CsvContext context) throws IOException {
        return open(path, context, System.in);
    }

    static CsvFeed open(String path, CsvContext context, InputStream standardInput) throws IOException {
        context.conclude();
        RecordingInput.check(path);
        if (RecordingInput.isFile(path)) {
            try (CsvFeed trial = new CsvFeed(path, context, standardInput)) {
                trial.nextRow(null);
            }
        }
        return new CsvFeed(path, context, standardInput);
    }

    @Override
    public String kind() {
        return "csv";
    }

    @Override
    public long firstReceiveTimeNs() throws IOException {
        while (!rowIsPending && nextRow(null)) {
            RejectReason fault = timeFault();
            if (fault == null) {
                rowIsPending = true;
            } else {
                earlyRejects.add(fault, path, rows.line());
            }
        }
        return rowIsPending ? ticks.receiveTimeNs() : NO_TIME;
    }

    @Override
    public void run(FeedOutput output) throws IOException {
        try {
            earlyRejects.countIn(output);
            while (output.isOpen() && nextRow(output)) {
                takeRow(output);
            }
        } finally {
            output.flush();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        rowIsPending = false;
        if (rows != null) {
            CsvRows closing = rows;
            rows = null;
            closing.close();
        }
    }

    /** Moves to the next row or fault behind the header; false at the end, or when the run takes no more. */
    private boolean nextRow(FeedOutput output) throws IOException {
        if (rowIsPending) {
            rowIsPending = false;
            return true;
        }
        if (rows == null) {
            if (closed) {
                return false;
            }
            rows = CsvRows.open(path, standardInput, context.separator());
        }
        if (!rows.next(output)) {
            return false;
        }
        boolean isCut = rows.fault() == RejectReason.TRUNCATED_INPUT;
        if (columns != null || isCut || rows.fault() != null && !context.hasHeader()) {
            return true;
        }
        return learnColumns() || rows.next(output);
    }

    /** Reads the first row; false where it is a header, and no row of ticks. */
    private boolean learnColumns() throws IOException {
        if (rows.fault() != null) {
            throw new IOException(
                    "path=" + path + " has a first line that is no row of CSV: broken quotes, or too long");
        }
        columns = CsvColumns.of(path, context, rows.row());
        ticks = new CsvTicks(columns, context, rows.row());
        return !context.hasHeader();
    }

    private void takeRow(FeedOutput output) {
        RejectReason fault = timeFault();
        if (fault == null) {
            fault = ticks.give(output);
        }
        if (fault != null) {
            output.rejected(fault, path, rows.line());
        }
    }

    /** Why the row has no receive time, or null. */
    private RejectReason timeFault() {
        if (rows.fault() != null) {
            return rows.fault();
        }
        int count = rows.row().count();
        if (count < columns.count()) {
            return rows.isLast() ? RejectReason.TRUNCATED_INPUT : RejectReason.MALFORMED_LINE;
        }
        return rows.row().isFilledFrom(columns.count()) ? RejectReason.MALFORMED_LINE : ticks.readTime();
    }
}
