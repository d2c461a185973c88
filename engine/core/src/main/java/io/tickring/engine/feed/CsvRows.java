package io.tickring.engine.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * The rows of one open CSV file (RFC 4180). What is broken, too long or cut is told as a fault of its own and reading goes on
 * behind it; a quote that is never closed costs one line, not the file. One thread.
 */
final class CsvRows {
    private final RecordingInput input;
    private final CsvText text;
    private final char separator;
    private final CsvRow row = new CsvRow();
    private Iterator<CsvRow> records;
    private RejectReason fault;

    private CsvRows(RecordingInput input, char separator) {
        this.input = input;
        this.text = new CsvText(input);
        this.separator = separator;
        this.records = newRecords();
    }

    /** Opens a file, or takes {@code standardInput} for {@code -}. */
    static CsvRows open(String path, InputStream standardInput, char separator) throws IOException {
        return new CsvRows(RecordingInput.open(path, standardInput), separator);
    }

    /**
     * Moves to the next row or fault; {@code output}, where there is one yet, is flushed before a wait. False at the end, or when
     * the run takes no more.
     */
    boolean next(FeedOutput output) throws IOException {
        LineReader.Found found = text.begin(output);
        if (found == LineReader.Found.END || input.isStopped()) {
            return false;
        }
        fault = switch (found) {
            case TOO_LONG -> RejectReason.MALFORMED_LINE;
            case CUT -> RejectReason.TRUNCATED_INPUT;
            default -> readRow();
        };
        return !input.isStopped();
    }

    /** Why there is no row here, or null. */
    RejectReason fault() {
        return fault;
    }

    CsvRow row() {
        return row;
    }

    /** The number of the line where the row begins, from 1. */
    long line() {
        return text.firstLine();
    }

    /** Whether the input ends with this row, without a line break. */
    boolean isLast() {
        return text.isLast();
    }

    void close() throws IOException {
        input.close();
    }

    private RejectReason readRow() throws IOException {
        try {
            records.next();
            return null;
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } catch (CsvParseException broken) {
            boolean isCut = text.endsWithInput();
            text.readFollowingAgain();
            records = newRecords();
            return isCut ? RejectReason.TRUNCATED_INPUT : RejectReason.MALFORMED_LINE;
        }
    }

    private Iterator<CsvRow> newRecords() {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(row, text)
                .iterator();
    }
}
