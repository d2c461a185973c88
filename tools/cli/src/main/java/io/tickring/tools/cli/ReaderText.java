package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.Figures;
import io.tickring.app.view.TextTable;
import io.tickring.app.view.TextTable.Column;
import io.tickring.engine.subscription.ReaderState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The subscribers outside the engine's process, as {@code stat} shows them. */
final class ReaderText {
    private static final long SILENCE_MS = 1_000;
    private static final long MS_PER_SECOND = 1_000;

    private ReaderText() {}

    /** A table under an empty line; nothing where nobody reads. */
    static List<String> lines(List<ReaderState> readers, long acceptedSequence, long nowEpochMs) {
        if (readers.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(
                Column.text("reader"),
                Column.text("mode"),
                Column.text("state"),
                Column.number("delivered"),
                Column.number("missed"),
                Column.number("folded"),
                Column.number("lag"),
                Column.number("lag ms"));
        for (ReaderState reader : readers) {
            table.add(List.of(
                    reader.name(),
                    mode(reader),
                    state(reader, nowEpochMs),
                    Figures.count(reader.delivered()),
                    Figures.count(reader.missed()),
                    Figures.count(reader.folded()),
                    Figures.count(lag(reader, acceptedSequence)),
                    lagMs(reader, acceptedSequence, nowEpochMs)));
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    /** An array of one object for each. */
    static void write(List<ReaderState> readers, long acceptedSequence, long nowEpochMs, JsonGenerator generator)
            throws IOException {
        generator.writeArrayFieldStart("readers");
        for (ReaderState reader : readers) {
            generator.writeStartObject();
            generator.writeStringField("name", reader.name());
            generator.writeStringField("mode", mode(reader));
            generator.writeBooleanField("keeps", reader.keeps());
            generator.writeNumberField("pid", reader.pid());
            generator.writeBooleanField("alive", reader.isAlive());
            generator.writeNumberField("polledAgeMs", Math.max(0, nowEpochMs - reader.polledEpochMs()));
            generator.writeNumberField("nextSequence", reader.nextSequence());
            generator.writeNumberField("delivered", reader.delivered());
            generator.writeNumberField("missed", reader.missed());
            generator.writeNumberField("folded", reader.folded());
            generator.writeNumberField("lag", lag(reader, acceptedSequence));
            generator.writeNumberField("lagNs", reader.lagNs());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private static String mode(ReaderState reader) {
        return reader.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String state(ReaderState reader, long nowEpochMs) {
        long silenceMs = nowEpochMs - reader.polledEpochMs();
        if (!reader.isAlive()) {
            return reader.keeps() ? "not running, next is " + reader.nextSequence() : "not running";
        }
        return silenceMs < SILENCE_MS
                ? "pid " + reader.pid()
                : "pid " + reader.pid() + " has not read for " + silenceMs / MS_PER_SECOND + " s";
    }

    /** Since when it has not caught up: what it said last, and the time since then. */
    private static String lagMs(ReaderState reader, long acceptedSequence, long nowEpochMs) {
        if (!reader.isAlive()) {
            return "-";
        }
        long silenceMs = Math.max(0, nowEpochMs - reader.polledEpochMs());
        return Figures.count(lag(reader, acceptedSequence) == 0 ? 0 : reader.lagNs() / 1_000_000 + silenceMs);
    }

    /** As far as is known now, also of one that does not read. */
    private static long lag(ReaderState reader, long acceptedSequence) {
        return reader.nextSequence() == 0
                ? reader.lagRecords()
                : Math.max(0, acceptedSequence + 1 - reader.nextSequence());
    }
}
