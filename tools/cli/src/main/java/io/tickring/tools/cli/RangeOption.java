package io.tickring.tools.cli;

import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.JournalRange.Position;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which part of a journal a command reads. */
final class RangeOption {
    @Option(
            names = "--from",
            paramLabel = "SEQ|TIME",
            converter = PositionConverter.class,
            description =
                    "Where to begin: a sequence, or the first tick received at or after a time as 2024-08-08T23:54:15Z. What follows"
                            + " comes in the journal's order, whenever it was received.")
    private Position from;

    @Option(
            names = "--to",
            paramLabel = "SEQ|TIME",
            converter = PositionConverter.class,
            description = "Where to end: the last sequence, or before the first tick received after a time.")
    private Position to;

    /** @throws CommandException if it ends before it begins */
    JournalRange range(Predicate<String> symbols, long limit) {
        if (from != null && to != null && from.isTime() == to.isTime() && from.value() > to.value()) {
            throw CommandException.wrongUse("--from lies behind --to");
        }
        return new JournalRange(from, to, symbols, limit);
    }

    boolean hasEnd() {
        return to != null;
    }

    /** Says that no tick is in the range; {@code of} are those asked for, in words, null for all. */
    void sayNone(String of, Console console) {
        console.say("tickring: no tick" + (of == null ? "" : " of " + of) + " is in " + this
                + "; 'describe' lists symbols and times");
    }

    /** In words. */
    @Override
    public String toString() {
        if (from == null && to == null) {
            return "the whole journal";
        }
        return "the journal from " + (from == null ? "the beginning" : words(from)) + " to "
                + (to == null ? "the end" : words(to));
    }

    private static String words(Position position) {
        return position.isTime() ? Notation.isoTime(position.value()) : "sequence " + position.value();
    }
}
