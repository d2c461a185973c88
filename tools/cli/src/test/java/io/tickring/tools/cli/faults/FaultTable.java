package io.tickring.tools.cli.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the fault suite did, row by row: cases run, failed and skipped, and how often a row failed, as it must, with the defence that
 * it tests switched off. Printed when the last test of this JVM is over, and kept in {@code target/faults.txt}.
 *
 * <p>Set by {@code -Dfaults.full=true} (the long counts), {@code -Dfaults.allowSkips}, {@code -Dfaults.seed}.
 */
public final class FaultTable implements BeforeAllCallback, AutoCloseable {
    private static final int DEFAULT_JDK = 17;
    private static final Path FILE = Path.of("target/faults.txt");
    private static final Map<String, FaultRow> ROWS = new TreeMap<>();
    private static final String LINE = "%-34s %6s %6s %7s %9s %7s  %s%n";

    /** The row of this name, which begins with its number. */
    static synchronized FaultRow row(String name, String defence) {
        return ROWS.computeIfAbsent(name, any -> new FaultRow(name, defence));
    }

    /** Whether the long counts are asked for. */
    static boolean isFull() {
        return Boolean.getBoolean("faults.full");
    }

    /** The counts are those of the default JDK; newer ones run a tenth. */
    static int scaled(int count) {
        return Runtime.version().feature() > DEFAULT_JDK ? Math.max(1, count / 10) : count;
    }

    /** The long suite allows no skip unless told. */
    static boolean allowsSkips() {
        return Boolean.parseBoolean(System.getProperty("faults.allowSkips", Boolean.toString(!isFull())));
    }

    /** The same for each short run, so that a build does not depend on luck; a new one for each long run. */
    static long seed() {
        Long given = Long.getLong("faults.seed");
        return given != null ? given : isFull() ? System.nanoTime() : 1;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(FaultTable.class))
                .computeIfAbsent(FaultTable.class, any -> this);
    }

    /** After all tests of this JVM. */
    @Override
    public void close() {
        String table = text();
        System.out.println(table);
        try {
            Files.writeString(FILE, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%nfaults, %s counts, java %s%n",
                isFull() ? "long" : "short", Runtime.version().feature()));
        text.append(String.format(LINE, "row", "ran", "failed", "skipped", "off: seen", "seconds", "defence"));
        List<String> notes = new ArrayList<>();
        for (FaultRow row : ROWS.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    LINE,
                    row.name(),
                    row.ran(),
                    row.failed(),
                    row.skipped(),
                    row.controls(),
                    row.seconds(),
                    row.defence()));
            notes.addAll(row.notes());
        }
        return text + notes.stream().map(note -> "  " + note + "\n").collect(Collectors.joining());
    }
}
