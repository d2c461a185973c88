package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.Figures;
import io.tickring.app.view.TextTable;
import io.tickring.app.view.TextTable.Column;
import io.tickring.engine.journaling.JournalDescription;
import io.tickring.engine.journaling.JournalDescription.Instrument;
import io.tickring.engine.journaling.JournalDescription.OtherRecords;
import io.tickring.engine.journaling.TickActivity;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a journal holds, for people and as JSON: all of it, and the instruments that were asked for. */
final class DescriptionText {
    private static final String UNKNOWN = "-";

    private final JournalDescription journal;
    private final List<Instrument> listed;

    DescriptionText(JournalDescription journal, Predicate<String> asked) {
        this.journal = journal;
        this.listed = journal.instruments().stream()
                .filter(instrument -> asked.test(instrument.symbol()))
                .toList();
    }

    /** Labels and values in two columns; then the instruments, where there are any. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(totals().lines());
        if (journal.ticks().total() == 0) {
            lines.add("no ticks");
        }
        if (!journal.instruments().isEmpty()) {
            lines.add("");
            lines.addAll(instruments().lines());
        }
        return lines;
    }

    /**
     * One object on one line. Times are ns since the epoch; what is not known is null. The symbols that were not asked for
     * are missing in the array alone.
     */
    void write(JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        Json.writeField(generator, "journalId", journalId());
        generator.writeNumberField("incarnations", journal.incarnations());
        generator.writeNumberField("cycles", journal.cycles());
        generator.writeNumberField("blocks", journal.blocks());
        generator.writeNumberField("blockBytes", journal.blockBytes());
        generator.writeNumberField("diskBytes", journal.diskBytes());
        generator.writeFieldName("bytesPerTick");
        generator.writeNumber(bytesPerTick());
        generator.writeNumberField("firstSequence", journal.firstSequence());
        generator.writeNumberField("lastSequence", journal.lastSequence());
        generator.writeNumberField("gaps", journal.gaps());
        generator.writeNumberField("missing", journal.missing());
        generator.writeNumberField("ticks", journal.ticks().total());
        write(generator, journal.ticks());
        generator.writeNumberField("undefinedTicks", journal.undefinedTicks().total());
        write(generator, journal.otherRecords());
        generator.writeArrayFieldStart("instruments");
        for (Instrument instrument : listed) {
            generator.writeStartObject();
            generator.writeStringField("symbol", instrument.symbol());
            write(generator, instrument.ticks());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        Json.writeField(generator, "error", journal.error());
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    private TextTable totals() {
        TextTable table =
                new TextTable(Column.text("journal"), Column.number(journalId() == null ? UNKNOWN : journalId()));
        add(table, "incarnations", journal.incarnations());
        add(table, "files", journal.cycles());
        add(table, "blocks", journal.blocks());
        add(table, "bytes in blocks", journal.blockBytes());
        add(table, "bytes on disk", journal.diskBytes());
        table.add(List.of(
                "bytes a tick",
                bytesPerTick() == null ? UNKNOWN : bytesPerTick().toPlainString()));
        add(table, "first sequence", journal.firstSequence());
        add(table, "last sequence", journal.lastSequence());
        add(table, "gaps", journal.gaps());
        add(table, "  missing sequences", journal.missing());
        TickActivity ticks = journal.ticks();
        add(table, "ticks", ticks.total());
        add(table, "  quotes", ticks.quotes());
        add(table, "  trades", ticks.trades());
        add(table, "  undefined instrument", journal.undefinedTicks().total());
        OtherRecords others = journal.otherRecords();
        add(table, "other records", others.total());
        add(table, "  definitions", others.definitions());
        add(table, "  attributes", others.attributes());
        add(table, "  checkpoints", others.checkpoints());
        add(table, "  padding", others.padding());
        add(table, "  skipped ticks", others.skipped());
        add(table, "  prices grown old", others.stale());
        add(table, "  unknown types", others.unknownTypes());
        table.add(List.of("first received", time(ticks.firstReceiveTimeNs())));
        table.add(List.of("last received", time(ticks.lastReceiveTimeNs())));
        table.add(List.of("first exchange time", time(ticks.firstExchangeTimeNs())));
        table.add(List.of("last exchange time", time(ticks.lastExchangeTimeNs())));
        return table;
    }

    private TextTable instruments() {
        TextTable table = new TextTable(
                Column.text("symbol"),
                Column.number("quotes"),
                Column.number("trades"),
                Column.text("first received"),
                Column.text("last received"));
        for (Instrument instrument : listed) {
            TickActivity ticks = instrument.ticks();
            table.add(List.of(
                    instrument.symbol(),
                    Figures.count(ticks.quotes()),
                    Figures.count(ticks.trades()),
                    time(ticks.firstReceiveTimeNs()),
                    time(ticks.lastReceiveTimeNs())));
        }
        return table;
    }

    private String journalId() {
        return journal.journalId() == 0 ? null : String.format(Locale.ROOT, "%016x", journal.journalId());
    }

    /** With two decimals; null without a tick. */
    private BigDecimal bytesPerTick() {
        return journal.ticks().total() == 0
                ? null
                : BigDecimal.valueOf(journal.bytesPerTick()).setScale(2, RoundingMode.HALF_UP);
    }

    private static void write(JsonGenerator generator, TickActivity ticks) throws IOException {
        generator.writeNumberField("quotes", ticks.quotes());
        generator.writeNumberField("trades", ticks.trades());
        writeTime(generator, "firstReceiveTime", ticks.firstReceiveTimeNs());
        writeTime(generator, "lastReceiveTime", ticks.lastReceiveTimeNs());
        writeTime(generator, "firstExchangeTime", ticks.firstExchangeTimeNs());
        writeTime(generator, "lastExchangeTime", ticks.lastExchangeTimeNs());
    }

    private static void write(JsonGenerator generator, OtherRecords others) throws IOException {
        generator.writeNumberField("otherRecords", others.total());
        generator.writeNumberField("definitions", others.definitions());
        generator.writeNumberField("attributes", others.attributes());
        generator.writeNumberField("checkpoints", others.checkpoints());
        generator.writeNumberField("padding", others.padding());
        generator.writeNumberField("skipped", others.skipped());
        generator.writeNumberField("stale", others.stale());
        generator.writeNumberField("unknownTypes", others.unknownTypes());
    }

    private static void writeTime(JsonGenerator generator, String name, long epochNs) throws IOException {
        if (Notation.isKnown(epochNs)) {
            generator.writeNumberField(name, epochNs);
        } else {
            generator.writeNullField(name);
        }
    }

    private static void add(TextTable table, String label, long value) {
        table.add(List.of(label, Figures.count(value)));
    }

    private static String time(long epochNs) {
        return Notation.isKnown(epochNs) ? Notation.isoTime(epochNs) : UNKNOWN;
    }
}
