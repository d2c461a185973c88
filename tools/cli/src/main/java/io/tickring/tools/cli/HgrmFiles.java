package io.tickring.tools.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The percentile distribution of each stage as a file {@code PREFIX-STAGE.hgrm}, in \u00b5s, as HdrHistogram's plotters read it. */
final class HgrmFiles {
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private final String prefix;
    private final boolean force;

    HgrmFiles(String prefix, boolean force) {
        this.prefix = prefix;
        this.force = force;
    }

    /** Writes none at all where one of them must not be overwritten. */
    void write(Map<String, Histogram> stages) throws IOException {
        for (String stage : stages.keySet()) {
            OutputFile.refuse(file(stage), force);
        }
        for (Map.Entry<String, Histogram> stage : stages.entrySet()) {
            write(file(stage.getKey()), stage.getValue());
        }
    }

    private void write(Path path, Histogram histogram) throws IOException {
        try (OutputFile file = OutputFile.create(path, force)) {
            PrintStream text = new PrintStream(file.stream(), false, StandardCharsets.UTF_8);
            histogram.outputPercentileDistribution(text, TICKS_PER_HALF_DISTANCE, LatencyReport.NS_PER_US);
            if (text.checkError()) {
                throw CommandException.failed("file=" + path + " cannot be written");
            }
            file.keep();
        }
    }

    private Path file(String stage) {
        return Path.of(prefix + "-" + stage.replaceAll("[^A-Za-z0-9._-]", "_") + ".hgrm");
    }
}
