package io.tickring.tools.cli;

import io.tickring.tools.cli.LatencyRun.Interval;
import io.tickring.tools.cli.LatencyRun.Stage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads one HdrHistogram log. Line by line, because the library's reader ends in silence where a line is damaged. A last
 * line without its end is still being written, or its engine was killed: it is passed over.
 */
final class LatencyRunReader {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final String UNTAGGED = "untagged";
    private static final String LEGEND = "\"StartTimestamp\"";
    private static final Pattern COMMENT = Pattern.compile("#\\[([A-Za-z ]+): (.*?)]?");
    private static final Pattern SECONDS = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final double MS_PER_SECOND = 1_000.0;
    private static final double YEAR_S = TimeUnit.DAYS.toSeconds(365);

    private final Path file;
    private final Map<String, String> comments = new LinkedHashMap<>();
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    /** What a time stamp in the log shows at the log's start. */
    private double originS = Double.NaN;

    private LatencyRunReader(Path file) {
        this.file = file;
    }

    /** @throws CommandException if a line of the log is damaged. */
    static LatencyRun read(Path file) throws IOException {
        LatencyRunReader reader = new LatencyRunReader(file);
        reader.readLines();
        Double startS = reader.seconds("StartTime");
        Long startEpochMs = startS == null ? null : Math.round(startS * MS_PER_SECOND);
        return new LatencyRun(file, reader.comments, startEpochMs, reader.stages);
    }

    private void readLines() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            boolean unended = !endsInNewline();
            String next = lines.readLine();
            if (next == null || !next.startsWith("#")) {
                throw damaged(1, "not the beginning of a latency log");
            }
            for (int number = 1; next != null; number++) {
                String line = next;
                next = lines.readLine();
                if (!(next == null && unended)) {
                    read(number, line);
                }
            }
        }
    }

    private void read(int number, String line) {
        if (line.startsWith("#")) {
            byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
            Matcher comment = COMMENT.matcher(new String(text, StandardCharsets.UTF_8));
            if (comment.matches()) {
                comments.putIfAbsent(comment.group(1), comment.group(2));
            }
        } else if (!line.isBlank() && !line.startsWith(LEGEND)) {
            AbstractHistogram histogram = interval(number, line);
            String tag = histogram.getTag() == null ? UNTAGGED : histogram.getTag();
            Stage stage = stages.computeIfAbsent(
                    tag, name -> new Stage(new Histogram(SIGNIFICANT_DIGITS), new ArrayList<>()));
            stage.total().add(histogram);
            double stampS = histogram.getStartTimeStamp() / MS_PER_SECOND;
            double lengthS = (histogram.getEndTimeStamp() - histogram.getStartTimeStamp()) / MS_PER_SECOND;
            stage.intervals().add(new Interval(sinceStartS(stampS), lengthS, histogram.getMaxValue()));
        }
    }

    private AbstractHistogram interval(int number, String line) {
        EncodableHistogram interval;
        try (HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream((line + '\n').getBytes(StandardCharsets.ISO_8859_1)))) {
            // Of any time: the engine's clock may have stepped back.
            interval = reader.nextIntervalHistogram(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        } catch (RuntimeException e) {
            throw damaged(number, "no interval: " + CommandErrors.oneLine(e));
        }
        if (!(interval instanceof AbstractHistogram histogram)) {
            throw damaged(number, "no interval of whole numbers");
        }
        return histogram;
    }

    /** Stamps count from the base time; without one, as HdrHistogram has it, from the start if they are far before it. */
    private double sinceStartS(double stampS) {
        if (Double.isNaN(originS)) {
            Double start = seconds("StartTime");
            Double base = seconds("BaseTime");
            double startS = start == null ? stampS : start;
            originS = startS - (base != null ? base : stampS < startS - YEAR_S ? startS : 0);
        }
        return stampS - originS;
    }

    /** The number at the head of a comment; null without one. */
    private Double seconds(String name) {
        Matcher number = SECONDS.matcher(comments.getOrDefault(name, ""));
        return number.lookingAt() ? Double.valueOf(number.group()) : null;
    }

    private boolean endsInNewline() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.skip(Math.max(0, Files.size(file) - 1));
            int last = bytes.read();
            return last < 0 || last == '\n';
        }
    }

    private CommandException damaged(int line, String what) {
        return CommandException.failed("file=" + file + " line=" + line + ": " + what);
    }
}
