package io.tickring.tools.cli;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * The sum of HdrHistogram logs, by tag, in ns. Read line by line, because the library's reader ends in silence where a
 * line is damaged. A last line without its end is still being written, or its engine was killed: it is passed over.
 */
final class LatencyReport {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final String UNTAGGED = "untagged";
    private static final String LEGEND = "\"StartTimestamp\"";

    private final Map<String, Histogram> stages = new LinkedHashMap<>();

    /**
     * Adds all intervals of a log.
     *
     * @throws CommandException if a line of it is damaged; the lines before it are added.
     */
    void add(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            boolean unended = !endsInNewline(file);
            String next = lines.readLine();
            if (next == null || !next.startsWith("#")) {
                throw damaged(file, 1, "not the beginning of a latency log");
            }
            for (int number = 1; next != null; number++) {
                String line = next;
                next = lines.readLine();
                if (!(next == null && unended) && isInterval(line)) {
                    add(file, number, line);
                }
            }
        }
    }

    /** By stage, in the order in which they were found. */
    Map<String, Histogram> stages() {
        return stages;
    }

    private void add(Path file, int number, String line) {
        EncodableHistogram interval;
        try (HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream((line + '\n').getBytes(StandardCharsets.ISO_8859_1)))) {
            // Of any time: the engine's clock may have stepped back.
            interval = reader.nextIntervalHistogram(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        } catch (RuntimeException e) {
            throw damaged(file, number, "no interval: " + CommandErrors.oneLine(e));
        }
        if (!(interval instanceof AbstractHistogram histogram)) {
            throw damaged(file, number, "no interval of whole numbers");
        }
        String tag = interval.getTag() == null ? UNTAGGED : interval.getTag();
        stages.computeIfAbsent(tag, stage -> new Histogram(SIGNIFICANT_DIGITS)).add(histogram);
    }

    private static boolean isInterval(String line) {
        return !line.isBlank() && !line.startsWith("#") && !line.startsWith(LEGEND);
    }

    private static boolean endsInNewline(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.skip(Math.max(0, Files.size(file) - 1));
            int last = bytes.read();
            return last < 0 || last == '\n';
        }
    }

    private static CommandException damaged(Path file, int line, String what) {
        return CommandException.failed("file=" + file + " line=" + line + ": " + what);
    }
}
